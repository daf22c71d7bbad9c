#include "services/dynamodb/operations/update_table.h"

#include <algorithm>

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/streams/stream_control.h"
#include "services/dynamodb/tables/change_table.h"
#include "services/dynamodb/tables/create_rules.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

void CheckAnything(const UpdateTableRequest& request) {
  if (request.replica_updates) {
    throw AwsError(protocol::kNotImplemented, "The parameter ReplicaUpdates is not implemented.");
  }
  const bool any =
      request.provisioned_throughput || request.billing_mode || request.stream_specification ||
      (request.global_secondary_index_updates && !request.global_secondary_index_updates->empty()) ||
      request.sse_specification || request.table_class || request.deletion_protection_enabled ||
      request.on_demand_throughput || request.warm_throughput;
  if (any) return;
  throw Invalid(
      "At least one of ProvisionedThroughput, BillingMode, UpdateStreamEnabled, GlobalSecondaryIndexUpdates "
      "or SSESpecification or ReplicaUpdates is required");
}

/// Applies a request to what a table is. In a job, which may run twice: Apply begins anew each time.
class Updater {
 public:
  Updater(DynamoDbService& dynamodb, const Table& table, const UpdateTableRequest& request)
      : dynamodb_(dynamodb), table_(table), request_(request) {}

  void Apply(TableRecord& record) {
    now_ms_ = dynamodb_.NowMs();
    new_index_ = 0;
    SetCapacity(record);
    SetDefinitions(record);
    std::vector<std::int64_t> dropped;
    SetIndexes(record, dropped);
    SetProperties(record);
    CheckStream(record);
    // From here on nothing is refused any more.
    for (const std::int64_t number : dropped) dynamodb_.tables().DropIndex(table_.id, number);
    SetStream(record);
  }

  std::int64_t new_index() const { return new_index_; }
  const std::string& updated_index() const { return updated_index_; }

 private:
  void SetCapacity(TableRecord& record) {
    const auto& throughput = request_.provisioned_throughput;
    if (!request_.billing_mode && !throughput) return;
    const std::string mode = request_.billing_mode.value_or(record.billing_mode);
    const bool was_on_demand = record.billing_mode == "PAY_PER_REQUEST";
    if (mode == "PAY_PER_REQUEST" || throughput || was_on_demand) CheckBilling(mode, throughput);
    if (throughput && !was_on_demand) RefuseSameThroughput(record.throughput, *throughput);
    record.billing_mode = mode;
    if (mode == "PAY_PER_REQUEST" && !was_on_demand) record.on_demand_since = protocol::Timestamp{now_ms_};
    if (mode == "PAY_PER_REQUEST") {
      record.throughput = {};
      for (IndexRecord& index : record.indexes) index.throughput.reset();
    } else if (throughput) {
      const bool more = throughput->read_capacity_units > record.throughput.read_capacity_units ||
                        throughput->write_capacity_units > record.throughput.write_capacity_units;
      (more ? record.last_increase : record.last_decrease) = protocol::Timestamp{now_ms_};
      record.throughput = *throughput;
    }
  }

  static void RefuseSameThroughput(const ProvisionedThroughput& now, const ProvisionedThroughput& wanted) {
    if (now.read_capacity_units != wanted.read_capacity_units ||
        now.write_capacity_units != wanted.write_capacity_units) {
      return;
    }
    const std::string reads = std::to_string(now.read_capacity_units);
    const std::string writes = std::to_string(now.write_capacity_units);
    throw Invalid(
        "The provisioned throughput for the table will not change. The requested value equals the current "
        "value. "
        "Current ReadCapacityUnits provisioned for the table: " +
        reads + ". Requested ReadCapacityUnits: " + reads +
        ". Current WriteCapacityUnits provisioned for the table: " + writes +
        ". Requested WriteCapacityUnits: " + writes +
        ". Refer to the Amazon DynamoDB Developer Guide for current limits and how to request higher "
        "limits.");
  }

