#include "services/s3/stored_bytes.h"

#include <algorithm>

#include "services/storage/error.h"

namespace cumulite::s3 {
namespace {

constexpr std::uint64_t kBufferBytes = 256 * 1024;

std::vector<std::string> BlobsOf(const std::vector<BlobRange>& pieces) {
  std::vector<std::string> blobs;
  blobs.reserve(pieces.size());
  for (const BlobRange& piece : pieces) blobs.push_back(piece.blob);
  return blobs;
}

}  // namespace

Pin::Pin(ContentStore& store, const std::vector<BlobRange>& pieces) : store_(store), blobs_(BlobsOf(pieces)) {
  store_.PinBlobs(blobs_);
}

StoredBytes::StoredBytes(ContentStore& store, std::vector<BlobRange> pieces, std::optional<SealKey> key)
    : store_(store), pieces_(std::move(pieces)), key_(std::move(key)), pin_(store, pieces_) {
  for (const BlobRange& piece : pieces_) size_ += piece.size;
}

void StoredBytes::OpenNext() {
  const BlobRange& piece = pieces_[next_++];
  file_ = store_.Open(piece);
  if (!file_) throw storage::StorageError(storage::StorageError::Kind::kIo, "a pinned content file is gone");
  done_ = 0;
  if (key_) cipher_.emplace(key_->CipherFor(piece.blob, piece.offset));
}

runtime::Task<std::string_view> StoredBytes::Read() {
  while (!file_ || done_ == file_->size()) {
    if (next_ == pieces_.size()) co_return std::string_view();
    OpenNext();
  }
  const auto read = [this] {
    buffer_.resize(static_cast<std::size_t>(std::min(kBufferBytes, file_->size() - done_)));
    ReadWhole(*file_, done_, buffer_.data(), buffer_.size());
    if (cipher_) cipher_->Apply(buffer_.data(), buffer_.data(), buffer_.size());
  };
  co_await store_.workers().Run(read);
  done_ += buffer_.size();
  co_return std::string_view(buffer_);
}

}  // namespace cumulite::s3
