#include "services/dynamodb/operations/streams.h"

#include <charconv>

#include "protocol/base64.h"
#include "services/dynamodb/access.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/streams/stream_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

constexpr std::int64_t kIteratorMs = 15LL * 60 * 1000;
constexpr std::size_t kMaxAnswerBytes = 1024 * 1024;
constexpr std::string_view kIteratorTypes[] = {"AFTER_SEQUENCE_NUMBER", "LATEST", "AT_SEQUENCE_NUMBER",
                                               "TRIM_HORIZON"};

/// Where an iterator stands: the next record's number in a stream, and when it was given.
struct Place {
  std::int64_t stream = 0;
  std::int64_t shard = 0;
  std::int64_t next = 0;
  std::int64_t given_ms = 0;
};

std::string IteratorOf(const Place& place) {
  return protocol::Base64Encode("2 " + std::to_string(place.stream) + " " + std::to_string(place.shard) +
                                " " + std::to_string(place.next) + " " + std::to_string(place.given_ms));
}

Place ParseIterator(std::string_view text) {
  const std::string bytes = protocol::Base64Decode(text).value_or("");
  std::int64_t fields[5] = {};
  const char* at = bytes.data();
  const char* const end = bytes.data() + bytes.size();
  for (std::int64_t& field : fields) {
    const auto [next, error] = std::from_chars(at, end, field);
    if (error != std::errc()) throw Invalid("Invalid ShardIterator");
    at = next == end ? next : next + 1;
  }
  if (at != end || fields[0] != 2) throw Invalid("Invalid ShardIterator");
  return {fields[1], fields[2], fields[3], fields[4]};
}

Shard DescribeShard(const Stream& stream, std::int64_t number) {
  Shard shard{.shard_id = stream.ShardId(number),
              .sequence_number_range = {.starting_sequence_number = SequenceNumber(0)}};
  if (stream.disabled_ms) {
    shard.sequence_number_range.ending_sequence_number = SequenceNumber(stream.last_number);
  }
  return shard;
}

}  // namespace

protocol::Members StreamName::Describe() {
  using T = StreamName;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::stream_arn>("StreamArn"),
      Wire<&T::table_name>("TableName"),
      Wire<&T::stream_label>("StreamLabel"),
  };
  return kMembers;
}

protocol::Members ListStreamsRequest::Describe() {
  using T = ListStreamsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Length(3, 255),
      Wire<&T::limit>("Limit").Range(1, 100),
      Wire<&T::exclusive_start_stream_arn>("ExclusiveStartStreamArn").Length(37, 1024),
  };
  return kMembers;
}

protocol::Members ListStreamsResponse::Describe() {
  using T = ListStreamsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::streams>("Streams").KeepEmpty(),
      Wire<&T::last_evaluated_stream_arn>("LastEvaluatedStreamArn"),
  };
  return kMembers;
}

protocol::Members SequenceNumberRange::Describe() {
  using T = SequenceNumberRange;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::starting_sequence_number>("StartingSequenceNumber"),
      Wire<&T::ending_sequence_number>("EndingSequenceNumber"),
  };
  return kMembers;
}

protocol::Members Shard::Describe() {
  using T = Shard;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::shard_id>("ShardId"),
      Wire<&T::sequence_number_range>("SequenceNumberRange"),
  };
  return kMembers;
}

protocol::Members StreamDescription::Describe() {
  using T = StreamDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::stream_arn>("StreamArn"),
      Wire<&T::stream_label>("StreamLabel"),
      Wire<&T::stream_status>("StreamStatus"),
      Wire<&T::stream_view_type>("StreamViewType"),
      Wire<&T::creation_request_date_time>("CreationRequestDateTime"),
      Wire<&T::table_name>("TableName"),
      Wire<&T::key_schema>("KeySchema"),
      Wire<&T::shards>("Shards").KeepEmpty(),
      Wire<&T::last_evaluated_shard_id>("LastEvaluatedShardId"),
  };
  return kMembers;
}

