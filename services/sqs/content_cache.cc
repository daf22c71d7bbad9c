#include "services/sqs/content_cache.h"

#include <utility>

namespace cumulite::sqs {
namespace {

/// What the cache itself and the strings' own allocations cost, about.
constexpr std::size_t kOverheadBytes = 400;

std::size_t BytesOf(const MessageContent& content) {
  return kOverheadBytes + content.body.size() + content.attributes.size() + content.trace_header.size() +
         content.group.size() + content.deduplication_id.size();
}

}  // namespace

void ContentCache::Put(MessageKey key, std::shared_ptr<const MessageContent> content) {
  const std::size_t bytes = BytesOf(*content);
  const std::scoped_lock lock(mutex_);
  if (const auto found = entries_.find(key); found != entries_.end()) Drop(found->second);
  Entry& entry = entries_[key];
  entry.key = key;
  entry.content = std::move(content);
  entry.bytes = bytes;
  by_use_.push_front(entry);
  bytes_ += bytes;
  while (bytes_ > max_bytes_) Drop(by_use_.back());
}

std::shared_ptr<const MessageContent> ContentCache::Get(MessageKey key) {
  const std::scoped_lock lock(mutex_);
  const auto found = entries_.find(key);
  if (found == entries_.end()) return nullptr;
  Entry& entry = found->second;
  by_use_.splice(by_use_.begin(), by_use_, by_use_.iterator_to(entry));
  return entry.content;
}

void ContentCache::Remove(MessageKey key) {
  const std::scoped_lock lock(mutex_);
  if (const auto found = entries_.find(key); found != entries_.end()) Drop(found->second);
}

void ContentCache::Clear() {
  const std::scoped_lock lock(mutex_);
  by_use_.clear();
  entries_.clear();
  bytes_ = 0;
}

std::size_t ContentCache::bytes() const {
  const std::scoped_lock lock(mutex_);
  return bytes_;
}

void ContentCache::Drop(Entry& entry) {
  bytes_ -= entry.bytes;
  by_use_.erase(by_use_.iterator_to(entry));
  entries_.erase(entries_.find(entry.key));
}

}  // namespace cumulite::sqs
