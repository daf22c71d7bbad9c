#include "services/s3/operations/bucket_metadata.h"

#include "protocol/xml_codec.h"
#include "protocol/xml_decode.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/documents/metadata.h"
#include "services/s3/header_rules.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

using namespace documents;

constexpr std::size_t kMaxDocumentBytes = 64 * 1024;
constexpr std::string_view kKind = "metadataConfiguration";
constexpr std::string_view kTableKind = "metadataTable";
constexpr std::string_view kEnabled = "ENABLED";
constexpr std::int32_t kMinDays = 7;
constexpr ErrorKind kMetadataConfigurationNotFound{
    .code = "MetadataConfigurationNotFound", .query_code = {}, .status = 404};

AwsError NotFound(const Bucket& bucket) {
  return AwsError(kMetadataConfigurationNotFound, "The metadata configuration was not found")
      .With("BucketName", bucket.name);
}

template <class T>
T Decode(std::string_view document, std::string_view root) {
  T read;
  if (!protocol::DecodeXml(document, root, &read, T::Describe())) throw MalformedXml();
  return read;
}

template <class T>
T Stored(const Bucket& bucket, std::string_view kind, std::string_view root) {
  const std::string* text = bucket.configuration->Find(kind);
  if (text == nullptr) throw NotFound(bucket);
  return Decode<T>(*text, root);
}

/// One of the two generations at a time.
void RequireNone(const Bucket& bucket) {
  for (const std::string_view kind : {kKind, kTableKind}) {
    if (bucket.configuration->Find(kind) == nullptr) continue;
    throw AwsError(kInvalidBucketState, "A metadata configuration already exists on this bucket.")
        .With("BucketName", bucket.name);
  }
}

/// "Days ... must be 7 to 2147483647" (RecordExpiration), and belong to an expiration that is on.
void Check(const RecordExpiration& expiration) {
  const bool on = expiration.expiration == kEnabled;
  if (on != expiration.days.has_value()) throw MalformedXml();
  if (on && *expiration.days < kMinDays) {
    throw InvalidArgument("The record expiration must be at least 7 days.", "Days",
                          std::to_string(*expiration.days));
  }
}

void Check(const std::optional<MetadataTableEncryptionConfiguration>& encryption) {
  if (!encryption) return;
  if ((encryption->sse_algorithm == "aws:kms") != encryption->kms_key_arn.has_value()) throw MalformedXml();
}

runtime::Task<void> Put(Call& call, const Bucket& bucket, std::string_view kind, std::string text) {
  std::vector<BucketDocument> documents;
  documents.push_back({std::string(kind), {}, std::move(text)});
  runtime::Task<void> putting = call.s3.buckets().PutDocuments(bucket, documents);
  co_await putting;
}

template <class T>
std::string Encode(const T& document, std::string_view root) {
  std::string text;
  protocol::XmlWriter xml(text);
  xml.Open(root);
  protocol::EncodeXml(&document, T::Describe(), xml);
  xml.Close(root);
  return text;
}

/// The ARN of a table bucket of that name, or of the table of it.
std::string TableBucketArn(const Bucket& bucket) {
  return "arn:aws:s3tables:" + bucket.region + ":" + bucket.account + ":bucket/aws-s3";
}

void AnswerTable(XmlAnswer& xml, const Bucket& bucket, std::string_view name) {
  xml.Element("TableStatus", "ACTIVE");
  xml.Element("TableName", name);
  xml.Element("TableArn", TableBucketArn(bucket) + "/table/b_" + bucket.name + "/" + std::string(name));
}

runtime::Task<void> Delete(Call& call, std::string_view kind) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  if (bucket->configuration->Find(kind) == nullptr) throw NotFound(*bucket);
  runtime::Task<void> deleting = Put(call, *bucket, kind, {});
  co_await deleting;
  call.response().status = 204;
}

}  // namespace

runtime::Task<void> CreateBucketMetadataConfiguration(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  const auto wanted = Decode<MetadataConfiguration>(document, "MetadataConfiguration");
  Check(wanted.journal_table_configuration.record_expiration);
  Check(wanted.journal_table_configuration.encryption_configuration);
  if (wanted.inventory_table_configuration)
    Check(wanted.inventory_table_configuration->encryption_configuration);
  RequireNone(*bucket);
  runtime::Task<void> putting = Put(call, *bucket, kKind, Encode(wanted, "MetadataConfiguration"));
  co_await putting;
}

