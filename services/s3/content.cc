#include "services/s3/content.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <memory>
#include <utility>

#include "services/s3/errors.h"
#include "services/storage/error.h"

namespace cumulite::s3 {
namespace {

/// Big enough that handing a buffer to a worker costs nothing beside hashing it.
constexpr std::size_t kBufferBytes = 256 * 1024;
/// What a worker copies before it lets others have a turn.
constexpr std::uint64_t kCopySliceBytes = 8 * 1024 * 1024;

AwsError IncompleteBody() {
  return AwsError(protocol::kIncompleteBody,
                  "You did not provide the number of bytes specified by the Content-Length HTTP header");
}

std::size_t ReadAt(int fd, char* buffer, std::size_t size, std::uint64_t offset) {
  for (;;) {
    const ssize_t got = pread(fd, buffer, size, static_cast<off_t>(offset));
    if (got > 0) return static_cast<std::size_t>(got);
    if (got < 0 && errno == EINTR) continue;
    throw storage::StorageError::FromErrno("cannot read a content file", got == 0 ? EIO : errno);
  }
}

}  // namespace

/// A content file that is not referenced yet. What was not committed is removed by a worker: to free the
/// gigabytes of an upload that broke off takes time.
class ContentStore::Draft {
 public:
  explicit Draft(ContentStore& store) : store_(store), writer_(store.blobs_.Create()) {}
  Draft(const Draft&) = delete;
  Draft& operator=(const Draft&) = delete;
  ~Draft() {
    if (writer_.committed()) return;
    // Within the work, not with it: that ends under the pool's lock.
    store_.SubmitOrLeave([writer = std::make_shared<std::optional<storage::BlobWriter>>(std::move(writer_))] {
      writer->reset();
    });
  }

  storage::BlobWriter* operator->() { return &writer_; }

 private:
  ContentStore& store_;
  storage::BlobWriter writer_;
};

/// A content file being filled: one buffer takes what arrives while one worker hashes the other and another
/// one writes it.
class ContentStore::Sink {
 public:
  Sink(ContentStore& store, BodyChecks& checks) : store_(store), checks_(checks), blob_(store) {}

  std::uint64_t size() const { return size_; }

  runtime::Task<void> Add(std::string_view piece) {
    size_ += piece.size();
    while (!piece.empty()) {
      const std::string_view part = piece.substr(0, kBufferBytes - filling_.size());
      if (filling_.empty()) filling_.reserve(kBufferBytes);
      filling_ += part;
      piece.remove_prefix(part.size());
      if (filling_.size() == kBufferBytes) co_await HandOver();
    }
  }

  /// Waits for the workers, whatever came of it: they must not outlive the buffers.
  runtime::Task<void> Settle() {
    try {
      co_await WaitForWorkers();
    } catch (...) {  // NOLINT(bugprone-empty-catch): another error is on its way already
    }
  }

  runtime::Task<Content> Finish(std::span<const protocol::Trailer> trailers) {
    co_await HandOver();
    co_await WaitForWorkers();
    checks_.Finish(trailers);
    const auto commit = [this] { blob_->Commit(store_.durability_); };
    co_await store_.workers_.Run(commit);
    Content content;
    content.size = blob_->size_bytes();
    content.blob = blob_->id();
    co_return content;
  }

 private:
  runtime::Task<void> HandOver() {
    co_await WaitForWorkers();
    std::swap(filling_, busy_);
    filling_.clear();
    const auto hash = [this] { checks_.Update(busy_); };
    const auto write = [this] { blob_->Append(busy_); };
    hashing_.emplace(store_.workers_.Run(hash));
    writing_.emplace(store_.workers_.Run(write));
  }

  /// Both, also when the first one fails: they use the buffer.
  runtime::Task<void> WaitForWorkers() {
    std::exception_ptr failure;
    const std::array workers{&hashing_, &writing_};
    for (std::optional<runtime::Task<void>>* worker : workers) {
      if (!*worker) continue;
      runtime::Task<void> running = std::move(**worker);
      worker->reset();
      try {
        co_await running;
      } catch (...) {
        failure = std::current_exception();
      }
    }
    if (failure) std::rethrow_exception(failure);
  }

