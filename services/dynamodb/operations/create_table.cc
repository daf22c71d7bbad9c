#include "services/dynamodb/operations/create_table.h"

#include "services/dynamodb/access.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/streams/stream_control.h"
#include "services/dynamodb/tables/change_table.h"
#include "services/dynamodb/tables/create_rules.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;

protocol::Members CreateTableRequest::Describe() {
  using T = CreateTableRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attribute_definitions>("AttributeDefinitions").Required(),
      Wire<&T::table_name>("TableName"),
      Wire<&T::key_schema>("KeySchema").Required().Length(1, 2),
      Wire<&T::local_secondary_indexes>("LocalSecondaryIndexes"),
      Wire<&T::global_secondary_indexes>("GlobalSecondaryIndexes"),
      Wire<&T::billing_mode>("BillingMode").Values(kBillingMode),
      Wire<&T::provisioned_throughput>("ProvisionedThroughput"),
      Wire<&T::stream_specification>("StreamSpecification"),
      Wire<&T::sse_specification>("SSESpecification"),
      Wire<&T::tags>("Tags"),
      Wire<&T::table_class>("TableClass").Values(kTableClass),
      Wire<&T::deletion_protection_enabled>("DeletionProtectionEnabled"),
      Wire<&T::on_demand_throughput>("OnDemandThroughput"),
      Wire<&T::warm_throughput>("WarmThroughput"),
      Wire<&T::resource_policy>("ResourcePolicy"),
  };
  return kMembers;
}

protocol::Members CreateTableResponse::Describe() {
  using T = CreateTableResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_description>("TableDescription"),
  };
  return kMembers;
}

runtime::Task<CreateTableResponse> CreateTable(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               CreateTableRequest request) {
  const auto address = AddressOf(context.identity, CheckTableName(request.table_name));
  if (!address) throw Invalid("Invalid table ARN: " + *request.table_name);
  RequireOwnAccess(context, "table/" + address->name);
  const std::int64_t now_ms = dynamodb.NowMs();
  TableRecord record = RecordOf(request, now_ms);
  if (request.sse_specification && request.sse_specification->enabled.value_or(false)) {
    record.sse = DescribeEncryption(*request.sse_specification, address->account, address->region);
  }
  if (request.resource_policy) {
    CheckResourcePolicy(*request.resource_policy);
    record.resource_policy = request.resource_policy;
    record.policy_revision = NewPolicyRevision();
  }
  BeginPhase(dynamodb, "CREATING", record);
  if (request.stream_specification) CheckStreamSpecification(*request.stream_specification);
  const auto create = [&]() -> std::optional<std::int64_t> {
    TableRecord created = record;
    if (request.stream_specification && request.stream_specification->stream_enabled) {
      OpenStream(dynamodb.streams(), *address, *request.stream_specification,
                 dynamodb.settings().stream_shards, now_ms, created);
    }
    return dynamodb.tables().Insert(address->account, address->region, address->name, created);
  };
  runtime::Task<std::optional<std::int64_t>> run = dynamodb.writer().Run(create);
  const std::optional<std::int64_t> id = co_await run;
  if (!id) throw AwsError(kResourceInUse, "Table already exists: " + address->name);
  dynamodb.tables().Refresh(*id);
  CreateTableResponse response;
  if (const TablePtr table = dynamodb.tables().FindById(*id)) {
    response.table_description = Describe(*table, {}, now_ms);
    // Those who wait for ACTIVE ask DescribeTable; AWS never answers it here.
    response.table_description->table_status = "CREATING";
    for (auto& index : response.table_description->global_secondary_indexes) index.index_status = "CREATING";
  }
  co_return response;
}

}  // namespace cumulite::dynamodb
