#pragma once
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "services/sqs/message.h"
#include "services/sqs/message_content.h"

namespace cumulite::sqs {

/// Contents of messages that were sent lately or lie beside one that was read; bounded in number and bytes.
///
/// It spares a message that is sent, received and deleted within moments every read of the disk. A key has
/// one place; what is put there drives out the other, which in a single queue is the oldest.
/// Thread: any.
class ContentCache {
 public:
  explicit ContentCache(std::size_t max_bytes) : max_bytes_(max_bytes) {}

  void Put(MessageKey key, std::shared_ptr<const MessageContent> content);
  /// Null if it is not there.
  std::shared_ptr<const MessageContent> Get(MessageKey key) const;
  /// Get and Remove in one.
  std::shared_ptr<const MessageContent> Take(MessageKey key);
  void Remove(MessageKey key);
  void Clear();

  std::size_t bytes() const;

 private:
  struct Entry {
    MessageKey key = 0;
    std::shared_ptr<const MessageContent> content;
    std::size_t bytes = 0;
  };

  /// Null if that key is not there.
  const Entry* Find(MessageKey key) const;
  Entry* Find(MessageKey key) { return const_cast<Entry*>(std::as_const(*this).Find(key)); }
  void Drop(Entry& entry);

  const std::size_t max_bytes_;
  mutable std::mutex mutex_;
  std::size_t bytes_ = 0;
  std::vector<Entry> entries_;  // by place; empty until the first Put, so that an idle server has none
  std::size_t hand_ = 0;        // goes round; where it stands is dropped next when there are too many bytes
};

}  // namespace cumulite::sqs
