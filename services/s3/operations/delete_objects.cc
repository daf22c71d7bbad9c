#include "protocol/xml_reader.h"
#include "services/s3/access.h"
#include "services/s3/attribute_headers.h"
#include "services/s3/event_log.h"
#include "services/s3/header_rules.h"
#include "services/s3/operations/delete_object.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxKeys = 1000;
constexpr std::size_t kMaxDocumentBytes = 2 << 20;

struct Entry {
  Deletion deletion;
  std::optional<std::string> version;  // as given
  std::optional<AwsError> refusal;     // known from the request alone
};

struct DeleteRequest {
  std::vector<Entry> entries;
  bool quiet = false;
};

Entry ReadEntry(protocol::XmlNode node) {
  Entry entry;
  auto key = node.ChildText("Key");
  if (!key || key->empty()) throw MalformedXml();
  for (const std::string_view condition : {"LastModifiedTime", "Size"}) {
    if (!node.Child(condition)) continue;
    throw AwsError(kNotImplemented,
                   "A condition of directory buckets is not implemented for general purpose ones")
        .With("Element", std::string(condition));
  }
  entry.deletion.key = *std::move(key);
  entry.deletion.if_match = node.ChildText("ETag");
  entry.version = node.ChildText("VersionId");
  if (entry.version && entry.version->empty()) entry.version.reset();
  if (entry.deletion.key.size() > 1024) entry.refusal = AwsError(kKeyTooLongError, "Your key is too long");
  if (!entry.version) return entry;
  entry.deletion.version = ParseVersionId(*entry.version);
  if (!entry.deletion.version) {
    entry.refusal = AwsError(kNoSuchVersion, "The specified version does not exist.");
  }
  return entry;
}

DeleteRequest ReadRequest(std::string_view document) {
  const auto xml = protocol::XmlDocument::Parse(document);
  if (!xml || xml->root().name() != "Delete") throw MalformedXml();
  DeleteRequest request;
  for (protocol::XmlNode node = xml->root().First(); node; node = node.Next()) {
    if (node.name() == "Quiet") {
      request.quiet = node.text() == "true";
    } else if (node.name() == "Object") {
      if (request.entries.size() == kMaxKeys) throw MalformedXml();
      request.entries.push_back(ReadEntry(node));
    }
  }
  if (request.entries.empty()) throw MalformedXml();
  return request;
}

/// Each key is a decision of its own.
void RefuseUnlessAllowed(const Call& call, const Bucket& bucket, Entry& entry) {
  if (entry.refusal) return;
  const Wish wish{.action = entry.version ? "s3:DeleteObjectVersion" : "s3:DeleteObject",
                  .key = entry.deletion.key,
                  .version = entry.version ? std::string_view(*entry.version) : std::string_view{}};
  const Decision decision = DecideAccess(call, bucket, wish);
  if (!decision.allowed()) entry.refusal = Denied(call, bucket, wish, decision);
}

void AnswerEntry(XmlAnswer& xml, const Entry& entry, const Deleted& deleted) {
  const std::string_view element = deleted.refusal ? "Error" : "Deleted";
  xml.Open(element);
  xml.Element("Key", entry.deletion.key);
  if (entry.version) xml.Element("VersionId", *entry.version);
  if (deleted.refusal) {
    xml.Element("Code", deleted.refusal->kind().code);
    xml.Element("Message", deleted.refusal->message());
  } else if (deleted.delete_marker) {
    xml.Element("DeleteMarker", true);
    xml.Element("DeleteMarkerVersionId", deleted.version_id);
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
  const BucketPtr bucket = call.FindBucket(call.address.bucket, "x-amz-expected-bucket-owner");
  const Bypass bypass = ReadBypass(call, *bucket);
  RequireDigest(call);
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  DeleteRequest request = ReadRequest(document);
  for (Entry& entry : request.entries) RefuseUnlessAllowed(call, *bucket, entry);
  std::vector<Deletion> deletions;
  for (const Entry& entry : request.entries) {
    if (!entry.refusal) deletions.push_back(entry.deletion);
  }
  EventScope events(call, *bucket, EventCause::kDelete);
  runtime::Task<ObjectStore::DeleteResult> deleting =
      call.s3.objects().Delete(*bucket, deletions, bypass, call.Now(), &events);
  ObjectStore::DeleteResult result = co_await deleting;
  events.Wake();
  call.s3.content().Discard(std::move(result.dropped));

  XmlAnswer xml(call, "DeleteResult");
  std::size_t next = 0;
  for (const Entry& entry : request.entries) {
    Deleted deleted;
    if (entry.refusal) {
      deleted.refusal = entry.refusal;
    } else {
      deleted = std::move(result.entries[next++]);
    }
    if (deleted.refusal || !request.quiet) AnswerEntry(xml, entry, deleted);
  }
}

}  // namespace cumulite::s3
