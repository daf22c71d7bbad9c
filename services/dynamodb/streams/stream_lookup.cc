#include "services/dynamodb/streams/stream_lookup.h"

#include "protocol/arn.h"
#include "services/dynamodb/access.h"
#include "services/dynamodb/dynamodb_service.h"

namespace cumulite::dynamodb {
namespace {
constexpr std::string_view kStreamPart = "/stream/";
}

AwsError StreamNotFound(std::string_view arn) {
  return {kResourceNotFound, "Requested resource not found: Stream: " + std::string(arn) + " not found"};
}

bool IsStreamArn(std::string_view arn) { return arn.find(kStreamPart) != std::string_view::npos; }

StreamAddress ParseStreamArn(std::string_view text) {
  const auto arn = protocol::ParseArn(text);
  if (arn && arn->service == "dynamodb" && arn->ResourceType() == "table") {
    const std::string_view id = arn->ResourceId();
    const std::size_t at = id.find(kStreamPart);
    if (at != std::string_view::npos && at > 0 && id.size() > at + kStreamPart.size()) {
      return {{std::string(arn->account), std::string(arn->region), std::string(id.substr(0, at))},
              std::string(id.substr(at + kStreamPart.size()))};
    }
  }
  throw Invalid("Invalid StreamArn: " + std::string(text));
}

bool IsReadable(const Stream& stream, std::int64_t now_ms) {
  return !stream.disabled_ms || *stream.disabled_ms > now_ms - kStreamDayMs;
}

void RequireStreamAccess(const protocol::RequestContext& context, const StreamAddress& address,
                         const Stream* stream) {
  if (!context.strict) return;
  const TableAddress& table = address.table;
  const std::string resource = "table/" + table.name + std::string(kStreamPart) + address.label;
  std::optional<protocol::Policy> policy;
  if (stream != nullptr && stream->policy) policy = protocol::Policy::Parse(*stream->policy);
  RequireAccess(context, {.arn = protocol::FormatArn("dynamodb", table.region, table.account, resource),
                          .account = table.account,
                          .policy = policy ? &*policy : nullptr});
}

Stream RequireStream(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                     const std::string& arn) {
  const StreamAddress address = ParseStreamArn(arn);
  const TableAddress& table = address.table;
  auto stream = dynamodb.streams().Find(table.account, table.region, table.name, address.label);
  RequireStreamAccess(context, address, stream ? &*stream : nullptr);
  if (!stream || !IsReadable(*stream, dynamodb.NowMs())) throw StreamNotFound(arn);
  return std::move(*stream);
}

}  // namespace cumulite::dynamodb
