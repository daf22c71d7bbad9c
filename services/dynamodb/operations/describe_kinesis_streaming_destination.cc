#include "services/dynamodb/operations/describe_kinesis_streaming_destination.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
protocol::Members KinesisDataStreamDestination::Describe() {
  using T = KinesisDataStreamDestination;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::stream_arn>("StreamArn"),
      Wire<&T::destination_status>("DestinationStatus"),
      Wire<&T::destination_status_description>("DestinationStatusDescription"),
      Wire<&T::approximate_creation_date_time_precision>("ApproximateCreationDateTimePrecision"),
  };
  return kMembers;
}

protocol::Members DescribeKinesisStreamingDestinationRequest::Describe() {
  using T = DescribeKinesisStreamingDestinationRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Required().Length(1, 1024),
  };
  return kMembers;
}

protocol::Members DescribeKinesisStreamingDestinationResponse::Describe() {
  using T = DescribeKinesisStreamingDestinationResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName"),
      Wire<&T::kinesis_data_stream_destinations>("KinesisDataStreamDestinations").KeepEmpty(),
  };
  return kMembers;
}

runtime::Task<DescribeKinesisStreamingDestinationResponse> DescribeKinesisStreamingDestination(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    DescribeKinesisStreamingDestinationRequest request) {
  const TablePtr table = RequireNamedTable(dynamodb, context, request.table_name);
  DescribeKinesisStreamingDestinationResponse response{.table_name = table->name};
  for (const KinesisRecord& destination : table->record.kinesis) {
    response.kinesis_data_stream_destinations.push_back(
        {.stream_arn = destination.stream_arn,
         .destination_status = destination.active ? "ACTIVE" : "DISABLED",
         .approximate_creation_date_time_precision = destination.precision});
  }
  co_return response;
}

}  // namespace cumulite::dynamodb
