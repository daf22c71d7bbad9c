#include "services/s3/operations/bucket_configuration.h"

#include <algorithm>

#include "services/s3/bucket_configuration.h"
#include "services/s3/configuration/table.h"
#include "services/s3/listing.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxDocumentBytes = 1 << 20;
constexpr std::size_t kMaxOfAKind = 1000;
constexpr std::size_t kPageSize = 100;
constexpr std::string_view kMinimumSize = "x-amz-transition-default-minimum-object-size";
constexpr std::string_view kMinimumSizeKind = "lifecycle.minimum-object-size";

std::string IdOf(const Call& call, const ConfigurationRow& row) {
  if (row.list_root.empty()) return {};
  const auto id = call.Query("id");
  if (!id || id->empty()) throw InvalidArgument("Missing required parameter: id", "id", "");
  return std::string(*id);
}

AwsError Absent(const ConfigurationRow& row, const Bucket& bucket) {
  return AwsError(*row.absent, std::string(row.words)).With("BucketName", bucket.name);
}

std::size_t CountOf(const Bucket& bucket, std::string_view kind) {
  const auto& all = bucket.configuration->all();
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [&](const auto& entry) { return entry.first.first == kind; }));
}

std::string MinimumSize(const Call& call) {
  const auto size = call.Header(kMinimumSize);
  if (!size) return "all_storage_classes_128K";
  if (*size == "all_storage_classes_128K" || *size == "varies_by_storage_class") return std::string(*size);
  throw AwsError(kInvalidRequest, "Invalid TransitionDefaultMinimumObjectSize found: " + std::string(*size));
}

}  // namespace

runtime::Task<BucketDocument> ReadSentConfiguration(Call& call, const Bucket& bucket) {
  const ConfigurationRow& row = RowOf(call);
  BucketDocument document{.kind = std::string(row.kind), .id = IdOf(call, row), .text = {}};
  const std::string sent = co_await ReadDocument(call, kMaxDocumentBytes);
  document.text = row.read(call, bucket, row, sent);
  const bool is_new = bucket.configuration->Find(document.kind, document.id) == nullptr;
  if (!document.id.empty() && is_new && CountOf(bucket, document.kind) >= kMaxOfAKind) {
    throw AwsError(kTooManyConfigurations,
                   "You are attempting to create a new configuration but have already reached the "
                   "1,000-configuration limit.");
  }
  co_return document;
}

runtime::Task<void> GetConfiguration(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  const ConfigurationRow& row = RowOf(call);
  if (const std::string* text = bucket->configuration->Find(row.kind, IdOf(call, row))) {
    AnswerDocument(call, *text);
  } else if (row.absent != nullptr) {
    throw Absent(row, *bucket);
  } else {
    AnswerDocument(call, row.otherwise);
  }
  co_return;
}

runtime::Task<void> PutConfiguration(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  runtime::Task<BucketDocument> reading = ReadSentConfiguration(call, *bucket);
  std::vector<BucketDocument> documents;
  documents.push_back(co_await reading);
  runtime::Task<void> putting = call.s3.buckets().PutDocuments(*bucket, documents);
  co_await putting;
  call.response().status = RowOf(call).put_status;
}

runtime::Task<void> DeleteConfiguration(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  const ConfigurationRow& row = RowOf(call);
  std::string id = IdOf(call, row);
  if (!id.empty() && bucket->configuration->Find(row.kind, id) == nullptr) throw Absent(row, *bucket);
  std::vector<BucketDocument> documents;
  documents.push_back({std::string(row.kind), std::move(id), {}});
  runtime::Task<void> deleting = call.s3.buckets().PutDocuments(*bucket, documents);
  co_await deleting;
  call.response().status = 204;
}

runtime::Task<void> GetBucketLifecycleConfiguration(Call& call) {
  runtime::Task<void> answering = GetConfiguration(call);
  co_await answering;
  const BucketPtr bucket = call.s3.buckets().Find(call.address.bucket);
  const std::string* size = bucket ? bucket->configuration->Find(kMinimumSizeKind) : nullptr;
  call.response().AddHeader(kMinimumSize, size == nullptr ? "all_storage_classes_128K" : *size);
}

runtime::Task<void> PutBucketLifecycleConfiguration(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  const std::string size = MinimumSize(call);
  runtime::Task<BucketDocument> reading = ReadSentConfiguration(call, *bucket);
  std::vector<BucketDocument> documents;
  documents.push_back(co_await reading);
  documents.push_back({std::string(kMinimumSizeKind), {}, size});
  runtime::Task<void> putting = call.s3.buckets().PutDocuments(*bucket, documents);
  co_await putting;
  call.response().AddHeader(kMinimumSize, size);
}

runtime::Task<void> ListConfigurations(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  const ConfigurationRow& row = RowOf(call);
  std::string from;
  const auto token = call.Query("continuation-token");
  if (token && !token->empty()) {
    std::optional<std::string> decoded = DecodeToken(*token);
    if (!decoded) {
      throw InvalidArgument("The continuation token provided is incorrect", "continuation-token", *token);
    }
    from = *std::move(decoded);
  }
  XmlAnswer xml(call, row.list_root);
  const auto& all = bucket->configuration->all();
  std::size_t count = 0;
  std::string next;
  for (auto at = all.lower_bound({std::string(row.kind), from}); at != all.end(); ++at) {
    if (at->first.first != row.kind) break;
    if (count++ == kPageSize) {
      next = at->first.second;
      break;
    }
    xml.Raw(at->second);
  }
  xml.Element("IsTruncated", !next.empty());
  if (token) xml.Element("ContinuationToken", *token);
  if (!next.empty()) xml.Element("NextContinuationToken", EncodeToken(next));
  co_return;
}

}  // namespace cumulite::s3
