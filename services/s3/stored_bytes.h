#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/http.h"
#include "services/s3/content.h"
#include "services/s3/seal.h"

namespace cumulite::s3 {

/// Keeps content files from being deleted, whatever happens to the rows that refer to them.
/// Thread: made and destroyed on any.
class Pin {
 public:
  Pin(ContentStore& store, const std::vector<BlobRange>& pieces);
  Pin(const Pin&) = delete;
  Pin& operator=(const Pin&) = delete;
  ~Pin() { store_.Unpin(blobs_); }

 private:
  ContentStore& store_;
  std::vector<std::string> blobs_;
};

/// The bytes of content files, one after the other, decrypted if need be. Only the file that is being read is
/// open; a pin keeps the others.
/// Thread: one loop; files are read on workers.
class StoredBytes final : public protocol::BodySource {
 public:
  /// Who refers to the pieces must be looked for once more afterwards: what was deleted before is not held.
  StoredBytes(ContentStore& store, std::vector<BlobRange> pieces, std::optional<SealKey> key);

  std::optional<std::uint64_t> content_length() const override { return size_; }
  /// Errors: StorageError.
  runtime::Task<std::string_view> Read() override;

 private:
  void OpenNext();

  ContentStore& store_;
  const std::vector<BlobRange> pieces_;
  const std::optional<SealKey> key_;
  const Pin pin_;
  std::uint64_t size_ = 0;
  std::size_t next_ = 0;  // of pieces_
  std::optional<protocol::FileSegment> file_;
  std::optional<protocol::AesCtr> cipher_;
  std::uint64_t done_ = 0;  // of file_
  std::string buffer_;
};

}  // namespace cumulite::s3
