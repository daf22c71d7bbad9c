#pragma once
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "services/sqs/message.h"
#include "services/sqs/message_content.h"

namespace cumulite::sqs {

/// Recently sent or read contents of all queues, bounded in bytes; those unused longest go first.
///
/// It spares a message that is sent, received and deleted within moments every read of the disk.
/// Thread: any.
class ContentCache {
 public:
  explicit ContentCache(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  void Put(MessageKey key, std::shared_ptr<const MessageContent> content);
  /// Null if it is not there.
  std::shared_ptr<const MessageContent> Get(MessageKey key);
  void Remove(MessageKey key);
  void Clear();

  std::size_t bytes() const;

 private:
  struct Entry {
    MessageKey key;
    std::shared_ptr<const MessageContent> content;
    std::size_t bytes;
  };

  void Drop(std::list<Entry>::iterator entry);

  const std::size_t max_bytes_;
  mutable std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::list<Entry> by_use_;  // the most recent first
  std::unordered_map<MessageKey, std::list<Entry>::iterator> entries_;
};

}  // namespace cumulite::sqs
