#include "services/s3/operations/create_bucket.h"

#include "protocol/xml_reader.h"
#include "services/s3/header_rules.h"
#include "services/s3/location.h"
#include "services/s3/tag_set.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxDocumentBytes = 64 * 1024;

struct Configuration {
  std::optional<std::string> constraint;
  std::string tags;
};

/// What the body asks for; an empty body for nothing.
Configuration ReadConfiguration(std::string_view document) {
  if (document.empty()) return {};
  const auto xml = protocol::XmlDocument::Parse(document);
  if (!xml || xml->root().name() != "CreateBucketConfiguration") throw MalformedXml();
  for (protocol::XmlNode node = xml->root().First(); node; node = node.Next()) {
    if (node.name() == "LocationConstraint" || node.name() == "Tags") continue;
    throw AwsError(kNotImplemented, "The element " + std::string(node.name()) + " is not implemented")
        .With("Element", std::string(node.name()));
  }
  return {xml->root().ChildText("LocationConstraint"), ReadTagSet(xml->root().Child("Tags"))};
}

void AnswerCreated(Call& call) { call.response().AddHeader("Location", "/" + call.address.bucket); }

/// The name is taken: by the caller, or by somebody else.
void AnswerTaken(Call& call, const Bucket& existing) {
  if (existing.account != call.identity().account) {
    throw AwsError(
        kBucketAlreadyExists,
        "The requested bucket name is not available. The bucket namespace is shared by all users of "
        "the system. Please select a different name and try again.")
        .With("BucketName", existing.name);
  }
  if (call.identity().region != "us-east-1") {
    throw AwsError(kBucketAlreadyOwnedByYou,
                   "Your previous request to create the named bucket succeeded and you already own it.")
        .With("BucketName", existing.name);
  }
  AnswerCreated(call);
}

}  // namespace

runtime::Task<void> CreateBucket(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  if (call.identity().account.empty()) throw AwsError(kAccessDenied, "Access Denied");
  if (!IsValidBucketName(call.address.bucket)) throw InvalidBucketName(call.address.bucket);
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  Configuration configuration = ReadConfiguration(document);
  Location location = ChooseLocation(call.identity().region, std::move(configuration.constraint));
  const Bucket bucket{.name = call.address.bucket,
                      .account = call.identity().account,
                      .region = std::move(location.region),
                      .location = std::move(location.constraint),
                      .created = call.Now(),
                      .tags = std::move(configuration.tags)};
  // Again if the bucket that stood in the way is gone when it is looked at.
  for (;;) {
    if (const BucketPtr existing = call.s3.buckets().Find(bucket.name)) {
      AnswerTaken(call, *existing);
      co_return;
    }
    if (co_await call.s3.buckets().Create(bucket)) break;
  }
  AnswerCreated(call);
}

}  // namespace cumulite::s3