protocol::Members ShardFilter::Describe() {
  using T = ShardFilter;
  static constexpr std::string_view kTypes[] = {"CHILD_SHARDS"};
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::type>("Type").Values(kTypes),
      Wire<&T::shard_id>("ShardId").Length(28, 65),
  };
  return kMembers;
}

protocol::Members DescribeStreamRequest::Describe() {
  using T = DescribeStreamRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::stream_arn>("StreamArn").Required().Length(37, 1024),
      Wire<&T::limit>("Limit").Range(1, 100),
      Wire<&T::exclusive_start_shard_id>("ExclusiveStartShardId").Length(28, 65),
      Wire<&T::shard_filter>("ShardFilter"),
  };
  return kMembers;
}

protocol::Members DescribeStreamResponse::Describe() {
  using T = DescribeStreamResponse;
  static constexpr protocol::Member kMembers[] = {Wire<&T::stream_description>("StreamDescription")};
  return kMembers;
}

protocol::Members GetShardIteratorRequest::Describe() {
  using T = GetShardIteratorRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::stream_arn>("StreamArn").Required().Length(37, 1024),
      Wire<&T::shard_id>("ShardId").Required().Length(28, 65),
      Wire<&T::shard_iterator_type>("ShardIteratorType").Required().Values(kIteratorTypes),
      Wire<&T::sequence_number>("SequenceNumber").Length(21, 40),
  };
  return kMembers;
}

protocol::Members GetShardIteratorResponse::Describe() {
  using T = GetShardIteratorResponse;
  static constexpr protocol::Member kMembers[] = {Wire<&T::shard_iterator>("ShardIterator")};
  return kMembers;
}

protocol::Members GetRecordsRequest::Describe() {
  using T = GetRecordsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::shard_iterator>("ShardIterator").Required().Length(1, 2048),
      Wire<&T::limit>("Limit").Range(1, 1000),
  };
  return kMembers;
}

protocol::Members GetRecordsResponse::Describe() {
  using T = GetRecordsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::records>("Records"),
      Wire<&T::next_shard_iterator>("NextShardIterator"),
  };
  return kMembers;
}

runtime::Task<ListStreamsResponse> ListStreams(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               ListStreamsRequest request) {
  RequireOwnAccess(context, "*");
  std::int64_t after = 0;
  if (request.exclusive_start_stream_arn) {
    const StreamAddress start = ParseStreamArn(*request.exclusive_start_stream_arn);
    const auto stream =
        dynamodb.streams().Find(start.table.account, start.table.region, start.table.name, start.label);
    if (!stream) throw StreamNotFound(*request.exclusive_start_stream_arn);
    after = stream->id;
  }
  const auto limit = static_cast<std::size_t>(request.limit.value_or(100));
  const std::int64_t now_ms = dynamodb.NowMs();
  ListStreamsResponse response;
  for (const Stream& stream : dynamodb.streams().List(context.identity.account, context.identity.region,
                                                      request.table_name.value_or(""), after,
                                                      static_cast<std::int64_t>(limit) + 1)) {
    if (response.streams.size() == limit) {
      response.last_evaluated_stream_arn = response.streams.back().stream_arn;
      break;
    }
    if (IsReadable(stream, now_ms))
      response.streams.push_back({stream.Arn(), stream.table_name, stream.label});
  }
  co_return response;
}

