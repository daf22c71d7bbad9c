#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct CreateTrustStoreRequest {
  std::string name;
  std::string ca_certificates_bundle_s3_bucket;
  std::string ca_certificates_bundle_s3_key;
  std::optional<std::string> ca_certificates_bundle_s3_object_version;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct CreateTrustStoreResponse {
  std::vector<TrustStore> trust_stores;
  static protocol::Members Describe();
};

/// Makes a trust store of a bundle of certificate authorities that is in a bucket.
///
/// Errors: DuplicateTrustStoreName, TooManyTrustStores, CaCertificatesBundleNotFound,
/// InvalidCaCertificatesBundle, TooManyTags, DuplicateTagKeys, ValidationError.
/// Thread: any.
/// Source: Elastic Load Balancing v2 API Reference "CreateTrustStore".
runtime::Task<CreateTrustStoreResponse> CreateTrustStore(ElbService& elb,
                                                         const protocol::RequestContext& context,
                                                         CreateTrustStoreRequest request);

struct ModifyTrustStoreRequest {
  std::string trust_store_arn;
  std::string ca_certificates_bundle_s3_bucket;
  std::string ca_certificates_bundle_s3_key;
  std::optional<std::string> ca_certificates_bundle_s3_object_version;
  static protocol::Members Describe();
};

struct ModifyTrustStoreResponse {
  std::vector<TrustStore> trust_stores;
  static protocol::Members Describe();
};

/// Gives a trust store another bundle; listeners verify by it from the next handshake on.
///
/// Errors: TrustStoreNotFound, CaCertificatesBundleNotFound, InvalidCaCertificatesBundle.
/// Thread: any.
/// Source: Elastic Load Balancing v2 API Reference "ModifyTrustStore".
runtime::Task<ModifyTrustStoreResponse> ModifyTrustStore(ElbService& elb,
                                                         const protocol::RequestContext& context,
                                                         ModifyTrustStoreRequest request);

}  // namespace cumulite::elb
