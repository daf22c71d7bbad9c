#pragma once
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "protocol/http.h"
#include "runtime/task.h"
#include "runtime/worker_pool.h"
#include "services/s3/body_checks.h"
#include "services/s3/content_owners.h"
#include "services/s3/upload_body.h"
#include "services/storage/blob_store.h"

namespace cumulite::s3 {
class SealKey;

/// Bytes of an object or part, ready to be referenced: in the row, or in a content file.
struct Content {
  std::uint64_t size = 0;  // of the bytes as they are read
  std::string bytes;       // small contents, sealed if they are
  std::string blob;        // the file's id, else empty
  std::string upload;      // the parts that a copy shares
  bool shared = false;     // with another object, whose file or parts these are
};

/// Objects of up to this size live in the database: beside the row they cost one seek, and no file.
inline constexpr std::uint64_t kMaxInlineBytes = 32 * 1024;

enum class Placement : unsigned char { kBySize, kFile };

/// Some bytes of one content file.
struct BlobRange {
  std::string blob;
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

/// Where the bytes of objects are written, read and thrown away. A body is never held whole in memory: it
/// passes through two buffers, of which one is filled from the connection while a worker hashes and writes
/// the other.
/// Thread: any loop; file and checksum work on big bodies happens on workers.
class ContentStore {
 public:
  /// `known` tells which files are referenced; asked once, before the first file is written.
  ContentStore(std::filesystem::path folder, storage::Durability durability,
               std::shared_ptr<runtime::WorkerPool> workers,
               std::function<bool(std::string_view blob)> known);

  /// Reads `body` to its end and checks it. Nothing is left behind when it throws. `key`: what the bytes are
  /// encrypted with on disk; null: not at all.
  /// Errors: those of BodyChecks and of the body; IncompleteBody; StorageError.
  runtime::Task<Content> Receive(UploadBody& body, BodyChecks& checks, Placement placement,
                                 const SealKey* key = nullptr);

  /// The same for `size` bytes that are here already.
  runtime::Task<Content> Copy(protocol::BodySource& source, std::uint64_t size, BodyChecks& checks,
                              Placement placement, const SealKey* key = nullptr);
  runtime::Task<Content> Copy(std::string bytes, BodyChecks& checks, Placement placement,
                              const SealKey* key = nullptr);

  /// Opens a content file for an answer; nullopt when it has just been deleted. Errors: StorageError.
  std::optional<protocol::FileSegment> Open(const BlobRange& range) const;

  /// Deletes files that no row references any more, in the background; pinned ones when they are not any
  /// more.
  void Discard(Blobs blobs);

  /// Deletes what no row references, in the background; before the first write at the latest.
  void Sweep();

  /// See Pin.
  void PinBlobs(const Blobs& blobs);
  void Unpin(const Blobs& blobs) noexcept;

  /// For reading files.
  runtime::Workers& workers() { return workers_; }

  /// Files whose commit failed: whether a row references them nobody knows before the database has been
  /// proven sound, and it is once a write that began after the failure has committed. Whoever takes them
  /// begins such a write, and then discards them or adds them again.
  Blobs TakeDoubtful();
  void AddDoubtful(Blobs blobs);
  /// Deletes those that no row references, in the background.
  void DiscardUnreferenced(Blobs blobs);

 private:
  class Draft;
  class Sink;

  runtime::Task<void> SweepOnce();
  void SweepNow();
  runtime::Task<Content> ReceiveFile(protocol::BodySource& body, std::uint64_t size, BodyChecks& checks,
                                     const UploadBody* upload, const SealKey* key);
  runtime::Task<Content> ReceiveSmall(UploadBody& body, BodyChecks& checks, const SealKey* key);
  void Remove(const std::string& blob) noexcept;
  /// Runs `work` on a worker; where there is none to be had, the sweep of the next start does it.
  void SubmitOrLeave(std::function<void()> work) noexcept;

  storage::BlobStore blobs_;
  const storage::Durability durability_;
  const std::function<bool(std::string_view)> known_;
  std::atomic<bool> swept_ = false;
  std::mutex sweeping_;
  std::mutex doubtful_mutex_;
  Blobs doubtful_;
  struct Pinned {
    std::size_t count = 0;
    bool discarded = false;
  };
  std::mutex pins_mutex_;
  std::unordered_map<std::string, Pinned> pins_;
  runtime::Workers workers_;  // last: it uses all of the above
};

/// Reads `size` bytes of a file, from `offset` of the segment on. Blocks. Errors: StorageError.
void ReadWhole(const protocol::FileSegment& file, std::uint64_t offset, char* buffer, std::size_t size);

}  // namespace cumulite::s3