  /// Adds the request's definitions; those that nothing uses in the end are refused or dropped.
  void SetDefinitions(TableRecord& record) {
    if (!request_.attribute_definitions) return;
    for (const AttributeDefinition& wanted : *request_.attribute_definitions) {
      auto known = std::ranges::find(record.attribute_definitions, wanted.attribute_name,
                                     &AttributeDefinition::attribute_name);
      if (known == record.attribute_definitions.end()) {
        record.attribute_definitions.push_back(wanted);
      } else if (known->attribute_type != wanted.attribute_type) {
        throw InvalidValue("Attribute " + wanted.attribute_name + " is redefined with another type");
      }
    }
  }

  void SetIndexes(TableRecord& record, std::vector<std::int64_t>& dropped) {
    const auto& updates = request_.global_secondary_index_updates;
    if (!updates) return;
    const auto changes = std::ranges::count_if(
        *updates, [](const GlobalSecondaryIndexUpdate& update) { return update.create || update.delete_; });
    if (changes > 1) {
      throw AwsError(kLimitExceeded,
                     "Subscriber limit exceeded: Only 1 online index can be created or deleted "
                     "simultaneously per table");
    }
    for (const GlobalSecondaryIndexUpdate& update : *updates) {
      const int given = update.create.has_value() + update.delete_.has_value() + update.update.has_value();
      if (given != 1) {
        throw InvalidValue("A GlobalSecondaryIndexUpdate must have exactly one of Create, Delete and Update");
      }
      if (update.create) CreateIndex(record, *update.create);
      if (update.delete_) DeleteIndex(record, update.delete_->index_name, dropped);
      if (update.update) UpdateIndex(record, *update.update);
    }
  }

  void CreateIndex(TableRecord& record, const CreateGlobalSecondaryIndexAction& wanted) {
    if (std::ranges::find(record.indexes, wanted.index_name, &IndexRecord::name) != record.indexes.end()) {
      throw Invalid("Attempting to create an index which already exists");
    }
    // The definitions of its keys come along, even of those that the table has already.
    TableRecord given;
    if (request_.attribute_definitions) given.attribute_definitions = *request_.attribute_definitions;
    CheckDefined(given, wanted.key_schema);
    IndexRecord index = GlobalIndexOf({.index_name = wanted.index_name,
                                       .key_schema = wanted.key_schema,
                                       .projection = wanted.projection,
                                       .provisioned_throughput = wanted.provisioned_throughput,
                                       .on_demand_throughput = wanted.on_demand_throughput,
                                       .warm_throughput = wanted.warm_throughput},
                                      record);
    index.backfilling = true;
    new_index_ = index.number;
    record.indexes.push_back(std::move(index));
    CheckDefinitionsUsed(record);
  }

  IndexRecord& FindGlobal(TableRecord& record, const std::string& name) {
    const auto found = std::ranges::find(record.indexes, name, &IndexRecord::name);
    if (found == record.indexes.end() || found->local) {
      throw AwsError(kResourceNotFound, "Requested resource not found");
    }
    return *found;
  }

  void DeleteIndex(TableRecord& record, const std::string& name, std::vector<std::int64_t>& dropped) {
    const std::int64_t number = FindGlobal(record, name).number;
    dropped.push_back(number);
    std::erase_if(record.indexes, [number](const IndexRecord& index) { return index.number == number; });
    std::erase_if(record.attribute_definitions, [&record](const AttributeDefinition& definition) {
      const auto uses = [&](const std::vector<KeySchemaElement>& schema) {
        return std::ranges::find(schema, definition.attribute_name, &KeySchemaElement::attribute_name) !=
               schema.end();
      };
      return !uses(record.key_schema) && std::ranges::none_of(record.indexes, [&](const IndexRecord& index) {
        return uses(index.key_schema);
      });
    });
  }

