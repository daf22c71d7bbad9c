#include "services/dynamodb/items/token_store.h"

namespace cumulite::dynamodb {
namespace {
constexpr std::int64_t kKeptMs = 10LL * 60 * 1000;
}  // namespace

TokenStore::TokenStore(storage::Database& database)
    : find_(database,
            "SELECT request FROM transaction_token WHERE account = ?1 AND region = ?2 AND token = ?3 AND "
            "at_ms > ?4"),
      keep_(database,
            "INSERT INTO transaction_token VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE"
            " SET request = excluded.request, at_ms = excluded.at_ms"),
      forget_(database, "DELETE FROM transaction_token WHERE at_ms <= ?1") {}

TokenUse TokenStore::Check(const TransactionToken& token, std::int64_t now_ms) {
  auto row = find_.Query(token.account, token.region, token.token, now_ms - kKeptMs);
  if (!row.Next()) return TokenUse::kNew;
  return row.Blob(0).bytes == token.request ? TokenUse::kSame : TokenUse::kOther;
}

void TokenStore::Keep(const TransactionToken& token, std::int64_t now_ms) {
  forget_.Run(now_ms - kKeptMs);
  keep_.Run(token.account, token.region, token.token, storage::BytesView{token.request}, now_ms);
}

}  // namespace cumulite::dynamodb
