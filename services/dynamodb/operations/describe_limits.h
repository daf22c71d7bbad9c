#pragma once
#include <cstdint>
#include <optional>

#include "protocol/operation.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct DescribeLimitsRequest {
  static protocol::Members Describe() { return {}; }
};

struct DescribeLimitsResponse {
  std::optional<std::int64_t> account_max_read_capacity_units;
  std::optional<std::int64_t> account_max_write_capacity_units;
  std::optional<std::int64_t> table_max_read_capacity_units;
  std::optional<std::int64_t> table_max_write_capacity_units;
  static protocol::Members Describe();
};

/// What AWS allows an account and a table unless it was asked for more.
///
/// Errors: InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "DescribeLimits".
runtime::Task<DescribeLimitsResponse> DescribeLimits(DynamoDbService& dynamodb,
                                                     const protocol::RequestContext& context,
                                                     DescribeLimitsRequest request);

}  // namespace cumulite::dynamodb
