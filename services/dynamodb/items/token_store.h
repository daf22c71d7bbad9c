#pragma once
#include <cstdint>
#include <string>

#include "services/storage/statement.h"

namespace cumulite::dynamodb {

/// A ClientRequestToken and the request that it stands for.
struct TransactionToken {
  std::string account;
  std::string region;
  std::string token;
  std::string request;  // a digest
};

enum class TokenUse : std::uint8_t { kNew, kSame, kOther };

/// The tokens of transactions that were done, kept for ten minutes.
/// Thread: the writer's, inside a job.
class TokenStore {
 public:
  explicit TokenStore(storage::Database& database);

  /// Whether a transaction with this token was done: the same one, or another.
  TokenUse Check(const TransactionToken& token, std::int64_t now_ms);
  void Keep(const TransactionToken& token, std::int64_t now_ms);

 private:
  storage::Statement find_;
  storage::Statement keep_;
  storage::Statement forget_;
};

}  // namespace cumulite::dynamodb
