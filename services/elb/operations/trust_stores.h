#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct DescribeTrustStoresRequest {
  std::vector<std::string> trust_store_arns;
  std::vector<std::string> names;
  std::optional<std::string> marker;
  std::optional<std::int32_t> page_size;
  static protocol::Members Describe();
};

struct DescribeTrustStoresResponse {
  std::vector<TrustStore> trust_stores;
  std::optional<std::string> next_marker;
  static protocol::Members Describe();
};

/// Shows trust stores, in the order of their names.
///
/// Shapes: page_size 1..400. Errors: TrustStoreNotFound, ValidationError. Thread: any.
/// Source: Elastic Load Balancing v2 API Reference "DescribeTrustStores".
runtime::Task<DescribeTrustStoresResponse> DescribeTrustStores(ElbService& elb,
                                                               const protocol::RequestContext& context,
                                                               DescribeTrustStoresRequest request);

struct DeleteTrustStoreRequest {
  std::string trust_store_arn;
  static protocol::Members Describe();
};

struct DeleteTrustStoreResponse {
  static protocol::Members Describe() { return {}; }
};

/// Deletes a trust store that no listener verifies by.
///
/// Errors: TrustStoreNotFound, TrustStoreInUse. Thread: any.
/// Source: Elastic Load Balancing v2 API Reference "DeleteTrustStore".
runtime::Task<DeleteTrustStoreResponse> DeleteTrustStore(ElbService& elb,
                                                         const protocol::RequestContext& context,
                                                         DeleteTrustStoreRequest request);

struct TrustStoreAssociation {
  std::optional<std::string> resource_arn;
  static protocol::Members Describe();
};

struct DescribeTrustStoreAssociationsRequest {
  std::string trust_store_arn;
  std::optional<std::string> marker;
  std::optional<std::int32_t> page_size;
  static protocol::Members Describe();
};

struct DescribeTrustStoreAssociationsResponse {
  std::vector<TrustStoreAssociation> trust_store_associations;
  std::optional<std::string> next_marker;
  static protocol::Members Describe();
};

/// Shows the load balancers whose listeners verify by a trust store.
///
/// Shapes: page_size 1..400. Errors: TrustStoreNotFound. Thread: any.
/// Source: Elastic Load Balancing v2 API Reference "DescribeTrustStoreAssociations".
runtime::Task<DescribeTrustStoreAssociationsResponse> DescribeTrustStoreAssociations(
    ElbService& elb, const protocol::RequestContext& context, DescribeTrustStoreAssociationsRequest request);

struct DeleteSharedTrustStoreAssociationRequest {
  std::string trust_store_arn;
  std::string resource_arn;
  static protocol::Members Describe();
};

struct DeleteSharedTrustStoreAssociationResponse {
  static protocol::Members Describe() { return {}; }
};

/// Always refused: it ends what another account does with a shared trust store, and none is shared here.
///
/// Errors: TrustStoreNotFound, AssociationNotFound, DeleteAssociationSameAccount. Thread: any.
/// Source: Elastic Load Balancing v2 API Reference "DeleteSharedTrustStoreAssociation".
runtime::Task<DeleteSharedTrustStoreAssociationResponse> DeleteSharedTrustStoreAssociation(
    ElbService& elb, const protocol::RequestContext& context,
    DeleteSharedTrustStoreAssociationRequest request);

struct GetTrustStoreCaCertificatesBundleRequest {
  std::string trust_store_arn;
  static protocol::Members Describe();
};

struct GetTrustStoreCaCertificatesBundleResponse {
  std::optional<std::string> location;
  static protocol::Members Describe();
};

/// Tells where to get the bundle of a trust store.
///
/// Errors: TrustStoreNotFound. Thread: any.
/// Source: Elastic Load Balancing v2 API Reference "GetTrustStoreCaCertificatesBundle".
runtime::Task<GetTrustStoreCaCertificatesBundleResponse> GetTrustStoreCaCertificatesBundle(
    ElbService& elb, const protocol::RequestContext& context,
    GetTrustStoreCaCertificatesBundleRequest request);

struct GetResourcePolicyRequest {
  std::string resource_arn;
  static protocol::Members Describe();
};

struct GetResourcePolicyResponse {
  std::optional<std::string> policy;
  static protocol::Members Describe();
};

/// Shows the policy by which a trust store is shared. It is made by sharing with AWS RAM, which is no part of
/// this server, so no trust store has one.
///
/// Errors: TrustStoreNotFound, ResourceNotFound. Thread: any.
/// Source: Elastic Load Balancing v2 API Reference "GetResourcePolicy".
runtime::Task<GetResourcePolicyResponse> GetResourcePolicy(ElbService& elb,
                                                           const protocol::RequestContext& context,
                                                           GetResourcePolicyRequest request);

}  // namespace cumulite::elb
