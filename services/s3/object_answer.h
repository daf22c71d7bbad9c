#pragma once
#include <optional>
#include <vector>

#include "services/s3/byte_range.h"
#include "services/s3/call.h"

/// What GetObject and HeadObject have in common, and what the sources of copies share with them.
namespace cumulite::s3 {

/// Answers with the object's headers; gives the bytes to send, or nullopt when there are none (304).
/// Errors: PreconditionFailed, InvalidRange, InvalidPartNumber, InvalidRequest, InvalidArgument.
std::optional<ByteRange> AnswerHead(Call& call, const Object& object);

/// The ETag, checksum and encryption of what a write has made.
void AddWriteHeaders(Call& call, const Object& object);
void AddEncryptionHeader(protocol::HttpResponse& response);

/// The files that hold `range` of an object that is not inline, opened: whatever happens to the key later,
/// they can be read. nullopt when the object was replaced since it was found: find it again.
std::optional<std::vector<protocol::FileSegment>> OpenRange(S3Service& s3, const Object& object,
                                                            const ByteRange& range);
inline bool IsInline(const Object& object) { return object.blob.empty() && object.upload.empty(); }

}  // namespace cumulite::s3
