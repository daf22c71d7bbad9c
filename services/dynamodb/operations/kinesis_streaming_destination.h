#pragma once
#include <optional>
#include <string>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct KinesisStreamingConfiguration {
  std::optional<std::string> approximate_creation_date_time_precision;
  static protocol::Members Describe();
};

struct KinesisStreamingDestinationRequest {
  std::string table_name;
  std::string stream_arn;
  std::optional<KinesisStreamingConfiguration> enable_kinesis_streaming_configuration;
  static protocol::Members Describe();
};

struct KinesisStreamingDestinationResponse {
  std::optional<std::string> table_name;
  std::optional<std::string> stream_arn;
  std::optional<std::string> destination_status;
  std::optional<KinesisStreamingConfiguration> enable_kinesis_streaming_configuration;
  static protocol::Members Describe();
};

struct UpdateKinesisStreamingDestinationRequest {
  std::string table_name;
  std::string stream_arn;
  std::optional<KinesisStreamingConfiguration> update_kinesis_streaming_configuration;
  static protocol::Members Describe();
};

struct UpdateKinesisStreamingDestinationResponse {
  std::optional<std::string> table_name;
  std::optional<std::string> stream_arn;
  std::optional<std::string> destination_status;
  std::optional<KinesisStreamingConfiguration> update_kinesis_streaming_configuration;
  static protocol::Members Describe();
};

// Differs from AWS: no Kinesis is part of this server, so destinations are kept and described, whether their
// stream exists anywhere or not, and nothing is ever written to them.

/// Names a Kinesis data stream as a destination of a table's changes.
///
/// Shapes: stream_arn 37..1024 characters.
/// Errors: ResourceNotFoundException, ResourceInUseException, ValidationException, LimitExceededException.
/// Thread: any.
/// Source: DynamoDB API Reference "EnableKinesisStreamingDestination".
runtime::Task<KinesisStreamingDestinationResponse> EnableKinesisStreamingDestination(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    KinesisStreamingDestinationRequest request);

/// The other way round. The destination stays listed, DISABLED.
///
/// Errors: ResourceNotFoundException, ResourceInUseException, ValidationException.
/// Thread: any.
/// Source: DynamoDB API Reference "DisableKinesisStreamingDestination".
runtime::Task<KinesisStreamingDestinationResponse> DisableKinesisStreamingDestination(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    KinesisStreamingDestinationRequest request);

/// Changes how exact the times in records are to be.
///
/// Errors: ResourceNotFoundException, ResourceInUseException, ValidationException.
/// Thread: any.
/// Source: DynamoDB API Reference "UpdateKinesisStreamingDestination".
runtime::Task<UpdateKinesisStreamingDestinationResponse> UpdateKinesisStreamingDestination(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    UpdateKinesisStreamingDestinationRequest request);

}  // namespace cumulite::dynamodb
