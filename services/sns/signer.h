#pragma once
#include <array>
#include <atomic>
#include <cstddef>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "protocol/rsa_signing.h"
#include "runtime/task.h"
#include "services/storage/database.h"
#include "services/storage/statement.h"
#include "services/storage/writer.h"

namespace cumulite::sns {

/// Signs what is delivered, with a key that is made when it is first needed and then kept.
///
/// Thread: any; Prepare before the first use of the rest.
/// Source: SNS Developer Guide "Verifying the signatures of Amazon SNS messages".
class Signer {
 public:
  Signer(storage::Database& database, storage::Writer& writer);

  /// Reads or makes the key, off the I/O threads. Costs nothing once it is there.
  /// Errors: storage::StorageError.
  runtime::Task<void> Prepare();
  bool ready() const { return ready_.load(std::memory_order_acquire); }

  /// base64. Version 1 signs with SHA-1, version 2 with SHA-256. The latest are remembered: a message has one
  /// signature for all of its HTTP(S) endpoints and attempts.
  std::string Sign(std::string_view text, bool version_2) const;
  /// "/SimpleNotificationService-0123….pem": where certificate() is served.
  const std::string& certificate_path() const { return path_; }
  const std::string& certificate() const { return key_->certificate(); }

 private:
  void Load();

  storage::Database& database_;
  storage::Writer& writer_;
  std::mutex mutex_;  // guards the making of the key
  std::atomic<bool> ready_{false};
  std::unique_ptr<const protocol::RsaSigningKey> key_;
  std::string path_;

  struct Signed {
    std::string digest;
    std::string signature;
  };
  mutable std::mutex latest_mutex_;  // guards the next two
  mutable std::array<Signed, 64> latest_;
  mutable std::size_t next_ = 0;  // to be overwritten

  storage::ReadStatement find_;
  storage::Statement insert_;
};

}  // namespace cumulite::sns