  void UpdateIndex(TableRecord& record, const UpdateGlobalSecondaryIndexAction& wanted) {
    IndexRecord& index = FindGlobal(record, wanted.index_name);
    if (wanted.provisioned_throughput) {
      CheckBilling(record.billing_mode, wanted.provisioned_throughput);
      index.throughput = wanted.provisioned_throughput;
    }
    if (wanted.on_demand_throughput) index.on_demand_throughput = wanted.on_demand_throughput;
    if (wanted.warm_throughput) index.warm_throughput = wanted.warm_throughput;
    updated_index_ = wanted.index_name;
  }

  void SetProperties(TableRecord& record) const {
    if (request_.deletion_protection_enabled)
      record.deletion_protection = *request_.deletion_protection_enabled;
    if (request_.table_class) {
      record.table_class = request_.table_class;
      record.table_class_since = protocol::Timestamp{now_ms_};
    }
    if (request_.on_demand_throughput) record.on_demand_throughput = request_.on_demand_throughput;
    if (request_.warm_throughput) record.warm_throughput = request_.warm_throughput;
    if (request_.sse_specification) {
      record.sse.reset();
      if (request_.sse_specification->enabled.value_or(false)) {
        record.sse = DescribeEncryption(*request_.sse_specification, table_.account, table_.region);
      }
    }
  }

  void CheckStream(const TableRecord& record) const {
    const auto& wanted = request_.stream_specification;
    if (!wanted) return;
    CheckStreamSpecification(*wanted);
    if (wanted->stream_enabled && record.stream_id != 0) {
      throw Invalid("Table already has an enabled stream: TableName: " + table_.name);
    }
    if (!wanted->stream_enabled && record.stream_id == 0) {
      throw Invalid("Table has no stream to disable: TableName: " + table_.name);
    }
  }

  void SetStream(TableRecord& record) {
    const auto& wanted = request_.stream_specification;
    if (!wanted) return;
    if (wanted->stream_enabled) {
      OpenStream(dynamodb_.streams(), {table_.account, table_.region, table_.name}, *wanted, now_ms_, record);
    } else {
      CloseStream(dynamodb_.streams(), now_ms_, record);
    }
  }

  DynamoDbService& dynamodb_;
  const Table& table_;
  const UpdateTableRequest& request_;
  std::int64_t now_ms_ = 0;
  std::int64_t new_index_ = 0;
  std::string updated_index_;
};

}  // namespace

protocol::Members UpdateGlobalSecondaryIndexAction::Describe() {
  using T = UpdateGlobalSecondaryIndexAction;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName").Required().Length(3, 255),
      Wire<&T::provisioned_throughput>("ProvisionedThroughput"),
      Wire<&T::on_demand_throughput>("OnDemandThroughput"),
      Wire<&T::warm_throughput>("WarmThroughput"),
  };
  return kMembers;
}

protocol::Members CreateGlobalSecondaryIndexAction::Describe() {
  using T = CreateGlobalSecondaryIndexAction;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName").Required().Length(3, 255),
      Wire<&T::key_schema>("KeySchema").Required().Length(1, 8),
      Wire<&T::projection>("Projection").Required(),
      Wire<&T::provisioned_throughput>("ProvisionedThroughput"),
      Wire<&T::on_demand_throughput>("OnDemandThroughput"),
      Wire<&T::warm_throughput>("WarmThroughput"),
  };
  return kMembers;
}

protocol::Members DeleteGlobalSecondaryIndexAction::Describe() {
  using T = DeleteGlobalSecondaryIndexAction;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName").Required().Length(3, 255),
  };
  return kMembers;
}

protocol::Members GlobalSecondaryIndexUpdate::Describe() {
  using T = GlobalSecondaryIndexUpdate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::update>("Update"),
      Wire<&T::create>("Create"),
      Wire<&T::delete_>("Delete"),
  };
  return kMembers;
}

protocol::Members ReplicaGlobalSecondaryIndex::Describe() {
  using T = ReplicaGlobalSecondaryIndex;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::index_name>("IndexName").Required().Length(3, 255),
      Wire<&T::provisioned_throughput_override>("ProvisionedThroughputOverride"),
  };
  return kMembers;
}

