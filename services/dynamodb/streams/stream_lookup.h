#pragma once
#include <string>
#include <string_view>

#include "protocol/context.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/streams/stream_store.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
class DynamoDbService;

inline constexpr std::int64_t kStreamDayMs = 24LL * 3600 * 1000;  // how long records stay readable

/// What a stream's ARN says: "table/NAME/stream/LABEL".
struct StreamAddress {
  TableAddress table;
  std::string label;
};

bool IsStreamArn(std::string_view arn);
/// Errors: ValidationException for another ARN.
StreamAddress ParseStreamArn(std::string_view arn);

/// Whether there may be records to read: a disabled stream has some for a day.
bool IsReadable(const Stream& stream, std::int64_t now_ms);

/// Errors: AccessDeniedException in strict mode unless the caller may do with the stream what it asks.
void RequireStreamAccess(const protocol::RequestContext& context, const StreamAddress& address,
                         const Stream* stream);

/// Errors: ResourceNotFoundException, ValidationException, AccessDeniedException.
Stream RequireStream(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                     const std::string& arn);
AwsError StreamNotFound(std::string_view arn);

}  // namespace cumulite::dynamodb
