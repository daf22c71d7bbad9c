#include "services/elb/trust_stores.h"

#include <algorithm>
#include <utility>

#include "net/x509.h"
#include "protocol/http.h"
#include "services/elb/errors.h"

namespace cumulite::elb {
namespace {

/// More than 25 certificates of the largest keys, and 50 MB of revocations: what AWS takes.
constexpr std::size_t kMaxBundleBytes = 1U << 20U;
constexpr std::size_t kMaxRevocationBytes = 50U << 20U;

runtime::Task<std::optional<std::string>> Read(services::ObjectDelivery& objects, protocol::Identity identity,
                                               BucketObject object, std::size_t limit) {
  services::ObjectDelivery::Name name{.account = identity.account,
                                      .region = identity.region,
                                      .bucket = std::move(object.bucket),
                                      .key = std::move(object.key),
                                      .version = object.version.value_or("")};
  runtime::Task<std::optional<std::string>> reading = objects.Read(std::move(name), limit);
  co_return co_await reading;
}

}  // namespace

runtime::Task<Bundle> ReadBundle(services::ObjectDelivery& objects, protocol::Identity identity,
                                 BucketObject object) {
  runtime::Task<std::optional<std::string>> reading =
      Read(objects, std::move(identity), std::move(object), kMaxBundleBytes);
  auto pem = co_await reading;
  if (!pem) {
    throw AwsError(kCaCertificatesBundleNotFound, "The specified ca certificate bundle does not exist");
  }
  const auto count = net::CountCertificates(*pem, true);
  if (!count) {
    throw AwsError(kInvalidCaCertificatesBundle,
                   "The specified ca certificate bundle is in an invalid format, or corrupt");
  }
  co_return Bundle{std::move(*pem), static_cast<std::int32_t>(*count)};
}

runtime::Task<RevocationRecord> ReadRevocation(services::ObjectDelivery& objects, protocol::Identity identity,
                                               BucketObject object, std::string type) {
  if (type != "CRL") throw Invalid("The revocation type '" + type + "' must be one of 'CRL'");
  runtime::Task<std::optional<std::string>> reading =
      Read(objects, std::move(identity), std::move(object), kMaxRevocationBytes);
  auto pem = co_await reading;
  if (!pem) throw AwsError(kRevocationContentNotFound, "The specified revocation file does not exist");
  const auto entries = net::CountRevoked(*pem);
  if (!entries) {
    throw AwsError(kInvalidRevocationContent,
                   "The provided revocation file is an invalid format, or uses an incorrect algorithm");
  }
  co_return RevocationRecord{.type = std::move(type), .entries = *entries, .pem = std::move(*pem)};
}

std::vector<std::string> UsersOfTrustStore(const std::vector<ListenerRecord>& listeners,
                                           const std::string& arn) {
  std::vector<std::string> users;
  for (const ListenerRecord& listener : listeners) {
    const auto& mutual = listener.shown.mutual_authentication;
    if (!mutual || mutual->trust_store_arn != arn) continue;
    const std::string& user = *listener.shown.load_balancer_arn;
    if (std::ranges::find(users, user) == users.end()) users.push_back(user);
  }
  return users;
}

std::string LocationOf(const protocol::RequestContext& context, const std::string& arn,
                       std::optional<std::int64_t> revocation) {
  std::string url(context.scheme);
  url.append("://").append(context.host).append("/_cumulite/elb/trust-store?arn=");
  url.append(protocol::PercentEncode(arn));
  if (revocation) url.append("&revocation=").append(std::to_string(*revocation));
  return url;
}

}  // namespace cumulite::elb
