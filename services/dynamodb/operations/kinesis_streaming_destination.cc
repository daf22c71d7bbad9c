#include "services/dynamodb/operations/kinesis_streaming_destination.h"

#include <algorithm>

#include "protocol/arn.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/tables/change_table.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

constexpr std::string_view kPrecisions[] = {"MILLISECOND", "MICROSECOND"};
constexpr std::string_view kDefaultPrecision = "MILLISECOND";

std::string PrecisionOf(const std::optional<KinesisStreamingConfiguration>& configuration) {
  std::string precision(kDefaultPrecision);
  if (configuration) precision = configuration->approximate_creation_date_time_precision.value_or(precision);
  return precision;
}

void CheckStream(const std::string& text) {
  const auto arn = protocol::ParseArn(text);
  if (!arn || arn->service != "kinesis" || !arn->resource.starts_with("stream/")) {
    throw Invalid("Invalid StreamArn: " + text);
  }
}

KinesisRecord* FindDestination(TableRecord& record, const std::string& arn) {
  const auto found = std::ranges::find(record.kinesis, arn, &KinesisRecord::stream_arn);
  return found == record.kinesis.end() ? nullptr : &*found;
}

/// Errors: ResourceNotFoundException; ValidationException unless it is active.
KinesisRecord& RequireActive(TableRecord& record, const std::string& arn, std::string_view verb,
                             std::string_view operation) {
  KinesisRecord* const destination = FindDestination(record, arn);
  if (destination == nullptr) {
    throw AwsError(kResourceNotFound,
                   "Requested resource not found: the table has no such destination: " + arn);
  }
  if (!destination->active) {
    throw Invalid("Table is not in a valid state to " + std::string(verb) +
                  " Kinesis Streaming Destination: KinesisStreamingDestination must be ACTIVE to perform " +
                  std::string(operation) + " operation.");
  }
  return *destination;
}

}  // namespace

protocol::Members KinesisStreamingConfiguration::Describe() {
  using T = KinesisStreamingConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::approximate_creation_date_time_precision>("ApproximateCreationDateTimePrecision")
          .Values(kPrecisions),
  };
  return kMembers;
}

protocol::Members KinesisStreamingDestinationRequest::Describe() {
  using T = KinesisStreamingDestinationRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Required().Length(1, 1024),
      Wire<&T::stream_arn>("StreamArn").Required().Length(37, 1024),
      Wire<&T::enable_kinesis_streaming_configuration>("EnableKinesisStreamingConfiguration"),
  };
  return kMembers;
}

protocol::Members KinesisStreamingDestinationResponse::Describe() {
  using T = KinesisStreamingDestinationResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName"),
      Wire<&T::stream_arn>("StreamArn"),
      Wire<&T::destination_status>("DestinationStatus"),
      Wire<&T::enable_kinesis_streaming_configuration>("EnableKinesisStreamingConfiguration"),
  };
  return kMembers;
}

protocol::Members UpdateKinesisStreamingDestinationRequest::Describe() {
  using T = UpdateKinesisStreamingDestinationRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Required().Length(1, 1024),
      Wire<&T::stream_arn>("StreamArn").Required().Length(37, 1024),
      Wire<&T::update_kinesis_streaming_configuration>("UpdateKinesisStreamingConfiguration"),
  };
  return kMembers;
}

protocol::Members UpdateKinesisStreamingDestinationResponse::Describe() {
  using T = UpdateKinesisStreamingDestinationResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName"),
      Wire<&T::stream_arn>("StreamArn"),
      Wire<&T::destination_status>("DestinationStatus"),
      Wire<&T::update_kinesis_streaming_configuration>("UpdateKinesisStreamingConfiguration"),
  };
  return kMembers;
}

runtime::Task<KinesisStreamingDestinationResponse> EnableKinesisStreamingDestination(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    KinesisStreamingDestinationRequest request) {
  const TablePtr table = RequireNamedTable(dynamodb, context, request.table_name);
  CheckStream(request.stream_arn);
  RefuseUnlessActive(*table, dynamodb.NowMs());
  const std::string precision = PrecisionOf(request.enable_kinesis_streaming_configuration);
  const std::function<void(TableRecord&)> enable = [&](TableRecord& record) {
    KinesisRecord* const destination = FindDestination(record, request.stream_arn);
    if (destination != nullptr && destination->active) {
      throw Invalid(
          "Table is not in a valid state to enable Kinesis Streaming Destination: "
          "EnableKinesisStreamingDestination must be DISABLED or ENABLE_FAILED to perform ENABLE operation.");
    }
    if (destination == nullptr) {
      record.kinesis.push_back({.stream_arn = request.stream_arn, .precision = precision});
    } else {
      *destination = {.stream_arn = request.stream_arn, .precision = precision};
    }
  };
  runtime::Task<TablePtr> change = ChangeTable(dynamodb, *table, enable);
  co_await change;
  KinesisStreamingDestinationResponse response{
      .table_name = table->name, .stream_arn = request.stream_arn, .destination_status = "ENABLING"};
  response.enable_kinesis_streaming_configuration = std::move(request.enable_kinesis_streaming_configuration);
  co_return response;
}

runtime::Task<KinesisStreamingDestinationResponse> DisableKinesisStreamingDestination(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    KinesisStreamingDestinationRequest request) {
  const TablePtr table = RequireNamedTable(dynamodb, context, request.table_name);
  RefuseUnlessActive(*table, dynamodb.NowMs());
  const std::function<void(TableRecord&)> disable = [&](TableRecord& record) {
    RequireActive(record, request.stream_arn, "disable", "DISABLE").active = false;
  };
  runtime::Task<TablePtr> change = ChangeTable(dynamodb, *table, disable);
  co_await change;
  KinesisStreamingDestinationResponse response{
      .table_name = table->name, .stream_arn = request.stream_arn, .destination_status = "DISABLING"};
  co_return response;
}

runtime::Task<UpdateKinesisStreamingDestinationResponse> UpdateKinesisStreamingDestination(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    UpdateKinesisStreamingDestinationRequest request) {
  const TablePtr table = RequireNamedTable(dynamodb, context, request.table_name);
  RefuseUnlessActive(*table, dynamodb.NowMs());
  const std::string precision = PrecisionOf(request.update_kinesis_streaming_configuration);
  const std::function<void(TableRecord&)> update = [&](TableRecord& record) {
    KinesisRecord& destination = RequireActive(record, request.stream_arn, "update", "UPDATE");
    if (destination.precision == precision) {
      throw Invalid("The Kinesis Streaming Destination already has the precision " + precision);
    }
    destination.precision = precision;
  };
  runtime::Task<TablePtr> change = ChangeTable(dynamodb, *table, update);
  co_await change;
  UpdateKinesisStreamingDestinationResponse response{
      .table_name = table->name, .stream_arn = request.stream_arn, .destination_status = "UPDATING"};
  response.update_kinesis_streaming_configuration = std::move(request.update_kinesis_streaming_configuration);
  co_return response;
}

}  // namespace cumulite::dynamodb
