#pragma once
#include <optional>
#include <string>
#include <vector>

#include "services/dynamodb/operations/read_page.h"
#include "services/dynamodb/partiql/statement.h"

namespace cumulite::dynamodb {

/// How much of a SELECT to read, and from where.
struct StatementPageRequest {
  std::optional<std::int64_t> limit;  // of items looked at
  bool consistent = false;
  std::string digest;                // of the request: a token goes on with the same one only
  std::optional<std::string> token;  // what the page before gave
};

struct StatementPage {
  std::string items;                      // a JSON list
  std::optional<std::string> next_token;  // when there may be more
  std::optional<AttributeMap> last_key;
  ReadCost cost;
};

/// What tells one statement with its parameters from others.
std::string DigestOf(const std::string& statement, const std::optional<std::vector<ValueInput>>& parameters);

/// Reads the partitions that the statement names one after the other, or all of the table or index, up to the
/// limit or 1 MB.
/// Errors: ValidationException for unknown indexes, an ORDER BY that keys do not serve, a token of another
/// statement.
StatementPage ReadStatementPage(DynamoDbService& dynamodb, const Table& table, const Statement& statement,
                                const StatementPageRequest& request);

}  // namespace cumulite::dynamodb
