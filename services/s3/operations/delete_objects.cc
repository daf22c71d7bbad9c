#include "protocol/xml_reader.h"
#include "services/s3/header_rules.h"
#include "services/s3/operations/delete_object.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxKeys = 1000;
constexpr std::size_t kMaxDocumentBytes = 2 << 20;

struct DeleteRequest {
  std::vector<std::string> keys;
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
      if (!key || key->empty() || request.keys.size() == kMaxKeys) throw MalformedXml();
      const std::string version = node.ChildText("VersionId").value_or("null");
      if (version != "null") {
        throw InvalidArgument("Invalid version id specified", "versionId", version);
      }
      for (const std::string_view condition : {"ETag", "LastModifiedTime", "Size"}) {
        if (node.Child(condition)) {
          throw AwsError(kNotImplemented, "Conditional deletes are not implemented for DeleteObjects")
              .With("Element", std::string(condition));
        }
      }
      request.keys.push_back(*std::move(key));
    }
  }
  if (request.keys.empty()) throw MalformedXml();
  return request;
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
  std::vector<std::string> too_long;
  for (const std::string& key : request.keys) (key.size() > 1024 ? too_long : keys).push_back(key);
  runtime::Task<ObjectStore::Blobs> deleting = call.s3.objects().Delete(*bucket, keys);
  ObjectStore::Blobs dropped = co_await deleting;
  call.s3.content().Discard(std::move(dropped));

  XmlAnswer xml(call, "DeleteResult");
  for (const std::string& key : keys) {
    if (request.quiet) break;
    xml.Open("Deleted");
    xml.Element("Key", key);
    xml.Close("Deleted");
  }
  for (const std::string& key : too_long) {
    xml.Open("Error");
    xml.Element("Key", key);
    xml.Element("Code", kKeyTooLongError.code);
    xml.Element("Message", "Your key is too long");
    xml.Close("Error");
  }
}

}  // namespace cumulite::s3
