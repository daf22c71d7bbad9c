#include "services/s3/operations/bucket_versioning.h"

#include "protocol/xml_reader.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/header_rules.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxDocumentBytes = 64 * 1024;

Versioning ReadVersioning(std::string_view document) {
  const auto xml = protocol::XmlDocument::Parse(document);
  if (!xml || xml->root().name() != "VersioningConfiguration") throw MalformedXml();
  const auto mfa = xml->root().ChildText("MfaDelete");
  if (mfa && *mfa != "Enabled" && *mfa != "Disabled") throw MalformedXml();
  // Differs from AWS: there are no MFA devices, so MFA delete is refused instead of switched on.
  if (mfa == "Enabled") {
    throw AwsError(kNotImplemented, "MFA delete is not implemented by this server.")
        .With("Element", "MfaDelete");
  }
  const auto status = xml->root().ChildText("Status");
  if (!status) {
    throw AwsError(kIllegalVersioningConfigurationException, "The Versioning element must be specified");
  }
  if (*status == "Enabled") return Versioning::kEnabled;
  if (*status == "Suspended") return Versioning::kSuspended;
  throw MalformedXml();
}

}  // namespace

runtime::Task<void> GetBucketVersioning(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  XmlAnswer xml(call, "VersioningConfiguration");
  if (bucket->versioning == Versioning::kEnabled) xml.Element("Status", "Enabled");
  if (bucket->versioning == Versioning::kSuspended) xml.Element("Status", "Suspended");
  co_return;
}

runtime::Task<void> PutBucketVersioning(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  const Versioning versioning = ReadVersioning(document);
  if (versioning == Versioning::kSuspended && bucket->configuration->replication) {
    throw AwsError(kInvalidBucketState,
                   "A replication configuration is present on this bucket, so the versioning state cannot be "
                   "changed.");
  }
  runtime::Task<void> putting = call.s3.buckets().PutVersioning(*bucket, versioning);
  co_await putting;
}

}  // namespace cumulite::s3
