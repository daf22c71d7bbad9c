#pragma once
#include <optional>
#include <string>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct TimeToLiveSpecification {
  bool enabled = false;
  std::string attribute_name;
  static protocol::Members Describe();
};

struct UpdateTimeToLiveRequest {
  std::optional<std::string> table_name;
  TimeToLiveSpecification time_to_live_specification;
  static protocol::Members Describe();
};

struct UpdateTimeToLiveResponse {
  std::optional<TimeToLiveSpecification> time_to_live_specification;
  static protocol::Members Describe();
};

/// Says which attribute, if any, tells when an item expires.
///
/// Shapes: table_name 3..255 characters.
/// Errors: ResourceInUseException, ResourceNotFoundException,
/// LimitExceededException, InternalServerError. Thread: any. Source: DynamoDB
/// API Reference "UpdateTimeToLive".
runtime::Task<UpdateTimeToLiveResponse> UpdateTimeToLive(DynamoDbService& dynamodb,
                                                         const protocol::RequestContext& context,
                                                         UpdateTimeToLiveRequest request);

}  // namespace cumulite::dynamodb
