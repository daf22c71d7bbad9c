#include "services/s3/configuration/table.h"

#include <algorithm>
#include <stdexcept>

#include "protocol/xml_codec.h"
#include "protocol/xml_decode.h"
#include "services/s3/configuration/rules.h"

namespace cumulite::s3 {
namespace {

using namespace documents;

bool Decode(const ConfigurationRow& row, std::string_view text, void* out, protocol::Members members) {
  return protocol::DecodeXml(text, row.root, out, members);
}

std::string Encode(const ConfigurationRow& row, const void* document, protocol::Members members) {
  std::string text;
  protocol::XmlWriter xml(text, protocol::XmlTimes::kMilliseconds);
  xml.Open(row.root);
  protocol::EncodeXml(document, members, xml);
  xml.Close(row.root);
  return text;
}

template <class T>
std::string Read(const Call& call, const Bucket& bucket, const ConfigurationRow& row, std::string_view text) {
  T document;
  if (!Decode(row, text, &document, T::Describe())) throw MalformedXml();
  Check(call, bucket, document);
  return Encode(row, &document, T::Describe());
}

/// An empty list of tags is none.
std::string ReadTags(const Call& call, const Bucket& bucket, const ConfigurationRow& row,
                     std::string_view text) {
  std::string read = Read<Tagging>(call, bucket, row, text);
  return read.find("<Tag>") == std::string::npos ? std::string{} : read;
}

constexpr std::string_view kNoConfiguration = "The specified configuration does not exist.";
constexpr std::string_view kDefaultEncryption =
    "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
    "<SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault>"
    "<BucketKeyEnabled>false</BucketKeyEnabled></Rule></ServerSideEncryptionConfiguration>";

constexpr ConfigurationRow kTable[] = {
    {.kind = "abac",
     .root = "AbacStatus",
     .read = &Read<AbacStatus>,
     .otherwise = "<AbacStatus><Status>Disabled</Status></AbacStatus>"},
    {.kind = "accelerate",
     .root = "AccelerateConfiguration",
     .read = &Read<AccelerateConfiguration>,
     .otherwise = "<AccelerateConfiguration></AccelerateConfiguration>"},
    {.kind = "analytics",
     .root = "AnalyticsConfiguration",
     .read = &Read<AnalyticsConfiguration>,
     .absent = &kNoSuchConfiguration,
     .words = kNoConfiguration,
     .list_root = "ListBucketAnalyticsConfigurationResult"},
    {.kind = "cors",
     .root = "CORSConfiguration",
     .read = &Read<CORSConfiguration>,
     .absent = &kNoSuchCORSConfiguration,
     .words = "The CORS configuration does not exist"},
    {.kind = "encryption",
     .root = "ServerSideEncryptionConfiguration",
     .read = &Read<ServerSideEncryptionConfiguration>,
     .otherwise = kDefaultEncryption},
    {.kind = "intelligent-tiering",
     .root = "IntelligentTieringConfiguration",
     .read = &Read<IntelligentTieringConfiguration>,
     .absent = &kNoSuchConfiguration,
     .words = kNoConfiguration,
     .list_root = "ListBucketIntelligentTieringConfigurationsOutput"},
    {.kind = "inventory",
     .root = "InventoryConfiguration",
     .read = &Read<InventoryConfiguration>,
     .absent = &kNoSuchConfiguration,
     .words = kNoConfiguration,
     .list_root = "ListInventoryConfigurationsResult"},
    {.kind = "lifecycle",
     .root = "LifecycleConfiguration",
     .read = &Read<BucketLifecycleConfiguration>,
     .absent = &kNoSuchLifecycleConfiguration,
     .words = "The lifecycle configuration does not exist"},
    {.kind = "logging",
     .root = "BucketLoggingStatus",
     .read = &Read<BucketLoggingStatus>,
     .otherwise = "<BucketLoggingStatus></BucketLoggingStatus>"},
    {.kind = "metrics",
     .root = "MetricsConfiguration",
     .read = &Read<MetricsConfiguration>,
     .absent = &kNoSuchConfiguration,
     .words = kNoConfiguration,
     .list_root = "ListMetricsConfigurationsResult"},
    {.kind = "notification",
     .root = "NotificationConfiguration",
     .read = &Read<NotificationConfiguration>,
     .otherwise = "<NotificationConfiguration></NotificationConfiguration>"},
    {.kind = "ownershipControls",
     .root = "OwnershipControls",
     .read = &Read<OwnershipControls>,
     .absent = &kOwnershipControlsNotFoundError,
     .words = "The bucket ownership controls were not found"},
    {.kind = "publicAccessBlock",
     .root = "PublicAccessBlockConfiguration",
     .read = &Read<PublicAccessBlockConfiguration>,
     .absent = &kNoSuchPublicAccessBlockConfiguration,
     .words = "The public access block configuration was not found"},
    {.kind = "replication",
     .root = "ReplicationConfiguration",
     .read = &Read<ReplicationConfiguration>,
     .absent = &kReplicationConfigurationNotFoundError,
     .words = "The replication configuration was not found"},
    {.kind = "requestPayment",
     .root = "RequestPaymentConfiguration",
     .read = &Read<RequestPaymentConfiguration>,
     .otherwise = "<RequestPaymentConfiguration><Payer>BucketOwner</Payer></RequestPaymentConfiguration>"},
    {.kind = "tagging",
     .root = "Tagging",
     .read = &ReadTags,
     .absent = &kNoSuchTagSet,
     .words = "The TagSet does not exist",
     .put_status = 204},
    {.kind = "website",
     .root = "WebsiteConfiguration",
     .read = &Read<WebsiteConfiguration>,
     .absent = &kNoSuchWebsiteConfiguration,
     .words = "The specified bucket does not have a website configuration"},
};

}  // namespace

std::span<const ConfigurationRow> ConfigurationTable() { return kTable; }

const ConfigurationRow& RowOf(const Call& call) {
  for (const ConfigurationRow& row : kTable) {
    if (call.Query(row.kind)) return row;
  }
  throw std::logic_error("an operation without a row in the table of configurations");
}

}  // namespace cumulite::s3
