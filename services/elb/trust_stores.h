#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/context.h"
#include "services/elb/elb_store.h"
#include "services/object_delivery.h"

/// What trust stores are made of: bundles of authorities and revocation lists, read from buckets.
/// Source: Application Load Balancers User Guide "Mutual authentication with TLS".
namespace cumulite::elb {

/// An object that a request names.
struct BucketObject {
  std::string bucket;
  std::string key;
  std::optional<std::string> version;
};

struct Bundle {
  std::string pem;
  std::int32_t certificates = 0;
};

/// Errors: CaCertificatesBundleNotFound, InvalidCaCertificatesBundle.
runtime::Task<Bundle> ReadBundle(services::ObjectDelivery& objects, protocol::Identity identity,
                                 BucketObject object);

/// Without an id yet. Errors: RevocationContentNotFound, InvalidRevocationContent.
runtime::Task<RevocationRecord> ReadRevocation(services::ObjectDelivery& objects, protocol::Identity identity,
                                               BucketObject object, std::string type);

/// The load balancers whose listeners verify clients by a trust store.
std::vector<std::string> UsersOfTrustStore(const std::vector<ListenerRecord>& listeners,
                                           const std::string& arn);

/// Where the caller gets a trust store's bundle, or one of its revocation lists, from this server.
/// Differs from AWS: no presigned URL of S3, and without an end.
std::string LocationOf(const protocol::RequestContext& context, const std::string& arn,
                       std::optional<std::int64_t> revocation);

}  // namespace cumulite::elb
