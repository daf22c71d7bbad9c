#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct KinesisDataStreamDestination {
  std::optional<std::string> stream_arn;
  std::optional<std::string> destination_status;
  std::optional<std::string> destination_status_description;
  std::optional<std::string> approximate_creation_date_time_precision;
  static protocol::Members Describe();
};

struct DescribeKinesisStreamingDestinationRequest {
  std::string table_name;
  static protocol::Members Describe();
};

struct DescribeKinesisStreamingDestinationResponse {
  std::optional<std::string> table_name;
  std::vector<KinesisDataStreamDestination> kinesis_data_stream_destinations;
  static protocol::Members Describe();
};

/// The Kinesis streams that a table's changes are to go to.
/// Differs from AWS: nothing is ever written to them.
///
/// Errors: ResourceNotFoundException, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "DescribeKinesisStreamingDestination".
runtime::Task<DescribeKinesisStreamingDestinationResponse> DescribeKinesisStreamingDestination(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    DescribeKinesisStreamingDestinationRequest request);

}  // namespace cumulite::dynamodb
