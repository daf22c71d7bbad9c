#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct UpdateGlobalSecondaryIndexAction {
  std::string index_name;
  std::optional<ProvisionedThroughput> provisioned_throughput;
  std::optional<OnDemandThroughput> on_demand_throughput;
  std::optional<WarmThroughput> warm_throughput;
  static protocol::Members Describe();
};

struct CreateGlobalSecondaryIndexAction {
  std::string index_name;
  std::vector<KeySchemaElement> key_schema;
  IndexProjection projection;
  std::optional<ProvisionedThroughput> provisioned_throughput;
  std::optional<OnDemandThroughput> on_demand_throughput;
  std::optional<WarmThroughput> warm_throughput;
  static protocol::Members Describe();
};

struct DeleteGlobalSecondaryIndexAction {
  std::string index_name;
  static protocol::Members Describe();
};

struct GlobalSecondaryIndexUpdate {
  std::optional<UpdateGlobalSecondaryIndexAction> update;
  std::optional<CreateGlobalSecondaryIndexAction> create;
  std::optional<DeleteGlobalSecondaryIndexAction> delete_;
  static protocol::Members Describe();
};

struct ReplicaGlobalSecondaryIndex {
  std::string index_name;
  std::optional<ProvisionedThroughputOverride> provisioned_throughput_override;
  static protocol::Members Describe();
};

struct CreateReplicationGroupMemberAction {
  std::string region_name;
  std::optional<std::string> kms_master_key_id;
  std::optional<ProvisionedThroughputOverride> provisioned_throughput_override;
  std::optional<std::vector<ReplicaGlobalSecondaryIndex>> global_secondary_indexes;
  std::optional<std::string> table_class_override;
  static protocol::Members Describe();
};

struct UpdateReplicationGroupMemberAction {
  std::string region_name;
  std::optional<std::string> kms_master_key_id;
  std::optional<ProvisionedThroughputOverride> provisioned_throughput_override;
  std::optional<std::vector<ReplicaGlobalSecondaryIndex>> global_secondary_indexes;
  std::optional<std::string> table_class_override;
  static protocol::Members Describe();
};

struct DeleteReplicationGroupMemberAction {
  std::string region_name;
  static protocol::Members Describe();
};

struct ReplicationGroupUpdate {
  std::optional<CreateReplicationGroupMemberAction> create;
  std::optional<UpdateReplicationGroupMemberAction> update;
  std::optional<DeleteReplicationGroupMemberAction> delete_;
  static protocol::Members Describe();
};

struct UpdateTableRequest {
  std::optional<std::vector<AttributeDefinition>> attribute_definitions;
  std::optional<std::string> table_name;
  std::optional<std::string> billing_mode;
  std::optional<ProvisionedThroughput> provisioned_throughput;
  std::optional<std::vector<GlobalSecondaryIndexUpdate>> global_secondary_index_updates;
  std::optional<StreamSpecification> stream_specification;
  std::optional<SSESpecification> sse_specification;
  std::optional<std::vector<ReplicationGroupUpdate>> replica_updates;
  std::optional<std::string> table_class;
  std::optional<bool> deletion_protection_enabled;
  std::optional<OnDemandThroughput> on_demand_throughput;
  std::optional<WarmThroughput> warm_throughput;
  static protocol::Members Describe();
};

struct UpdateTableResponse {
  std::optional<TableDescription> table_description;
  static protocol::Members Describe();
};

/// Changes capacity, indexes, stream and other properties of a table.
///
/// Shapes: table_name 3..255 characters; replica_updates 1 element or more.
/// Errors: ResourceInUseException, ResourceNotFoundException, LimitExceededException, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "UpdateTable".
runtime::Task<UpdateTableResponse> UpdateTable(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               UpdateTableRequest request);

}  // namespace cumulite::dynamodb
