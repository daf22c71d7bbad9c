#include <charconv>

#include "protocol/xml_reader.h"
#include "services/s3/attribute_headers.h"
#include "services/s3/encryption.h"
#include "services/s3/event_log.h"
#include "services/s3/header_rules.h"
#include "services/s3/object_answer.h"
#include "services/s3/operations/multipart_upload.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxDocumentBytes = 4 << 20;  // 10 000 parts with their checksums

template <class T>
std::optional<T> ParseInt(std::string_view text) {
  T value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// A part as the document names it; `checksum_text` holds what its checksum refers to.
struct DocumentPart {
  NamedPart part;
  std::string checksum_text;
};

/// The algorithm of <ChecksumCRC32> and its like.
std::optional<ChecksumAlgorithm> ChecksumOfElement(std::string_view name) {
  constexpr std::string_view kChecksum = "Checksum";
  if (!name.starts_with(kChecksum)) return std::nullopt;
  const auto algorithm = protocol::ParseChecksumName(name.substr(kChecksum.size()));
  return algorithm && *algorithm != ChecksumAlgorithm::kMd5 ? algorithm : std::nullopt;
}

DocumentPart ReadPart(const protocol::XmlNode& node) {
  std::optional<std::int32_t> number;
  std::optional<std::string> etag;
  DocumentPart result;
  for (protocol::XmlNode child = node.First(); child; child = child.Next()) {
    const std::string_view name = child.name();
    if (name == "PartNumber") {
      number = ParseInt<std::int32_t>(child.text());
    } else if (name == "ETag") {
      etag = child.text();
    } else if (const auto algorithm = ChecksumOfElement(name)) {
      result.checksum_text = child.text();
      result.part.checksum = GivenChecksum{*algorithm, {}};
    }
  }
  if (!number || !etag) throw MalformedXml();
  result.part.number = *number;
  result.part.etag = *std::move(etag);
  return result;
}

std::vector<DocumentPart> ReadParts(std::string_view document) {
  std::vector<DocumentPart> parts;
  if (!document.empty()) {
    const auto xml = protocol::XmlDocument::Parse(document);
    if (!xml || xml->root().name() != "CompleteMultipartUpload") throw MalformedXml();
    for (protocol::XmlNode node = xml->root().First(); node; node = node.Next()) {
      if (node.name() != "Part" || parts.size() == kMaxPartNumber) throw MalformedXml();
      parts.push_back(ReadPart(node));
    }
  }
  if (parts.empty()) throw AwsError(kInvalidRequest, "You must specify at least one part");
  return parts;
}

void RequireSameType(const Call& call, const Upload& upload) {
  const auto type = call.Header("x-amz-checksum-type");
  if (!type || ParseChecksumType(*type) == upload.checksum.type) return;
  throw AwsError(kInvalidRequest,
                 "The upload was created using the " + std::string(ToString(upload.checksum.type)) +
                     " checksum mode. The complete request must use the same checksum mode.");
}

std::string LocationOf(const Call& call) {
  const protocol::RequestContext& context = call.exchange.context;
  std::string location = std::string(context.scheme) + "://" + std::string(context.host) + "/";
  if (!call.address.virtual_host) location += call.address.bucket + "/";
  return location + protocol::PercentEncode(call.key(), protocol::Slash::kKeep);
}

}  // namespace

runtime::Task<void> CompleteMultipartUpload(Call& call) {
  CheckHeaders(call.request(), Access::kWritePart);
  const BucketPtr bucket = call.OwnedBucket();
  UploadStore::CompleteRequest complete;
  complete.key = call.key();
  complete.upload_id = call.Query("uploadId", "");
  complete.conditions = WriteConditions::Of(call.request());
  const std::optional<Upload> upload = call.s3.uploads().FindAny(*bucket, complete.key, complete.upload_id);
  if (!upload) throw NoSuchUpload(complete.upload_id);
  RequireSameType(call, *upload);
  if (const auto size = call.Header("x-amz-mp-object-size")) {
    complete.size = ParseInt<std::uint64_t>(*size);
    if (!complete.size) throw AwsError(kInvalidRequest, "Value for x-amz-mp-object-size header is invalid.");
  }
  // Checksums in the head are of the object, not of this document.
  complete.checksum = FindChecksum(call.request());
  const std::string document = co_await ReadDocumentOfObject(call, kMaxDocumentBytes);
  std::vector<DocumentPart> parts = ReadParts(document);
  for (DocumentPart& part : parts) {
    if (part.part.checksum) part.part.checksum->value = part.checksum_text;
    complete.parts.push_back(std::move(part.part));
  }

  EventScope events(call, *bucket, EventCause::kComplete);
  runtime::Task<UploadStore::Completed> completing = call.s3.uploads().Complete(*bucket, complete, &events);
  UploadStore::Completed completed = co_await completing;
  events.Wake();
  call.s3.content().Discard(std::move(completed.dropped));
  AddExpirationHeader(call.response(), *bucket, completed.object, complete.key);
  AddNewVersionHeader(call.response(), completed.object.version_id);
  AddEncryptionHeaders(call.response(), completed.object.attributes.encryption);
  XmlAnswer xml(call, "CompleteMultipartUploadResult");
  xml.Element("Location", LocationOf(call));
  xml.Element("Bucket", bucket->name);
  xml.Element("Key", call.key());
  xml.Etag(completed.object.etag);
  xml.Checksum(completed.object.checksum);
}

}  // namespace cumulite::s3
