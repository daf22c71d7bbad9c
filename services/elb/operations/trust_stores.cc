#include "services/elb/operations/trust_stores.h"

#include <algorithm>

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"
#include "services/elb/page.h"
#include "services/elb/trust_stores.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members DescribeTrustStoresRequest::Describe() {
  using T = DescribeTrustStoresRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::trust_store_arns>("TrustStoreArns"),
      Wire<&T::names>("Names"),
      Wire<&T::marker>("Marker"),
      Wire<&T::page_size>("PageSize").Range(1, 400),
  };
  return kMembers;
}

protocol::Members DescribeTrustStoresResponse::Describe() {
  using T = DescribeTrustStoresResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::trust_stores>("TrustStores").KeepEmpty(),
      Wire<&T::next_marker>("NextMarker"),
  };
  return kMembers;
}

protocol::Members DeleteTrustStoreRequest::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&DeleteTrustStoreRequest::trust_store_arn>("TrustStoreArn").Required(),
  };
  return kMembers;
}

protocol::Members TrustStoreAssociation::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&TrustStoreAssociation::resource_arn>("ResourceArn"),
  };
  return kMembers;
}

protocol::Members DescribeTrustStoreAssociationsRequest::Describe() {
  using T = DescribeTrustStoreAssociationsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::trust_store_arn>("TrustStoreArn").Required(),
      Wire<&T::marker>("Marker"),
      Wire<&T::page_size>("PageSize").Range(1, 400),
  };
  return kMembers;
}

protocol::Members DescribeTrustStoreAssociationsResponse::Describe() {
  using T = DescribeTrustStoreAssociationsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::trust_store_associations>("TrustStoreAssociations").KeepEmpty(),
      Wire<&T::next_marker>("NextMarker"),
  };
  return kMembers;
}

protocol::Members DeleteSharedTrustStoreAssociationRequest::Describe() {
  using T = DeleteSharedTrustStoreAssociationRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::trust_store_arn>("TrustStoreArn").Required(),
      Wire<&T::resource_arn>("ResourceArn").Required(),
  };
  return kMembers;
}

protocol::Members GetTrustStoreCaCertificatesBundleRequest::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&GetTrustStoreCaCertificatesBundleRequest::trust_store_arn>("TrustStoreArn").Required(),
  };
  return kMembers;
}

protocol::Members GetTrustStoreCaCertificatesBundleResponse::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&GetTrustStoreCaCertificatesBundleResponse::location>("Location"),
  };
  return kMembers;
}

protocol::Members GetResourcePolicyRequest::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&GetResourcePolicyRequest::resource_arn>("ResourceArn").Required(),
  };
  return kMembers;
}

protocol::Members GetResourcePolicyResponse::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&GetResourcePolicyResponse::policy>("Policy"),
  };
  return kMembers;
}

namespace {

std::vector<TrustStoreRecord> Find(const ElbStore::Committed& committed,
                                   const protocol::RequestContext& context,
                                   const DescribeTrustStoresRequest& request) {
  if (!request.trust_store_arns.empty() && !request.names.empty()) {
    throw Invalid("Trust store names and trust store ARNs cannot be specified at the same time");
  }
  if (!request.trust_store_arns.empty()) {
    return OpenAll<TrustStoreRecord>(committed, request.trust_store_arns, context);
  }
  if (request.names.empty()) return committed.Named<TrustStoreRecord>(OwnerOf(context), "", -1);
  std::vector<TrustStoreRecord> found;
  for (const std::string& name : request.names) {
    auto record = committed.FindNamed<TrustStoreRecord>(OwnerOf(context), name);
    if (!record) throw AwsError(kTrustStoreNotFound, "One or more trust stores not found");
    found.push_back(std::move(*record));
  }
  return found;
}

}  // namespace

