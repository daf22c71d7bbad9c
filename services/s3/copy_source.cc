#include "services/s3/copy_source.h"

#include <algorithm>
#include <stdexcept>

#include "services/s3/object_answer.h"

namespace cumulite::s3 {
namespace {

AwsError BadCopySource(std::string_view header) {
  return InvalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
                         "x-amz-copy-source", header);
}

/// "[/]bucket/key[?versionId=...]": split before it is decoded, and decoded exactly once.
void ParseCopySource(std::string_view header, CopySource& source) {
  std::string_view path = header;
  const std::size_t version = path.find("?versionId=");
  const std::string_view version_id = version == std::string_view::npos ? "null" : path.substr(version + 11);
  path = path.substr(0, version);
  if (path.starts_with("arn:")) throw HeaderNotImplemented("x-amz-copy-source");
  const std::optional<std::string> decoded = protocol::PercentDecode(path);
  if (!decoded) throw BadCopySource(header);
  std::string_view text = *decoded;
  if (text.starts_with('/')) text.remove_prefix(1);
  const std::size_t slash = text.find('/');
  if (slash == 0 || slash == std::string_view::npos || slash + 1 == text.size()) throw BadCopySource(header);
  source.bucket = text.substr(0, slash);
  source.key = text.substr(slash + 1);
  CheckKey(source.key);
  if (version_id != "null") throw InvalidArgument("Invalid version id specified", "versionId", version_id);
}

void ChooseRange(const Call& call, CopySource& source) {
  const auto range = call.Header("x-amz-copy-source-range");
  source.range = range ? ParseCopyRange(*range, source.object.size) : ByteRange{0, source.object.size};
  if (source.range.size > kMaxUploadBytes) {
    throw AwsError(kInvalidRequest,
                   "The specified copy source is larger than the maximum allowable size for a copy source: " +
                       std::to_string(kMaxUploadBytes));
  }
}

}  // namespace

CopySource OpenCopySource(const Call& call) {
  CopySource source;
  ParseCopySource(*call.Header("x-amz-copy-source"), source);
  const BucketPtr bucket =
      call.BucketToRead(source.bucket, source.key, {}, "x-amz-source-expected-bucket-owner");
  // As in GetObject: an overwrite may delete the file between the look and the opening.
  for (int attempt = 0; attempt < 100; ++attempt) {
    std::optional<ObjectWithBytes> object = call.s3.objects().FindWithBytes(*bucket, source.key);
    if (!object) throw NoSuchKey(source.key);
    source.object = *std::move(object);
    RequireCopyConditions(ReadConditions::OfCopySource(call.request()), source.object.state(), call.Now());
    ChooseRange(call, source);
    if (IsInline(source.object)) return source;
    if (auto files = OpenRange(call.s3, source.object, source.range)) {
      source.files = *std::move(files);
      return source;
    }
  }
  throw std::runtime_error("the content of a copy source cannot be opened");
}

runtime::Task<Content> CopySource::Copy(S3Service& s3, BodyChecks& checks, Placement placement) {
  if (IsInline(object)) {
    std::string bytes = object.bytes.substr(range.first, range.size);
    runtime::Task<Content> copying = s3.content().Copy(std::move(bytes), checks, placement);
    Content content = co_await copying;
    co_return content;
  }
  runtime::Task<Content> copying = s3.content().Copy(std::move(files), checks, placement);
  Content content = co_await copying;
  co_return content;
}

}  // namespace cumulite::s3
