#include "services/s3/object_answer.h"

#include <algorithm>

#include "base/time_text.h"
#include "services/s3/attribute_headers.h"
#include "services/s3/encryption.h"
#include "services/s3/object_headers.h"
#include "services/s3/xml_answer.h"
#include "services/storage/error.h"

namespace cumulite::s3 {
namespace {

/// An answer of more files is a stream, which has one of them open at a time.
constexpr std::size_t kMaxOpenFiles = 8;

/// What of the object is asked for.
struct Selection {
  ByteRange range;
  bool partial = false;
  std::optional<std::int64_t> parts_count;  // x-amz-mp-parts-count
  std::optional<ObjectChecksum> checksum;   // of the selected bytes, if it is known
};

AwsError InvalidPartNumber(std::int64_t actual, std::int32_t requested) {
  return AwsError(kInvalidPartNumber, "The requested partnumber is not satisfiable")
      .With("ActualPartCount", std::to_string(actual))
      .With("PartNumberRequested", std::to_string(requested));
}

/// ?partNumber=N: the Nth part of a multipart object; any other object is its own and only part.
Selection SelectPart(Call& call, const Object& object, std::string_view text) {
  const std::int32_t wanted = ParsePartNumber(text);
  Selection selection;
  selection.partial = object.size != 0;
  if (object.upload.empty()) {
    if (wanted != 1) throw InvalidPartNumber(1, wanted);
    selection.range = {0, object.size};
    selection.checksum = object.checksum;
    return selection;
  }
  const std::vector<Part> parts = call.s3.uploads().Parts(object.upload);
  selection.parts_count = static_cast<std::int64_t>(parts.size());
  if (static_cast<std::size_t>(wanted) > parts.size())
    throw InvalidPartNumber(*selection.parts_count, wanted);
  const Part& part = parts[static_cast<std::size_t>(wanted) - 1];
  for (const Part* before = parts.data(); before != &part; ++before) selection.range.first += before->size;
  selection.range.size = part.size;
  if (object.checksum.type == ChecksumType::kComposite) {
    selection.checksum = ObjectChecksum{object.checksum.algorithm, ChecksumType::kComposite, part.checksum};
  }
  return selection;
}

Selection Select(Call& call, const Object& object) {
  const auto range_header = call.Header("Range");
  if (const auto part_number = call.Query("partNumber")) {
    if (range_header) {
      throw AwsError(kInvalidRequest, "Cannot specify both Range header and partNumber query parameter");
    }
    return SelectPart(call, object, *part_number);
  }
  Selection selection;
  const auto range = range_header ? ParseRange(*range_header, object.size) : std::nullopt;
  selection.partial = range.has_value();
  selection.range = range.value_or(ByteRange{0, object.size});
  if (!range) selection.checksum = object.checksum;
  return selection;
}

void AddChecksumHeaders(protocol::HttpResponse& response, const ObjectChecksum& checksum) {
  response.AddHeader(ChecksumHeader(checksum.algorithm), checksum.value);
  response.AddHeader("x-amz-checksum-type", ToString(checksum.type));
}

void AddContentRange(protocol::HttpResponse& response, const ByteRange& range, std::uint64_t size) {
  response.status = 206;
  response.AddHeader("Content-Range", "bytes " + std::to_string(range.first) + "-" +
                                          std::to_string(range.first + range.size - 1) + "/" +
                                          std::to_string(size));
}

void AddObjectHeaders(Call& call, const Object& object) {
  if (!HasOverride(call.query)) {
    call.response().headers += object.headers;
    return;
  }
  if (call.identity().access_key.empty()) {
    throw AwsError(kInvalidRequest,
                   "Request specific response headers cannot be used for anonymous GET requests.");
  }
  call.response().headers += OverrideHeaders(object.headers, call.query);
}

void AddState(protocol::HttpResponse& response, const Object& object) {
  response.headers.append("Last-Modified: ").append(base::FormatHttpDate(object.modified));
  response.headers.append("\r\nETag: \"").append(object.etag).append("\"\r\n");
}

}  // namespace

std::optional<ByteRange> AnswerHead(Call& call, const Bucket& bucket, const Object& object) {
  protocol::HttpResponse& response = call.response();
  const Verdict verdict = Evaluate(ReadConditions::OfRead(call.request()), object.state(), call.Now());
  AddState(response, object);
  AddVersionHeader(response, bucket, object.version_id);
  if (verdict == Verdict::kNotModified) {
    response.status = 304;
    return std::nullopt;
  }
  const Selection selection = Select(call, object);
  AddObjectHeaders(call, object);
  AddEncryptionHeaders(response, object.attributes.encryption);
  AddAttributeHeaders(response, object.attributes);
  if (!call.Query("versionId")) AddExpirationHeader(response, bucket, object, call.key());
  response.headers.append("Accept-Ranges: bytes\r\n");
  if (selection.partial) AddContentRange(response, selection.range, object.size);
  if (selection.parts_count)
    response.AddHeader("x-amz-mp-parts-count", std::to_string(*selection.parts_count));
  const auto mode = call.Header("x-amz-checksum-mode");
  if (mode && protocol::EqualsIgnoreCase(*mode, "ENABLED") && selection.checksum) {
    AddChecksumHeaders(response, *selection.checksum);
  }
  return selection.range;
}

void AddWriteHeaders(Call& call, const Bucket& bucket, const Object& object) {
  protocol::HttpResponse& response = call.response();
  AddExpirationHeader(response, bucket, object, call.key());
  response.headers.append("ETag: \"").append(object.etag).append("\"\r\n");
  AddNewVersionHeader(response, object.version_id);
  AddEncryptionHeaders(response, object.attributes.encryption);
  AddChecksumHeaders(response, object.checksum);
}

std::optional<std::vector<BlobRange>> PiecesOf(S3Service& s3, const Object& object, const ByteRange& range) {
  std::vector<BlobRange> pieces;
  if (!object.blob.empty()) {
    pieces.push_back({object.blob, range.first, range.size});
    return pieces;
  }
  std::uint64_t start = 0;
  for (Part& part : s3.uploads().Parts(object.upload)) {
    const std::uint64_t from = std::max(start, range.first);
    const std::uint64_t to = std::min(start + part.size, range.first + range.size);
    if (from < to) pieces.push_back({std::move(part.blob), from - start, to - from});
    start += part.size;
  }
  if (start != object.size) return std::nullopt;
  return pieces;
}

std::string InlineBytes(ObjectWithBytes& object, const std::optional<SealKey>& key) {
  std::string bytes = key ? key->OpenInline(object.bytes) : std::move(object.bytes);
  const bool whole = bytes.size() == object.size &&
                     protocol::Checksum(object.checksum.algorithm, bytes).Base64() == object.checksum.value;
  if (!whole) {
    throw storage::DamagedValue(
        "damaged value file=s3.db table=content row=\"number=" + std::to_string(object.number) +
        "\" column=bytes reason=\"not what the object's checksum says\"");
  }
  return bytes;
}

std::unique_ptr<StoredBytes> StreamOf(S3Service& s3, const Bucket& bucket, std::string_view key,
                                      const Object& object, const ByteRange& range,
                                      std::optional<SealKey> seal) {
  auto pieces = PiecesOf(s3, object, range);
  if (!pieces) return nullptr;
  auto stream = std::make_unique<StoredBytes>(s3.content(), *std::move(pieces), std::move(seal));
  // Pinned now; what was deleted before that is told by the row.
  const VersionRef version{object.version_id, object.version_id == kNullVersion ? 0 : object.number};
  const std::optional<Object> still = s3.objects().Find(bucket, key, version);
  return still && still->number == object.number ? std::move(stream) : nullptr;
}

bool AttachBytes(Call& call, const Bucket& bucket, ObjectWithBytes& object, const ByteRange& range,
                 std::optional<SealKey> key) {
  protocol::HttpResponse& response = call.response();
  if (object.is_inline()) {
    std::string bytes = InlineBytes(object, key);
    if (range.size == bytes.size()) {
      response.body = std::move(bytes);
    } else {
      response.body.assign(bytes, range.first, range.size);
    }
    return true;
  }
  if (range.size == 0) return true;
  if (!key) {
    auto pieces = PiecesOf(call.s3, object, range);
    if (!pieces) return false;
    if (pieces->size() <= kMaxOpenFiles) {
      for (const BlobRange& piece : *pieces) {
        std::optional<protocol::FileSegment> file = call.s3.content().Open(piece);
        if (!file) {
          response.files.clear();
          return false;
        }
        response.files.push_back(*std::move(file));
      }
      return true;
    }
  }
  std::unique_ptr<StoredBytes> stream = StreamOf(call.s3, bucket, call.key(), object, range, std::move(key));
  if (stream == nullptr) return false;
  response.source = std::move(stream);
  return true;
}

}  // namespace cumulite::s3
