#include "services/dynamodb/tables/table_record.h"

namespace cumulite::dynamodb {
using protocol::Wire;

protocol::Members IndexRecord::Describe() {
  using T = IndexRecord;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::number>("number"),
      Wire<&T::name>("name"),
      Wire<&T::local>("local"),
      Wire<&T::key_schema>("key_schema"),
      Wire<&T::projection>("projection"),
      Wire<&T::throughput>("throughput"),
      Wire<&T::on_demand_throughput>("on_demand_throughput"),
      Wire<&T::warm_throughput>("warm_throughput"),
      Wire<&T::backfilling>("backfilling"),
  };
  return kMembers;
}

protocol::Members InsightsRecord::Describe() {
  using T = InsightsRecord;
  static constexpr protocol::Member kMembers[] = {Wire<&T::mode>("mode"), Wire<&T::since>("since")};
  return kMembers;
}

protocol::Members ReplicaRecord::Describe() {
  using T = ReplicaRecord;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::region>("region"),
      Wire<&T::kms_master_key_id>("kms_master_key_id"),
      Wire<&T::throughput_override>("throughput_override"),
      Wire<&T::global_secondary_indexes>("global_secondary_indexes"),
      Wire<&T::table_class_override>("table_class_override"),
  };
  return kMembers;
}

protocol::Members KinesisRecord::Describe() {
  using T = KinesisRecord;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::stream_arn>("stream_arn"),
      Wire<&T::active>("active"),
      Wire<&T::precision>("precision"),
  };
  return kMembers;
}

protocol::Members TableRecord::Describe() {
  using T = TableRecord;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_id>("table_id"),
      Wire<&T::created>("created"),
      Wire<&T::attribute_definitions>("attribute_definitions"),
      Wire<&T::key_schema>("key_schema"),
      Wire<&T::billing_mode>("billing_mode"),
      Wire<&T::on_demand_since>("on_demand_since"),
      Wire<&T::throughput>("throughput"),
      Wire<&T::last_increase>("last_increase"),
      Wire<&T::last_decrease>("last_decrease"),
      Wire<&T::on_demand_throughput>("on_demand_throughput"),
      Wire<&T::warm_throughput>("warm_throughput"),
      Wire<&T::next_index>("next_index"),
      Wire<&T::indexes>("indexes"),
      Wire<&T::stream>("stream"),
      Wire<&T::stream_label>("stream_label"),
      Wire<&T::stream_id>("stream_id"),
      Wire<&T::deletion_protection>("deletion_protection"),
      Wire<&T::table_class>("table_class"),
      Wire<&T::table_class_since>("table_class_since"),
      Wire<&T::sse>("sse"),
      Wire<&T::tags>("tags"),
      Wire<&T::ttl_attribute>("ttl_attribute"),
      Wire<&T::point_in_time_recovery>("point_in_time_recovery"),
      Wire<&T::recoverable_since>("recoverable_since"),
      Wire<&T::recovery_days>("recovery_days"),
      Wire<&T::copies>("copies"),
      Wire<&T::restored>("restored"),
      Wire<&T::resource_policy>("resource_policy"),
      Wire<&T::policy_revision>("policy_revision"),
      Wire<&T::insights>("insights"),
      Wire<&T::replicas>("replicas"),
      Wire<&T::kinesis>("kinesis"),
      Wire<&T::scaling>("scaling"),
      Wire<&T::phase>("phase"),
      Wire<&T::phase_ends>("phase_ends"),
  };
  return kMembers;
}

}  // namespace cumulite::dynamodb
