#include "services/sqs/content_cache.h"

namespace cumulite::sqs {
namespace {

/// What a content and the strings' own allocations cost, about.
constexpr std::size_t kOverheadBytes = 350;
constexpr std::size_t kPlaces = 4096;

std::size_t BytesOf(const MessageContent& content) {
  return kOverheadBytes + content.body.size() + content.attributes.size() + content.trace_header.size() +
         content.group.size() + content.deduplication_id.size();
}

/// Neighbours in a queue have neighbouring places; queues begin somewhere.
std::size_t PlaceOf(MessageKey key) {
  const std::uint64_t start = static_cast<std::uint64_t>(QueueNumberOf(key)) * 0x9E37'79B9'7F4A'7C15;
  return (static_cast<std::uint64_t>(key) + (start >> 32)) % kPlaces;
}

}  // namespace

void ContentCache::Put(MessageKey key, std::shared_ptr<const MessageContent> content) {
  const std::size_t bytes = BytesOf(*content);
  const std::scoped_lock lock(mutex_);
  if (entries_.empty()) entries_.resize(kPlaces);
  Entry& entry = entries_[PlaceOf(key)];
  Drop(entry);
  entry = {key, std::move(content), bytes};
  bytes_ += bytes;
  for (; bytes_ > max_bytes_; hand_ = (hand_ + 1) % kPlaces) Drop(entries_[hand_]);
}

std::shared_ptr<const MessageContent> ContentCache::Get(MessageKey key) const {
  const std::scoped_lock lock(mutex_);
  const Entry* const entry = Find(key);
  return entry == nullptr ? nullptr : entry->content;
}

std::shared_ptr<const MessageContent> ContentCache::Take(MessageKey key) {
  const std::scoped_lock lock(mutex_);
  Entry* const entry = Find(key);
  if (entry == nullptr) return nullptr;
  bytes_ -= std::exchange(entry->bytes, 0);
  return std::move(entry->content);
}

void ContentCache::Remove(MessageKey key) {
  const std::scoped_lock lock(mutex_);
  if (Entry* const entry = Find(key)) Drop(*entry);
}

void ContentCache::Clear() {
  const std::scoped_lock lock(mutex_);
  entries_.clear();
  bytes_ = 0;
}

std::size_t ContentCache::bytes() const {
  const std::scoped_lock lock(mutex_);
  return bytes_;
}

const ContentCache::Entry* ContentCache::Find(MessageKey key) const {
  if (entries_.empty()) return nullptr;
  const Entry& entry = entries_[PlaceOf(key)];
  return entry.key == key ? &entry : nullptr;
}

void ContentCache::Drop(Entry& entry) {
  bytes_ -= std::exchange(entry.bytes, 0);
  entry.content.reset();
}

}  // namespace cumulite::sqs
