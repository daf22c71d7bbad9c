#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/items/attribute_value.h"

namespace cumulite::dynamodb {
class DynamoDbService;

// The four operations of DynamoDB Streams. A stream has one shard, which closes when the stream is disabled.
// Source: DynamoDB Streams API Reference; Developer Guide "Change data capture for DynamoDB Streams".

struct StreamName {
  std::string stream_arn;
  std::string table_name;
  std::string stream_label;
  static protocol::Members Describe();
};

struct ListStreamsRequest {
  std::optional<std::string> table_name;
  std::optional<std::int32_t> limit;
  std::optional<std::string> exclusive_start_stream_arn;
  static protocol::Members Describe();
};

struct ListStreamsResponse {
  std::vector<StreamName> streams;
  std::optional<std::string> last_evaluated_stream_arn;
  static protocol::Members Describe();
};

struct SequenceNumberRange {
  std::string starting_sequence_number;
  std::optional<std::string> ending_sequence_number;
  static protocol::Members Describe();
};

struct Shard {
  std::string shard_id;
  SequenceNumberRange sequence_number_range;
  static protocol::Members Describe();
};

struct StreamDescription {
  std::string stream_arn;
  std::string stream_label;
  std::string stream_status;
  std::string stream_view_type;
  protocol::Timestamp creation_request_date_time;
  std::string table_name;
  RawJson key_schema;
  std::vector<Shard> shards;
  std::optional<std::string> last_evaluated_shard_id;
  static protocol::Members Describe();
};

struct ShardFilter {
  std::optional<std::string> type;
  std::optional<std::string> shard_id;
  static protocol::Members Describe();
};

struct DescribeStreamRequest {
  std::string stream_arn;
  std::optional<std::int32_t> limit;
  std::optional<std::string> exclusive_start_shard_id;
  std::optional<ShardFilter> shard_filter;
  static protocol::Members Describe();
};

struct DescribeStreamResponse {
  StreamDescription stream_description;
  static protocol::Members Describe();
};

struct GetShardIteratorRequest {
  std::string stream_arn;
  std::string shard_id;
  std::string shard_iterator_type;
  std::optional<std::string> sequence_number;
  static protocol::Members Describe();
};

struct GetShardIteratorResponse {
  std::string shard_iterator;
  static protocol::Members Describe();
};

struct GetRecordsRequest {
  std::string shard_iterator;
  std::optional<std::int32_t> limit;
  static protocol::Members Describe();
};

struct GetRecordsResponse {
  RawJson records;
  std::optional<std::string> next_shard_iterator;
  static protocol::Members Describe();
};

/// Streams of the account in the region, disabled ones too while they can be read.
///
/// Shapes: limit 1..100.
/// Errors: ValidationException.
/// Thread: any.
runtime::Task<ListStreamsResponse> ListStreams(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               ListStreamsRequest request);

/// What a stream is, with its shard.
///
/// Errors: ResourceNotFoundException, ValidationException.
/// Thread: any.
runtime::Task<DescribeStreamResponse> DescribeStream(DynamoDbService& dynamodb,
                                                     const protocol::RequestContext& context,
                                                     DescribeStreamRequest request);

/// A place in a shard from which GetRecords reads, good for 15 minutes.
///
/// Errors: ResourceNotFoundException, ValidationException.
/// Thread: any.
runtime::Task<GetShardIteratorResponse> GetShardIterator(DynamoDbService& dynamodb,
                                                         const protocol::RequestContext& context,
                                                         GetShardIteratorRequest request);

/// Records from an iterator on, up to 1000 or 1 MB, of the last 24 hours.
///
/// Errors: ExpiredIteratorException, ResourceNotFoundException, ValidationException.
/// Thread: any.
runtime::Task<GetRecordsResponse> GetRecords(DynamoDbService& dynamodb,
                                             const protocol::RequestContext& context,
                                             GetRecordsRequest request);

}  // namespace cumulite::dynamodb