runtime::Task<void> GetBucketMetadataConfiguration(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  const auto stored = Stored<MetadataConfiguration>(*bucket, kKind, "MetadataConfiguration");
  XmlAnswer xml(call, "GetBucketMetadataConfigurationResult");
  xml.Open("MetadataConfigurationResult");
  xml.Open("DestinationResult");
  xml.Element("TableBucketType", "aws");
  xml.Element("TableBucketArn", TableBucketArn(*bucket));
  xml.Element("TableNamespace", "b_" + bucket->name);
  xml.Close("DestinationResult");
  xml.Open("JournalTableConfigurationResult");
  AnswerTable(xml, *bucket, "journal");
  xml.Open("RecordExpiration");
  const RecordExpiration& expiration = stored.journal_table_configuration.record_expiration;
  protocol::EncodeXml(&expiration, RecordExpiration::Describe(), xml);
  xml.Close("RecordExpiration");
  xml.Close("JournalTableConfigurationResult");
  if (const auto& inventory = stored.inventory_table_configuration) {
    xml.Open("InventoryTableConfigurationResult");
    xml.Element("ConfigurationState", inventory->configuration_state);
    if (inventory->configuration_state == kEnabled) AnswerTable(xml, *bucket, "inventory");
    xml.Close("InventoryTableConfigurationResult");
  }
  xml.Close("MetadataConfigurationResult");
  co_return;
}

runtime::Task<void> DeleteBucketMetadataConfiguration(Call& call) { return Delete(call, kKind); }

runtime::Task<void> UpdateBucketMetadataInventoryTableConfiguration(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  auto wanted = Decode<InventoryTableConfiguration>(document, "InventoryTableConfiguration");
  Check(wanted.encryption_configuration);
  auto stored = Stored<MetadataConfiguration>(*bucket, kKind, "MetadataConfiguration");
  stored.inventory_table_configuration = std::move(wanted);
  runtime::Task<void> putting = Put(call, *bucket, kKind, Encode(stored, "MetadataConfiguration"));
  co_await putting;
}

runtime::Task<void> UpdateBucketMetadataJournalTableConfiguration(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  auto wanted = Decode<JournalTableConfiguration>(document, "JournalTableConfiguration");
  Check(wanted.record_expiration);
  auto stored = Stored<MetadataConfiguration>(*bucket, kKind, "MetadataConfiguration");
  stored.journal_table_configuration.record_expiration = std::move(wanted.record_expiration);
  runtime::Task<void> putting = Put(call, *bucket, kKind, Encode(stored, "MetadataConfiguration"));
  co_await putting;
}

runtime::Task<void> CreateBucketMetadataTableConfiguration(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  const BucketPtr bucket = call.OwnedBucket();
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  const auto wanted = Decode<MetadataTableConfiguration>(document, "MetadataTableConfiguration");
  RequireNone(*bucket);
  runtime::Task<void> putting = Put(call, *bucket, kTableKind, Encode(wanted, "MetadataTableConfiguration"));
  co_await putting;
}

runtime::Task<void> GetBucketMetadataTableConfiguration(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  const auto stored = Stored<MetadataTableConfiguration>(*bucket, kTableKind, "MetadataTableConfiguration");
  const S3TablesDestination& destination = stored.s3_tables_destination;
  constexpr std::string_view kNamespace = "aws_s3_metadata";
  XmlAnswer xml(call, "GetBucketMetadataTableConfigurationResult");
  xml.Open("MetadataTableConfigurationResult");
  xml.Open("S3TablesDestinationResult");
  xml.Element("TableBucketArn", destination.table_bucket_arn);
  xml.Element("TableName", destination.table_name);
  xml.Element("TableArn", destination.table_bucket_arn + "/table/" + std::string(kNamespace) + "/" +
                              destination.table_name);
  xml.Element("TableNamespace", kNamespace);
  xml.Close("S3TablesDestinationResult");
  xml.Close("MetadataTableConfigurationResult");
  xml.Element("Status", "ACTIVE");
  co_return;
}

runtime::Task<void> DeleteBucketMetadataTableConfiguration(Call& call) { return Delete(call, kTableKind); }

}  // namespace cumulite::s3
