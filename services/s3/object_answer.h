#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "services/s3/byte_range.h"
#include "services/s3/call.h"
#include "services/s3/stored_bytes.h"

/// What GetObject and HeadObject have in common, and what the sources of copies share with them.
namespace cumulite::s3 {

/// Answers with the object's headers; gives the bytes to send, or nullopt when there are none (304).
/// Errors: PreconditionFailed, InvalidRange, InvalidPartNumber, InvalidRequest, InvalidArgument.
std::optional<ByteRange> AnswerHead(Call& call, const Bucket& bucket, const Object& object);

/// The ETag, version, checksum and encryption of what a write has made.
void AddWriteHeaders(Call& call, const Bucket& bucket, const Object& object);

/// Where `range` of an object that is not inline lies. nullopt when the object was replaced since it was
/// found: find it again.
std::optional<std::vector<BlobRange>> PiecesOf(S3Service& s3, const Object& object, const ByteRange& range);

/// Puts the bytes of `range` into the answer: those that are here, files, or a stream that opens one file
/// after the other. False when the object was replaced since it was found.
bool AttachBytes(Call& call, const Bucket& bucket, ObjectWithBytes& object, const ByteRange& range,
                 std::optional<SealKey> key);

/// The plain bytes of an object that is inline, compared with its checksum. Errors: std::runtime_error.
std::string InlineBytes(ObjectWithBytes& object, const std::optional<SealKey>& key);

/// A stream of `range` of an object that is not inline; null when the object was replaced meanwhile.
std::unique_ptr<StoredBytes> StreamOf(S3Service& s3, const Bucket& bucket, std::string_view key,
                                      const Object& object, const ByteRange& range,
                                      std::optional<SealKey> seal);

}  // namespace cumulite::s3
