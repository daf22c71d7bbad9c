#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::elb {
class ElbService;

struct RevocationContent {
  std::optional<std::string> s3_bucket;
  std::optional<std::string> s3_key;
  std::optional<std::string> s3_object_version;
  std::optional<std::string> revocation_type;
  static protocol::Members Describe();
};

struct TrustStoreRevocation {
  std::optional<std::string> trust_store_arn;
  std::optional<std::int64_t> revocation_id;
  std::optional<std::string> revocation_type;
  std::optional<std::int64_t> number_of_revoked_entries;
  static protocol::Members Describe();
};

struct AddTrustStoreRevocationsRequest {
  std::string trust_store_arn;
  std::vector<RevocationContent> revocation_contents;
  static protocol::Members Describe();
};

struct AddTrustStoreRevocationsResponse {
  std::vector<TrustStoreRevocation> trust_store_revocations;
  static protocol::Members Describe();
};

/// Adds revocation lists that are in buckets: clients whose certificates they name are turned away from the
/// next handshake on.
///
/// Errors: TrustStoreNotFound, RevocationContentNotFound, InvalidRevocationContent, ValidationError.
/// Thread: any.
/// Source: Elastic Load Balancing v2 API Reference "AddTrustStoreRevocations".
runtime::Task<AddTrustStoreRevocationsResponse> AddTrustStoreRevocations(
    ElbService& elb, const protocol::RequestContext& context, AddTrustStoreRevocationsRequest request);

struct DescribeTrustStoreRevocationsRequest {
  std::string trust_store_arn;
  std::vector<std::int64_t> revocation_ids;
  std::optional<std::string> marker;
  std::optional<std::int32_t> page_size;
  static protocol::Members Describe();
};

struct DescribeTrustStoreRevocationsResponse {
  std::vector<TrustStoreRevocation> trust_store_revocations;
  std::optional<std::string> next_marker;
  static protocol::Members Describe();
};

/// Shows the revocation lists of a trust store, in the order in which they were added.
///
/// Shapes: page_size 1..400. Errors: TrustStoreNotFound, RevocationIdNotFound. Thread: any.
/// Source: Elastic Load Balancing v2 API Reference "DescribeTrustStoreRevocations".
runtime::Task<DescribeTrustStoreRevocationsResponse> DescribeTrustStoreRevocations(
    ElbService& elb, const protocol::RequestContext& context, DescribeTrustStoreRevocationsRequest request);

struct RemoveTrustStoreRevocationsRequest {
  std::string trust_store_arn;
  std::vector<std::int64_t> revocation_ids;
  static protocol::Members Describe();
};

struct RemoveTrustStoreRevocationsResponse {
  static protocol::Members Describe() { return {}; }
};

/// Takes revocation lists away.
///
/// Errors: TrustStoreNotFound, RevocationIdNotFound. Thread: any.
/// Source: Elastic Load Balancing v2 API Reference "RemoveTrustStoreRevocations".
runtime::Task<RemoveTrustStoreRevocationsResponse> RemoveTrustStoreRevocations(
    ElbService& elb, const protocol::RequestContext& context, RemoveTrustStoreRevocationsRequest request);

struct GetTrustStoreRevocationContentRequest {
  std::string trust_store_arn;
  std::int64_t revocation_id = 0;
  static protocol::Members Describe();
};

struct GetTrustStoreRevocationContentResponse {
  std::optional<std::string> location;
  static protocol::Members Describe();
};

/// Tells where to get a revocation list.
///
/// Errors: TrustStoreNotFound, RevocationIdNotFound. Thread: any.
/// Source: Elastic Load Balancing v2 API Reference "GetTrustStoreRevocationContent".
runtime::Task<GetTrustStoreRevocationContentResponse> GetTrustStoreRevocationContent(
    ElbService& elb, const protocol::RequestContext& context, GetTrustStoreRevocationContentRequest request);

}  // namespace cumulite::elb
