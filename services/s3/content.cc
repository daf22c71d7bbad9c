#include "services/s3/content.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <exception>
#include <memory>
#include <utility>

#include "services/s3/errors.h"
#include "services/s3/seal.h"
#include "services/storage/error.h"

namespace cumulite::s3 {
namespace {

/// Big enough that handing a buffer to a worker costs nothing beside hashing it.
constexpr std::size_t kBufferBytes = 256 * 1024;

AwsError IncompleteBody() {
  return AwsError(protocol::kIncompleteBody,
                  "You did not provide the number of bytes specified by the Content-Length HTTP header");
}

}  // namespace

void ReadWhole(const protocol::FileSegment& file, std::uint64_t offset, char* buffer, std::size_t size) {
  while (size != 0) {
    const ssize_t got = pread(file.fd(), buffer, size, static_cast<off_t>(file.offset() + offset));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0)
      throw storage::StorageError::FromErrno("cannot read a content file", got == 0 ? EIO : errno);
    buffer += got;
    offset += static_cast<std::uint64_t>(got);
    size -= static_cast<std::size_t>(got);
  }
}

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
  Sink(ContentStore& store, BodyChecks& checks, const SealKey* key)
      : store_(store), checks_(checks), blob_(store) {
    if (key != nullptr) cipher_.emplace(key->CipherFor(blob_->id()));
  }

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
    const auto write = [this] { Write(); };
    hashing_.emplace(store_.workers_.Run(hash));
    writing_.emplace(store_.workers_.Run(write));
  }

  void Write() {
    if (!cipher_) return blob_->Append(busy_);
    sealed_.resize(busy_.size());  // the other worker hashes what was sent
    cipher_->Apply(busy_.data(), sealed_.data(), busy_.size());
    blob_->Append(sealed_);
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
  std::optional<protocol::AesCtr> cipher_;
  std::string sealed_;
  std::optional<runtime::Task<void>> hashing_;
  std::optional<runtime::Task<void>> writing_;
};

ContentStore::ContentStore(std::filesystem::path folder, storage::Durability durability,
                           std::shared_ptr<runtime::WorkerPool> workers,
                           std::function<bool(std::string_view)> known)
    : blobs_(std::move(folder)),
      durability_(durability),
      known_(std::move(known)),
      workers_(std::move(workers)) {}

runtime::Task<void> ContentStore::SweepOnce() {
  if (swept_.load(std::memory_order_acquire)) co_return;
  const auto sweep = [this] { SweepNow(); };
  co_await workers_.Run(sweep);
}

void ContentStore::SweepNow() {
  const std::lock_guard lock(sweeping_);
  if (swept_.load(std::memory_order_relaxed)) return;
  blobs_.Sweep(known_);
  swept_.store(true, std::memory_order_release);
}

void ContentStore::Sweep() {
  SubmitOrLeave([this] {
    try {
      SweepNow();
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): the first write tries again and tells
    }
  });
}

runtime::Task<Content> ContentStore::Receive(UploadBody& body, BodyChecks& checks, Placement placement,
                                             const SealKey* key) {
  const bool small = placement == Placement::kBySize && body.size() <= kMaxInlineBytes;
  return small ? ReceiveSmall(body, checks, key) : ReceiveFile(body, body.size(), checks, &body, key);
}

runtime::Task<Content> ContentStore::ReceiveFile(protocol::BodySource& body, std::uint64_t size,
                                                 BodyChecks& checks, const UploadBody* upload,
                                                 const SealKey* key) {
  co_await SweepOnce();
  Sink sink(*this, checks, key);
  std::exception_ptr failure;
  try {
    for (;;) {
      const std::string_view piece = co_await body.Read();
      if (piece.empty()) break;
      if (sink.size() + piece.size() > size) throw IncompleteBody();
      co_await sink.Add(piece);
    }
    if (upload == nullptr ? sink.size() != size : !upload->IsWhole(sink.size())) throw IncompleteBody();
  } catch (...) {
    failure = std::current_exception();
  }
  if (failure) {
    co_await sink.Settle();
    std::rethrow_exception(failure);
  }
  const auto trailers = upload == nullptr ? std::span<const protocol::Trailer>{} : upload->trailers();
  Content content = co_await sink.Finish(trailers);
  co_return content;
}

runtime::Task<Content> ContentStore::ReceiveSmall(UploadBody& body, BodyChecks& checks, const SealKey* key) {
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
  if (key != nullptr) content.bytes = key->SealInline(content.bytes);
  co_return content;
}

runtime::Task<Content> ContentStore::Copy(std::string bytes, BodyChecks& checks, Placement placement,
                                          const SealKey* key) {
  Content content;
  if (placement == Placement::kBySize && bytes.size() <= kMaxInlineBytes) {
    checks.Update(bytes);
    checks.Finish();
    content.size = bytes.size();
    content.bytes = key == nullptr ? std::move(bytes) : key->SealInline(bytes);
    co_return content;
  }
  co_await SweepOnce();
  Sink sink(*this, checks, key);
  co_await sink.Add(bytes);
  content = co_await sink.Finish({});
  co_return content;
}

runtime::Task<Content> ContentStore::Copy(protocol::BodySource& source, std::uint64_t size,
                                          BodyChecks& checks, Placement placement, const SealKey* key) {
  if (placement != Placement::kBySize || size > kMaxInlineBytes) {
    runtime::Task<Content> receiving = ReceiveFile(source, size, checks, nullptr, key);
    Content content = co_await receiving;
    co_return content;
  }
  std::string bytes;
  bytes.reserve(size);
  for (;;) {
    const std::string_view piece = co_await source.Read();
    if (piece.empty()) break;
    bytes += piece;
  }
  runtime::Task<Content> copying = Copy(std::move(bytes), checks, placement, key);
  Content content = co_await copying;
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

Blobs ContentStore::TakeDoubtful() {
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

void ContentStore::PinBlobs(const Blobs& blobs) {
  const std::scoped_lock lock(pins_mutex_);
  for (const std::string& blob : blobs) ++pins_[blob].count;
}

void ContentStore::Unpin(const Blobs& blobs) noexcept {
  try {
    Blobs discarded;
    {
      const std::scoped_lock lock(pins_mutex_);
      for (const std::string& blob : blobs) {
        const auto pin = pins_.find(blob);
        if (pin == pins_.end() || --pin->second.count != 0) continue;
        if (pin->second.discarded) discarded.push_back(blob);
        pins_.erase(pin);
      }
    }
    Discard(std::move(discarded));
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): then the sweep of the next start asks
  }
}

void ContentStore::Remove(const std::string& blob) noexcept {
  try {
    {
      const std::scoped_lock lock(pins_mutex_);
      if (const auto pin = pins_.find(blob); pin != pins_.end()) {
        pin->second.discarded = true;
        return;
      }
    }
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
