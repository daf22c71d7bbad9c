#pragma once
#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "protocol/web_key.h"
#include "runtime/task.h"
#include "runtime/worker_pool.h"

namespace cumulite::sts {

/// Who signs the tokens of an account, for whoever checks them: "http://localhost:4566/_sts/000000000000".
/// The caller's own way to this server stands in it, so that those it gives the token to can follow it.
/// Differs from AWS: there it is https://UUID.tokens.sts.global.api.aws, also one an account.
std::string IssuerUrl(std::string_view scheme, std::string_view host, std::string_view account);
bool IsIssuerUrl(std::string_view url);

/// The keys by which identity tokens are signed, made when they are first needed and kept in files below the
/// data directory.
///
/// Thread: any; Prepare before the first use of the rest.
class IdentityKeys {
 public:
  IdentityKeys(std::filesystem::path data_directory, std::shared_ptr<runtime::WorkerPool> pool)
      : directory_(std::move(data_directory)), workers_(std::move(pool)) {}

  /// Reads or makes the keys, off the I/O threads. Costs nothing once they are there.
  /// Errors: storage::StorageError, std::runtime_error for files that hold none.
  runtime::Task<void> Prepare();

  const protocol::WebKey& rs256() const { return *rs256_; }
  const protocol::WebKey& es384() const { return *es384_; }
  /// The public keys, a JWKS document.
  std::string KeySet() const;

  void WaitUntilIdle() { workers_.WaitUntilIdle(); }

 private:
  void Load();

  const std::filesystem::path directory_;
  std::mutex mutex_;  // guards the making of the keys
  std::atomic<bool> ready_{false};
  std::unique_ptr<const protocol::WebKey> rs256_;
  std::unique_ptr<const protocol::WebKey> es384_;
  runtime::Workers workers_;  // last: ends before what it fills
};

}  // namespace cumulite::sts
