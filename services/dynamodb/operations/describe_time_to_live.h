#pragma once
#include <optional>
#include <string>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct DescribeTimeToLiveRequest {
  std::optional<std::string> table_name;
  static protocol::Members Describe();
};

struct DescribeTimeToLiveResponse {
  std::optional<TimeToLiveDescription> time_to_live_description;
  static protocol::Members Describe();
};

/// Whether items of a table expire, and by which attribute.
///
/// Shapes: table_name 3..255 characters.
/// Errors: ResourceNotFoundException, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "DescribeTimeToLive".
runtime::Task<DescribeTimeToLiveResponse> DescribeTimeToLive(DynamoDbService& dynamodb,
                                                             const protocol::RequestContext& context,
                                                             DescribeTimeToLiveRequest request);

}  // namespace cumulite::dynamodb