protocol::Members CreateReplicationGroupMemberAction::Describe() {
  using T = CreateReplicationGroupMemberAction;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::region_name>("RegionName").Required(),
      Wire<&T::kms_master_key_id>("KMSMasterKeyId"),
      Wire<&T::provisioned_throughput_override>("ProvisionedThroughputOverride"),
      Wire<&T::global_secondary_indexes>("GlobalSecondaryIndexes").Length(1, kNoMaximum),
      Wire<&T::table_class_override>("TableClassOverride").Values(kTableClass),
  };
  return kMembers;
}

protocol::Members UpdateReplicationGroupMemberAction::Describe() {
  using T = UpdateReplicationGroupMemberAction;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::region_name>("RegionName").Required(),
      Wire<&T::kms_master_key_id>("KMSMasterKeyId"),
      Wire<&T::provisioned_throughput_override>("ProvisionedThroughputOverride"),
      Wire<&T::global_secondary_indexes>("GlobalSecondaryIndexes").Length(1, kNoMaximum),
      Wire<&T::table_class_override>("TableClassOverride").Values(kTableClass),
  };
  return kMembers;
}

protocol::Members DeleteReplicationGroupMemberAction::Describe() {
  using T = DeleteReplicationGroupMemberAction;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::region_name>("RegionName").Required(),
  };
  return kMembers;
}

protocol::Members ReplicationGroupUpdate::Describe() {
  using T = ReplicationGroupUpdate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::create>("Create"),
      Wire<&T::update>("Update"),
      Wire<&T::delete_>("Delete"),
  };
  return kMembers;
}

protocol::Members UpdateTableRequest::Describe() {
  using T = UpdateTableRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attribute_definitions>("AttributeDefinitions"),
      Wire<&T::table_name>("TableName"),
      Wire<&T::billing_mode>("BillingMode").Values(kBillingMode),
      Wire<&T::provisioned_throughput>("ProvisionedThroughput"),
      Wire<&T::global_secondary_index_updates>("GlobalSecondaryIndexUpdates"),
      Wire<&T::stream_specification>("StreamSpecification"),
      Wire<&T::sse_specification>("SSESpecification"),
      Wire<&T::replica_updates>("ReplicaUpdates").Length(1, kNoMaximum),
      Wire<&T::table_class>("TableClass").Values(kTableClass),
      Wire<&T::deletion_protection_enabled>("DeletionProtectionEnabled"),
      Wire<&T::on_demand_throughput>("OnDemandThroughput"),
      Wire<&T::warm_throughput>("WarmThroughput"),
  };
  return kMembers;
}

protocol::Members UpdateTableResponse::Describe() {
  using T = UpdateTableResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_description>("TableDescription"),
  };
  return kMembers;
}

runtime::Task<UpdateTableResponse> UpdateTable(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               UpdateTableRequest request) {
  CheckTableName(request.table_name);
  CheckAnything(request);
  const TablePtr table = RequireNamedTable(dynamodb, context, request.table_name);
  Updater updater(dynamodb, *table, request);
  const std::function<void(TableRecord&)> update = [&updater](TableRecord& record) { updater.Apply(record); };
  runtime::Task<TablePtr> change = ChangeTable(dynamodb, *table, update);
  const TablePtr changed = co_await change;
  UpdateTableResponse response{.table_description = Describe(*changed, dynamodb.tables().CountsOf(*changed))};
  TableDescription& description = *response.table_description;
  description.table_status = "UPDATING";
  for (auto& index : description.global_secondary_indexes) {
    if (index.index_name == updater.updated_index()) index.index_status = "UPDATING";
  }
  if (updater.new_index() != 0) dynamodb.Backfill(changed->id, updater.new_index());
  dynamodb.SweepDropped();
  co_return response;
}

}  // namespace cumulite::dynamodb
