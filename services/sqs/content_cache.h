#pragma once
#include <boost/intrusive/list.hpp>
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
  /// Lies in the map's own node, so that an entry is one allocation.
  struct Entry : boost::intrusive::list_base_hook<> {
    MessageKey key = 0;
    std::shared_ptr<const MessageContent> content;
    std::size_t bytes = 0;
  };

  void Drop(Entry& entry);

  const std::size_t max_bytes_;
  mutable std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::unordered_map<MessageKey, Entry> entries_;
  boost::intrusive::list<Entry> by_use_;  // the most recent first
};

}  // namespace cumulite::sqs
