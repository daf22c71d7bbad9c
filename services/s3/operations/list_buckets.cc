#include "services/s3/operations/list_buckets.h"

#include "services/s3/listing.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

constexpr std::int32_t kMaxBuckets = 10'000;

BucketStore::Filter ReadFilter(const Call& call) {
  BucketStore::Filter filter;
  filter.account = call.identity().account;
  filter.prefix = call.Query("prefix", "");
  filter.region = call.Query("bucket-region", "");
  filter.max = static_cast<std::size_t>(call.QueryInt("max-buckets", 1, kMaxBuckets, kMaxBuckets));
  if (const auto token = call.Query("continuation-token"); token && !token->empty()) {
    std::optional<std::string> from = DecodeToken(*token);
    if (!from) {
      throw InvalidArgument("The continuation token provided is incorrect", "continuation-token", *token);
    }
    filter.from = *std::move(from);
  }
  return filter;
}

}  // namespace

runtime::Task<void> ListBuckets(Call& call) {
  if (call.identity().account.empty()) throw AwsError(kAccessDenied, "Access Denied");
  const BucketStore::Filter filter = ReadFilter(call);
  const std::vector<BucketPtr> buckets = call.s3.buckets().List(filter);
  XmlAnswer xml(call, "ListAllMyBucketsResult");
  xml.Owner("Owner", call.identity().account, call.identity());
  xml.Open("Buckets");
  for (std::size_t i = 0; i < buckets.size() && i < filter.max; ++i) {
    xml.Open("Bucket");
    xml.Element("Name", buckets[i]->name);
    xml.Time("CreationDate", buckets[i]->created);
    if (!call.query.empty()) xml.Element("BucketRegion", buckets[i]->region);  // as AWS: with any option
    xml.Close("Bucket");
  }
  xml.Close("Buckets");
  if (!filter.prefix.empty()) xml.Element("Prefix", filter.prefix);
  if (buckets.size() > filter.max) {
    xml.Element("ContinuationToken", EncodeToken(AfterKey(buckets[filter.max - 1]->name)));
  }
  co_return;
}

}  // namespace cumulite::s3