runtime::Task<DescribeStreamResponse> DescribeStream(DynamoDbService& dynamodb,
                                                     const protocol::RequestContext& context,
                                                     DescribeStreamRequest request) {
  const Stream stream = RequireStream(dynamodb, context, request.stream_arn);
  DescribeStreamResponse response;
  StreamDescription& description = response.stream_description;
  description.stream_arn = stream.Arn();
  description.stream_label = stream.label;
  description.stream_status = stream.disabled_ms ? "DISABLED" : "ENABLED";
  description.stream_view_type = stream.view_type;
  description.creation_request_date_time = {stream.created_ms};
  description.table_name = stream.table_name;
  // Stored as {"KeySchema":[...]}.
  description.key_schema.text = stream.key_schema.substr(stream.key_schema.find('['));
  description.key_schema.text.pop_back();
  if (const auto& filter = request.shard_filter) {
    if (!filter->type) throw Invalid("ShardFilter needs a Type: shardFilter.type must not be null");
    if (!filter->shard_id) throw Invalid("ShardFilter needs a ShardId: shardFilter.shardId must not be null");
    if (!stream.FindShard(*filter->shard_id)) throw Invalid("Invalid ShardId at shardFilter.shardId");
    co_return response;  // no shard has a child
  }
  const auto limit = static_cast<std::size_t>(request.limit.value_or(100));
  for (std::int64_t shard = 0; shard < stream.shards; ++shard) {
    if (stream.ShardId(shard) <= request.exclusive_start_shard_id.value_or("")) continue;
    if (description.shards.size() == limit) {
      description.last_evaluated_shard_id = description.shards.back().shard_id;
      break;
    }
    description.shards.push_back(DescribeShard(stream, shard));
  }
  co_return response;
}

runtime::Task<GetShardIteratorResponse> GetShardIterator(DynamoDbService& dynamodb,
                                                         const protocol::RequestContext& context,
                                                         GetShardIteratorRequest request) {
  const std::string& type = request.shard_iterator_type;
  const bool by_number = type.ends_with("SEQUENCE_NUMBER");
  if (by_number && !request.sequence_number) {
    throw Invalid("SequenceNumber must be provided for ShardIteratorType " + type);
  }
  if (!by_number && request.sequence_number) {
    throw Invalid("SequenceNumber must not be provided for ShardIteratorType " + type);
  }
  const Stream stream = RequireStream(dynamodb, context, request.stream_arn);
  const auto shard = stream.FindShard(request.shard_id);
  if (!shard) {
    throw AwsError(kResourceNotFound, "Requested resource not found: Shard does not exist");
  }
  Place place{.stream = stream.id, .shard = *shard, .next = 0, .given_ms = dynamodb.NowMs()};
  if (by_number) {
    const auto number = ParseSequenceNumber(*request.sequence_number);
    if (!number) throw Invalid("Invalid SequenceNumber");
    place.next = type == "AT_SEQUENCE_NUMBER" ? *number : *number + 1;
  } else if (type == "LATEST") {
    place.next = stream.last_number + 1;
  }
  GetShardIteratorResponse response{.shard_iterator = IteratorOf(place)};
  co_return response;
}

runtime::Task<GetRecordsResponse> GetRecords(DynamoDbService& dynamodb,
                                             const protocol::RequestContext& context,
                                             GetRecordsRequest request) {
  const Place place = ParseIterator(request.shard_iterator);
  const std::int64_t now_ms = dynamodb.NowMs();
  const auto stream = dynamodb.streams().FindById(place.stream);
  if (stream) RequireStreamAccess(context, ParseStreamArn(stream->Arn()), &*stream);
  if (!stream || !IsReadable(*stream, now_ms))
    throw AwsError(kResourceNotFound, "Requested resource not found: Stream not found");
  if (place.given_ms < now_ms - kIteratorMs) {
    throw AwsError(kExpiredIterator, "Iterator expired. The iterator was created at time " +
                                         std::to_string(place.given_ms / 1000));
  }
  GetRecordsResponse response;
  std::string& text = response.records.text;
  text = "[";
  std::int64_t next = place.next;
  for (const StreamRecordRow& record : dynamodb.streams().Records(
           stream->id, place.shard, place.next, now_ms - kStreamDayMs, request.limit.value_or(1000))) {
    if (text.size() > 1 && text.size() + record.body.size() > kMaxAnswerBytes) break;
    if (text.size() > 1) text += ',';
    text += record.body;
    next = record.number + 1;
  }
  text += ']';
  // A record may have come since the stream was read: only a closed shard ends.
  const bool drained = stream->disabled_ms && next > stream->last_number;
  if (!drained) response.next_shard_iterator = IteratorOf({stream->id, place.shard, next, now_ms});
  co_return response;
}

}  // namespace cumulite::dynamodb