runtime::Task<DescribeTrustStoresResponse> DescribeTrustStores(ElbService& elb,
                                                               const protocol::RequestContext& context,
                                                               DescribeTrustStoresRequest request) {
  RequireAllowed(context, "*");
  auto found = Find(elb.committed(), context, request);
  const auto name_of = [](const TrustStoreRecord& record) { return *record.shown.name; };
  std::ranges::sort(found, {}, name_of);
  DescribeTrustStoresResponse response;
  response.next_marker = CutPage(found, request.marker, request.page_size, name_of);
  for (TrustStoreRecord& record : found) response.trust_stores.push_back(std::move(record.shown));
  co_return response;
}

runtime::Task<DeleteTrustStoreResponse> DeleteTrustStore(ElbService& elb,
                                                         const protocol::RequestContext& context,
                                                         DeleteTrustStoreRequest request) {
  RequireAllowed(context, request.trust_store_arn);
  const auto erase = [&] {
    const auto& current = elb.store().current();
    Open<TrustStoreRecord>(current, request.trust_store_arn, context);
    if (!UsersOfTrustStore(current.Everything<ListenerRecord>(), request.trust_store_arn).empty()) {
      throw AwsError(kTrustStoreInUse,
                     "Trust store '" + request.trust_store_arn + "' is currently in use by a listener");
    }
    elb.store().Erase(request.trust_store_arn);
  };
  co_await elb.Change(erase);
  co_return DeleteTrustStoreResponse{};
}

runtime::Task<DescribeTrustStoreAssociationsResponse> DescribeTrustStoreAssociations(
    ElbService& elb, const protocol::RequestContext& context, DescribeTrustStoreAssociationsRequest request) {
  RequireAllowed(context, "*");
  Open<TrustStoreRecord>(elb.committed(), request.trust_store_arn, context);
  DescribeTrustStoreAssociationsResponse response;
  auto users = UsersOfTrustStore(elb.committed().Everything<ListenerRecord>(), request.trust_store_arn);
  response.next_marker =
      CutPage(users, request.marker, request.page_size, [](const std::string& arn) { return arn; });
  for (std::string& arn : users) response.trust_store_associations.push_back({std::move(arn)});
  co_return response;
}

runtime::Task<DeleteSharedTrustStoreAssociationResponse> DeleteSharedTrustStoreAssociation(
    ElbService& elb, const protocol::RequestContext& context,
    DeleteSharedTrustStoreAssociationRequest request) {
  RequireAllowed(context, request.trust_store_arn);
  Open<TrustStoreRecord>(elb.committed(), request.trust_store_arn, context);
  const auto users = UsersOfTrustStore(elb.committed().Everything<ListenerRecord>(), request.trust_store_arn);
  if (std::ranges::find(users, request.resource_arn) == users.end()) {
    throw AwsError(kAssociationNotFound, "The specified association does not exist");
  }
  throw AwsError(kDeleteAssociationSameAccount, "The specified association can't be within the same account");
  co_return DeleteSharedTrustStoreAssociationResponse{};
}

runtime::Task<GetTrustStoreCaCertificatesBundleResponse> GetTrustStoreCaCertificatesBundle(
    ElbService& elb, const protocol::RequestContext& context,
    GetTrustStoreCaCertificatesBundleRequest request) {
  RequireAllowed(context, request.trust_store_arn);
  Open<TrustStoreRecord>(elb.committed(), request.trust_store_arn, context);
  co_return GetTrustStoreCaCertificatesBundleResponse{
      LocationOf(context, request.trust_store_arn, std::nullopt)};
}

runtime::Task<GetResourcePolicyResponse> GetResourcePolicy(ElbService& elb,
                                                           const protocol::RequestContext& context,
                                                           GetResourcePolicyRequest request) {
  RequireAllowed(context, request.resource_arn);
  Open<TrustStoreRecord>(elb.committed(), request.resource_arn, context);
  throw AwsError(kResourceNotFound, "No policy is attached to the resource '" + request.resource_arn + "'");
  co_return GetResourcePolicyResponse{};
}

}  // namespace cumulite::elb
