#include "services/s3/copy_source.h"

#include <algorithm>
#include <stdexcept>

#include "protocol/arn.h"
#include "services/s3/attribute_headers.h"
#include "services/s3/encryption.h"
#include "services/s3/object_answer.h"

namespace cumulite::s3 {
namespace {

AwsError BadCopySource(std::string_view header) {
  return InvalidArgument("Copy Source must mention the source bucket and key: sourcebucket/sourcekey",
                         "x-amz-copy-source", header);
}

/// "arn:aws:s3:REGION:ACCOUNT:accesspoint/NAME/object/KEY" as "NAME-ACCOUNT/KEY": the label of the access
/// point's host stands for its bucket. Empty for any other ARN.
std::string PathOfArn(std::string_view text) {
  constexpr std::string_view kObject = "/object/";
  const std::optional<protocol::Arn> arn = protocol::ParseArn(text);
  if (!arn || arn->service != "s3" || arn->ResourceType() != "accesspoint") return {};
  const std::string_view resource = arn->resource.substr(arn->ResourceType().size() + 1);
  const std::size_t end = resource.find(kObject);
  if (end == std::string_view::npos) return {};
  std::string path(resource.substr(0, end));
  path.append("-").append(arn->account).append("/").append(resource.substr(end + kObject.size()));
  return path;
}

/// "[/]bucket/key[?versionId=...]" or the ARN of an access point's object: split before it is decoded, and
/// decoded exactly once.
void ParseCopySource(const Call& call, CopySource& source) {
  const std::string_view header = *call.Header("x-amz-copy-source");
  std::string_view path = header;
  const std::size_t version = path.find("?versionId=");
  if (version != std::string_view::npos) source.version = RequireVersionId(path.substr(version + 11));
  path = path.substr(0, version);
  std::optional<std::string> decoded = protocol::PercentDecode(path);
  if (decoded && decoded->starts_with("arn:")) decoded = PathOfArn(*decoded);
  if (!decoded) throw BadCopySource(header);
  std::string_view text = *decoded;
  if (text.starts_with('/')) text.remove_prefix(1);
  const std::size_t slash = text.find('/');
  if (slash == 0 || slash == std::string_view::npos || slash + 1 == text.size()) throw BadCopySource(header);
  source.name = text.substr(slash + 1);
  CheckKey(source.name);
  source.bucket =
      call.BucketToRead(text.substr(0, slash), source.name,
                        source.version ? std::string_view(source.version->id) : std::string_view(),
                        "x-amz-source-expected-bucket-owner");
}

/// The object as it is now.
void FindObject(const Call& call, CopySource& source) {
  std::optional<ObjectWithBytes> object =
      call.s3.objects().FindWithBytes(*source.bucket, source.name, source.version);
  if (object && object->delete_marker) {
    if (!source.version) throw NoSuchKey(source.name);
    throw AwsError(
        kInvalidRequest,
        "The source of a copy request may not specifically refer to a delete marker by version id.");
  }
  RequireObject(object ? &*object : nullptr, source.name, source.version);
  RequireReadable(*object, call.Now());
  source.object = *std::move(object);
  RequireCopyConditions(ReadConditions::OfCopySource(call.request()), source.object.state(), call.Now());
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

CopySource FindCopySource(const Call& call) {
  CopySource source;
  ParseCopySource(call, source);
  FindObject(call, source);
  ChooseRange(call, source);
  return source;
}

CopySource OpenCopySource(const Call& call) {
  CopySource source;
  ParseCopySource(call, source);
  // As in GetObject: an overwrite may delete the file between the look and the opening.
  for (int attempt = 0; attempt < 100; ++attempt) {
    FindObject(call, source);
    ChooseRange(call, source);
    source.key = OpeningKeyOfSource(call, source.object.attributes.encryption);
    if (source.object.is_inline()) return source;
    source.stream = StreamOf(call.s3, *source.bucket, source.name, source.object, source.range, source.key);
    if (source.stream != nullptr) return source;
  }
  throw std::runtime_error("the content of a copy source cannot be opened");
}

void AddSourceVersion(protocol::HttpResponse& response, const CopySource& source) {
  if (!source.bucket->versioned()) return;
  response.AddHeader("x-amz-copy-source-version-id", source.object.version_id);
}

runtime::Task<Content> CopySource::Copy(S3Service& s3, BodyChecks& checks, Placement placement,
                                        const SealKey* seal) {
  if (object.is_inline()) {
    std::string bytes = InlineBytes(object, key).substr(range.first, range.size);
    runtime::Task<Content> copying = s3.content().Copy(std::move(bytes), checks, placement, seal);
    Content content = co_await copying;
    co_return content;
  }
  runtime::Task<Content> copying = s3.content().Copy(*stream, range.size, checks, placement, seal);
  Content content = co_await copying;
  co_return content;
}

}  // namespace cumulite::s3
