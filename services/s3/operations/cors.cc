#include "services/s3/operations/cors.h"

#include <algorithm>
#include <array>

#include "services/s3/bucket_configuration.h"
#include "services/s3/cors.h"

namespace cumulite::s3 {
namespace {

constexpr std::array<std::string_view, 5> kMethods{"GET", "PUT", "HEAD", "POST", "DELETE"};

AwsError Forbidden(const Call& call, std::string message, std::string_view method) {
  return AwsError(kAccessForbidden, std::move(message))
      .With("Method", std::string(method))
      .With("ResourceType", call.address.level == Level::kObject ? "OBJECT" : "BUCKET");
}

}  // namespace

runtime::Task<void> OptionsObject(Call& call) {
  const auto origin = call.Header("Origin");
  if (!origin) throw AwsError(kBadRequest, "Insufficient information. Origin request header needed.");
  const BucketPtr bucket = call.s3.buckets().Find(call.address.bucket);
  if (!bucket) throw NoSuchBucket(call.address.bucket);
  const std::vector<documents::CORSRule>& rules = bucket->configuration->cors;
  const std::string_view method = call.Header("Access-Control-Request-Method").value_or("");
  if (rules.empty()) throw Forbidden(call, "CORSResponse: CORS is not enabled for this bucket.", method);
  if (std::find(kMethods.begin(), kMethods.end(), method) == kMethods.end()) {
    throw AwsError(kBadRequest, "Invalid Access-Control-Request-Method: " +
                                    (method.empty() ? std::string("null") : std::string(method)));
  }
  const CrossOrigin wanted{.origin = *origin,
                           .method = method,
                           .headers = call.Header("Access-Control-Request-Headers").value_or("")};
  const documents::CORSRule* rule = FindCorsRule(rules, wanted);
  if (rule == nullptr) {
    throw Forbidden(
        call,
        "CORSResponse: This CORS request is not allowed. This is usually because the evalution of "
        "Origin, request method / Access-Control-Request-Method or Access-Control-Request-Headers "
        "are not whitelisted by the resource's CORS spec.",
        method);
  }
  call.response().headers += CorsHeaders(*rule, wanted);
  co_return;
}

void AddCorsHeaders(S3Service& s3, const Address& address, protocol::Exchange& exchange) {
  const auto origin = exchange.request.Find("Origin");
  if (!origin || exchange.request.method == "OPTIONS") return;
  const BucketPtr bucket = s3.buckets().Find(address.bucket);
  if (!bucket) return;
  const CrossOrigin wanted{
      .origin = *origin,
      .method = exchange.request.Find("Access-Control-Request-Method").value_or(exchange.request.method)};
  const documents::CORSRule* rule = FindCorsRule(bucket->configuration->cors, wanted);
  if (rule != nullptr) exchange.response.headers += CorsHeaders(*rule, wanted);
}

}  // namespace cumulite::s3