  ContentStore& store_;
  BodyChecks& checks_;
  Draft blob_;
  std::uint64_t size_ = 0;
  std::string filling_;
  std::string busy_;
  std::optional<runtime::Task<void>> hashing_;
  std::optional<runtime::Task<void>> writing_;
};

ContentStore::ContentStore(std::filesystem::path folder, storage::Durability durability,
                           std::function<bool(std::string_view)> known)
    : blobs_(std::move(folder)), durability_(durability), known_(std::move(known)) {}

runtime::Task<void> ContentStore::SweepOnce() {
  if (swept_.load(std::memory_order_acquire)) co_return;
  const auto sweep = [this] {
    const std::lock_guard lock(sweeping_);
    if (swept_.load(std::memory_order_relaxed)) return;
    blobs_.Sweep(known_);
    swept_.store(true, std::memory_order_release);
  };
  co_await workers_.Run(sweep);
}

runtime::Task<Content> ContentStore::Receive(UploadBody& body, BodyChecks& checks, Placement placement) {
  const bool small = placement == Placement::kBySize && body.size() <= kMaxInlineBytes;
  return small ? ReceiveSmall(body, checks) : ReceiveFile(body, checks);
}

runtime::Task<Content> ContentStore::ReceiveFile(UploadBody& body, BodyChecks& checks) {
  co_await SweepOnce();
  Sink sink(*this, checks);
  std::exception_ptr failure;
  try {
    for (;;) {
      const std::string_view piece = co_await body.Read();
      if (piece.empty()) break;
      if (sink.size() + piece.size() > body.size()) throw IncompleteBody();
      co_await sink.Add(piece);
    }
    if (!body.IsWhole(sink.size())) throw IncompleteBody();
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure) {
    co_await sink.Settle();
    std::rethrow_exception(failure);
  }
  Content content = co_await sink.Finish(body.trailers());
  co_return content;
}

runtime::Task<Content> ContentStore::ReceiveSmall(UploadBody& body, BodyChecks& checks) {
  Content content;
  content.bytes.reserve(body.size());
  while (!body.EndsAfter(content.bytes.size())) {
    const std::string_view piece = co_await body.Read();
    if (piece.empty()) break;
    if (content.bytes.size() + piece.size() > body.size()) throw IncompleteBody();
    content.bytes += piece;
  }
  if (!body.IsWhole(content.bytes.size())) throw IncompleteBody();
  content.size = content.bytes.size();
  checks.Update(content.bytes);
  checks.Finish(body.trailers());
  co_return content;
}

runtime::Task<Content> ContentStore::Copy(std::string bytes, BodyChecks& checks, Placement placement) {
  Content content;
  if (placement == Placement::kBySize && bytes.size() <= kMaxInlineBytes) {
    checks.Update(bytes);
    checks.Finish();
    content.size = bytes.size();
    content.bytes = std::move(bytes);
    co_return content;
  }
  co_await SweepOnce();
  Sink sink(*this, checks);
  co_await sink.Add(bytes);
  content = co_await sink.Finish({});
  co_return content;
}

runtime::Task<Content> ContentStore::Copy(std::vector<protocol::FileSegment> source, BodyChecks& checks,
                                          Placement placement) {
  std::uint64_t total = 0;
  for (const protocol::FileSegment& segment : source) total += segment.size();
  std::string buffer(static_cast<std::size_t>(std::min<std::uint64_t>(total, kBufferBytes)), '\0');
  if (placement == Placement::kBySize && total <= kMaxInlineBytes) {
    std::size_t filled = 0;
    for (const protocol::FileSegment& segment : source) {
      for (std::uint64_t done = 0; done < segment.size();) {
        const std::size_t got =
            ReadAt(segment.fd(), buffer.data() + filled, static_cast<std::size_t>(segment.size() - done),
                   segment.offset() + done);
        done += got;
        filled += got;
      }
    }
    runtime::Task<Content> copying = Copy(std::move(buffer), checks, placement);
    Content small = co_await copying;
    co_return small;
  }
  co_await SweepOnce();
  Draft blob(*this);
  for (const protocol::FileSegment& segment : source) {
    for (std::uint64_t from = 0; from < segment.size(); from += kCopySliceBytes) {
      const auto copy_slice = [&, from] {
        const std::uint64_t to = std::min(segment.size(), from + kCopySliceBytes);
        for (std::uint64_t at = from; at < to;) {
          const std::size_t want = static_cast<std::size_t>(std::min<std::uint64_t>(to - at, buffer.size()));
          const std::string_view piece(buffer.data(),
                                       ReadAt(segment.fd(), buffer.data(), want, segment.offset() + at));
          checks.Update(piece);
          blob->Append(piece);
          at += piece.size();
        }
      };
      co_await workers_.Run(copy_slice);
    }
  }
  const auto commit = [&] {
    checks.Finish();
    blob->Commit(durability_);
  };
  co_await workers_.Run(commit);
  Content content;
  content.size = total;
  content.blob = blob->id();
  co_return content;
}

std::optional<protocol::FileSegment> ContentStore::Open(const BlobRange& range) const {
  try {
    return protocol::FileSegment(blobs_.Open(range.blob).Release(), range.offset, range.size);
  } catch (const storage::BlobMissing&) {
    return std::nullopt;
  }
}

void ContentStore::Discard(Blobs blobs) {
  if (blobs.empty()) return;
  SubmitOrLeave([this, blobs = std::move(blobs)] {
    for (const std::string& blob : blobs) Remove(blob);
  });
}

ContentStore::Blobs ContentStore::TakeDoubtful() {
  const std::scoped_lock lock(doubtful_mutex_);
  return std::exchange(doubtful_, {});
}

void ContentStore::AddDoubtful(Blobs blobs) {
  const std::scoped_lock lock(doubtful_mutex_);
  doubtful_.insert(doubtful_.end(), blobs.begin(), blobs.end());
}

void ContentStore::DiscardUnreferenced(Blobs blobs) {
  if (blobs.empty()) return;
  SubmitOrLeave([this, blobs = std::move(blobs)] {
    try {
      for (const std::string& blob : blobs) {
        if (!known_(blob)) Remove(blob);
      }
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): then the sweep of the next start asks
    }
  });
}

void ContentStore::Remove(const std::string& blob) noexcept {
  try {
    blobs_.Remove(blob);
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch)
    // Nothing references it: the sweep of the next start takes it.
  }
}

void ContentStore::SubmitOrLeave(std::function<void()> work) noexcept {
  try {
    workers_.Submit(std::move(work));
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): no thread, no memory
  }
}

}  // namespace cumulite::s3
