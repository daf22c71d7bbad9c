#include "services/s3/operations/create_bucket.h"

#include <array>

#include "protocol/xml_codec.h"
#include "protocol/xml_decode.h"
#include "services/s3/acl.h"
#include "services/s3/configuration/rules.h"
#include "services/s3/documents/create_bucket.h"
#include "services/s3/location.h"

namespace cumulite::s3 {
namespace {

using documents::CreateBucketConfiguration;

constexpr std::size_t kMaxDocumentBytes = 64 * 1024;
constexpr std::size_t kMaxTags = 50;
constexpr std::string_view kEnforced = "BucketOwnerEnforced";
constexpr std::string_view kBlockAll =
    "<PublicAccessBlockConfiguration><BlockPublicAcls>true</BlockPublicAcls>"
    "<IgnorePublicAcls>true</IgnorePublicAcls><BlockPublicPolicy>true</BlockPublicPolicy>"
    "<RestrictPublicBuckets>true</RestrictPublicBuckets></PublicAccessBlockConfiguration>";

/// What the body asks for; an empty body for nothing.
CreateBucketConfiguration ReadConfiguration(std::string_view document) {
  CreateBucketConfiguration configuration;
  if (document.empty()) return configuration;
  if (!protocol::DecodeXml(document, "CreateBucketConfiguration", &configuration,
                           CreateBucketConfiguration::Describe())) {
    throw MalformedXml();
  }
  if (configuration.location || configuration.bucket) {
    throw AwsError(kNotImplemented, "Directory buckets are not implemented").With("Element", "Bucket");
  }
  CheckTags(configuration.tags, kMaxTags);
  return configuration;
}

template <class T>
std::string Encode(std::string_view root, const T& document) {
  std::string text;
  protocol::XmlWriter xml(text);
  xml.Open(root);
  protocol::EncodeXml(&document, T::Describe(), xml);
  xml.Close(root);
  return text;
}

/// The ownership that is asked for, else the default; empty: none.
std::string ChooseOwnership(const Call& call) {
  constexpr std::array<std::string_view, 3> kKnown{kEnforced, "BucketOwnerPreferred", "ObjectWriter"};
  const auto asked = call.Header("x-amz-object-ownership");
  if (!asked) return call.s3.settings().legacy_bucket_defaults ? "" : std::string(kEnforced);
  for (const std::string_view known : kKnown) {
    if (known == *asked) return std::string(known);
  }
  throw AwsError(kInvalidArgument, "Invalid x-amz-object-ownership header: " + std::string(*asked))
      .With("ArgumentName", "x-amz-object-ownership");
}

/// The ACL that is asked for, if it may be; empty: the owner's alone.
std::string ChooseAcl(const Call& call, std::string_view ownership) {
  const std::string& account = call.identity().account;
  const std::optional<Acl> acl = AclOfHeaders(call, AclOf::kBucket, account, account);
  if (!acl || IsOwnersAlone(*acl, account)) return {};
  if (ownership == kEnforced) {
    throw AwsError(kInvalidBucketAclWithObjectOwnership,
                   "Bucket cannot have ACLs set with ObjectOwnership's BucketOwnerEnforced setting");
  }
  if (IsPublic(*acl) && !call.s3.settings().legacy_bucket_defaults) {
    throw AwsError(kInvalidBucketAclWithBlockPublicAccessError,
                   "Bucket cannot have public ACLs set with BlockPublicAccess enabled");
  }
  return EncodeAcl(*acl);
}

/// The documents that the bucket begins with.
std::vector<BucketDocument> ChooseDocuments(const Call& call,
                                            const CreateBucketConfiguration& configuration) {
  std::vector<BucketDocument> chosen;
  const std::string ownership = ChooseOwnership(call);
  if (!ownership.empty()) {
    const documents::OwnershipControls controls{{{ownership}}};
    chosen.push_back({"ownershipControls", {}, Encode("OwnershipControls", controls)});
  }
  if (std::string acl = ChooseAcl(call, ownership); !acl.empty())
    chosen.push_back({"acl", {}, std::move(acl)});
  if (!call.s3.settings().legacy_bucket_defaults) {
    chosen.push_back({"publicAccessBlock", {}, std::string(kBlockAll)});
  }
  if (!configuration.tags.empty()) {
    chosen.push_back({"tagging", {}, Encode("Tagging", documents::Tagging{configuration.tags})});
  }
  return chosen;
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
  if (call.identity().account.empty()) throw AccessDenied();
  if (!IsValidBucketName(call.address.bucket)) throw InvalidBucketName(call.address.bucket);
  const auto lock = call.Header("x-amz-bucket-object-lock-enabled");
  const bool locks = lock && protocol::EqualsIgnoreCase(*lock, "true");
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  CreateBucketConfiguration configuration = ReadConfiguration(document);
  Location location = ChooseLocation(call.identity().region, configuration.location_constraint);
  const std::vector<BucketDocument> documents = ChooseDocuments(call, configuration);
  const Bucket bucket{.name = call.address.bucket,
                      .account = call.identity().account,
                      .region = std::move(location.region),
                      .location = std::move(location.constraint),
                      .created = call.Now(),
                      .configuration = nullptr,
                      .versioning = locks ? Versioning::kEnabled : Versioning::kNever,
                      .object_lock = locks};
  // Again if the bucket that stood in the way is gone when it is looked at.
  for (;;) {
    if (const BucketPtr existing = call.s3.buckets().Find(bucket.name)) {
      AnswerTaken(call, *existing);
      co_return;
    }
    runtime::Task<bool> creating = call.s3.buckets().Create(bucket, documents);
    if (co_await creating) break;
  }
  AnswerCreated(call);
}

}  // namespace cumulite::s3
