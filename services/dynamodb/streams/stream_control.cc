#include "services/dynamodb/streams/stream_control.h"

#include "base/time_text.h"
#include "protocol/json_codec.h"
#include "services/dynamodb/errors.h"

namespace cumulite::dynamodb {
namespace {

/// "2015-05-20T20:51:10.252", the time a stream began; another one of the same millisecond would get the
/// same.
std::string LabelOf(std::int64_t now_ms) {
  std::string text = base::FormatIso8601(base::TimePoint(std::chrono::milliseconds(now_ms)));
  text.pop_back();  // the Z
  return now_ms % 1000 == 0 ? text + ".000" : text;
}

struct Keys {
  std::vector<KeySchemaElement> key_schema;
  static protocol::Members Describe() {
    static constexpr protocol::Member kMembers[] = {protocol::Wire<&Keys::key_schema>("KeySchema")};
    return kMembers;
  }
};

}  // namespace

void CheckStreamSpecification(const StreamSpecification& asked) {
  if (asked.stream_enabled && !asked.stream_view_type) {
    throw InvalidValue("StreamViewType is required when StreamEnabled is true");
  }
  if (!asked.stream_enabled && asked.stream_view_type) {
    throw InvalidValue("StreamViewType cannot be specified when StreamEnabled is false");
  }
}

void OpenStream(StreamStore& streams, const TableAddress& table, const StreamSpecification& asked,
                std::int64_t shards, std::int64_t now_ms, TableRecord& record) {
  const Keys keys{record.key_schema};
  std::string schema;
  protocol::EncodeJson(&keys, Keys::Describe(), schema);
  std::int64_t label_ms = now_ms;
  std::string label = LabelOf(label_ms);
  while (label == record.stream_label) label = LabelOf(++label_ms);
  record.stream_id = streams.Create(table.account, table.region, table.name, label, *asked.stream_view_type,
                                    schema, shards, now_ms);
  record.stream_label = label;
  record.stream = asked;
}

void CloseStream(StreamStore& streams, std::int64_t now_ms, TableRecord& record) {
  streams.Disable(record.stream_id, now_ms);
  record.stream_id = 0;
  record.stream.reset();
}

}  // namespace cumulite::dynamodb
