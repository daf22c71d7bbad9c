#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct CreateTableRequest {
  std::vector<AttributeDefinition> attribute_definitions;
  std::optional<std::string> table_name;
  std::vector<KeySchemaElement> key_schema;
  std::optional<std::vector<LocalSecondaryIndex>> local_secondary_indexes;
  std::optional<std::vector<GlobalSecondaryIndex>> global_secondary_indexes;
  std::optional<std::string> billing_mode;
  std::optional<ProvisionedThroughput> provisioned_throughput;
  std::optional<StreamSpecification> stream_specification;
  std::optional<SSESpecification> sse_specification;
  std::optional<std::vector<Tag>> tags;
  std::optional<std::string> table_class;
  std::optional<bool> deletion_protection_enabled;
  std::optional<OnDemandThroughput> on_demand_throughput;
  std::optional<WarmThroughput> warm_throughput;
  std::optional<std::string> resource_policy;
  static protocol::Members Describe();
};

struct CreateTableResponse {
  std::optional<TableDescription> table_description;
  static protocol::Members Describe();
};

/// Makes a table with its indexes and, if wanted, a stream. It is ACTIVE once the answer is there.
///
/// Shapes: table_name 3..255 characters; key_schema 1..2 elements.
/// Errors: ResourceInUseException, LimitExceededException, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "CreateTable".
runtime::Task<CreateTableResponse> CreateTable(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               CreateTableRequest request);

}  // namespace cumulite::dynamodb
