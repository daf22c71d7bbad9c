#include "protocol/xml_reader.h"
#include "services/s3/header_rules.h"
#include "services/s3/operations/delete_object.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxKeys = 1000;
constexpr std::size_t kMaxDocumentBytes = 2 << 20;

struct Entry {
  std::string key;
  std::optional<std::string> version;
};

struct DeleteRequest {
  std::vector<Entry> entries;
  bool quiet = false;
};

DeleteRequest ReadRequest(std::string_view document) {
  const auto xml = protocol::XmlDocument::Parse(document);
  if (!xml || xml->root().name() != "Delete") throw MalformedXml();
  DeleteRequest request;
  for (protocol::XmlNode node = xml->root().First(); node; node = node.Next()) {
    if (node.name() == "Quiet") {
      request.quiet = node.text() == "true";
    } else if (node.name() == "Object") {
      auto key = node.ChildText("Key");
      if (!key || key->empty() || request.entries.size() == kMaxKeys) throw MalformedXml();
      for (const std::string_view condition : {"ETag", "LastModifiedTime", "Size"}) {
        if (node.Child(condition)) {
          throw AwsError(kNotImplemented, "Conditional deletes are not implemented for DeleteObjects")
              .With("Element", std::string(condition));
        }
      }
      request.entries.push_back({*std::move(key), node.ChildText("VersionId")});
    }
  }
  if (request.entries.empty()) throw MalformedXml();
  return request;
}

/// Why an entry is not deleted, if so: there are no versions but the null version.
std::optional<AwsError> Refusal(const Entry& entry) {
  if (entry.key.size() > 1024) return AwsError(kKeyTooLongError, "Your key is too long");
  if (entry.version.value_or("null") == "null") return std::nullopt;
  return AwsError(kNoSuchVersion, "The specified version does not exist.");
}

void AnswerEntry(XmlAnswer& xml, const Entry& entry, const std::optional<AwsError>& refusal) {
  const std::string_view element = refusal ? "Error" : "Deleted";
  xml.Open(element);
  xml.Element("Key", entry.key);
  if (entry.version) xml.Element("VersionId", *entry.version);
  if (refusal) {
    xml.Element("Code", refusal->kind().code);
    xml.Element("Message", refusal->message());
  }
  xml.Close(element);
}

void RequireDigest(const Call& call) {
  if (call.Header("Content-MD5") || FindChecksum(call.request()) || call.exchange.payload.has_trailer())
    return;
  throw AwsError(kInvalidRequest,
                 "Missing required header for this request: Content-MD5 OR x-amz-checksum-*");
}

}  // namespace

runtime::Task<void> DeleteObjects(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  RequireDigest(call);
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  const DeleteRequest request = ReadRequest(document);
  std::vector<std::string> keys;
  for (const Entry& entry : request.entries) {
    if (!Refusal(entry)) keys.push_back(entry.key);
  }
  runtime::Task<ObjectStore::Blobs> deleting = call.s3.objects().Delete(*bucket, keys);
  ObjectStore::Blobs dropped = co_await deleting;
  call.s3.content().Discard(std::move(dropped));

  XmlAnswer xml(call, "DeleteResult");
  for (const Entry& entry : request.entries) {
    const std::optional<AwsError> refusal = Refusal(entry);
    if (refusal || !request.quiet) AnswerEntry(xml, entry, refusal);
  }
}

}  // namespace cumulite::s3
