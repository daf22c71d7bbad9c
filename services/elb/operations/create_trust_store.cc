#include "services/elb/operations/create_trust_store.h"

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"
#include "services/elb/quotas.h"
#include "services/elb/tags.h"
#include "services/elb/trust_stores.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members CreateTrustStoreRequest::Describe() {
  using T = CreateTrustStoreRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::name>("Name").Required().Length(1, 32),
      Wire<&T::ca_certificates_bundle_s3_bucket>("CaCertificatesBundleS3Bucket").Required(),
      Wire<&T::ca_certificates_bundle_s3_key>("CaCertificatesBundleS3Key").Required(),
      Wire<&T::ca_certificates_bundle_s3_object_version>("CaCertificatesBundleS3ObjectVersion"),
      Wire<&T::tags>("Tags").Length(1, protocol::kNoMaximum),
  };
  return kMembers;
}

protocol::Members CreateTrustStoreResponse::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&CreateTrustStoreResponse::trust_stores>("TrustStores").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members ModifyTrustStoreRequest::Describe() {
  using T = ModifyTrustStoreRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::trust_store_arn>("TrustStoreArn").Required(),
      Wire<&T::ca_certificates_bundle_s3_bucket>("CaCertificatesBundleS3Bucket").Required(),
      Wire<&T::ca_certificates_bundle_s3_key>("CaCertificatesBundleS3Key").Required(),
      Wire<&T::ca_certificates_bundle_s3_object_version>("CaCertificatesBundleS3ObjectVersion"),
  };
  return kMembers;
}

protocol::Members ModifyTrustStoreResponse::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&ModifyTrustStoreResponse::trust_stores>("TrustStores").KeepEmpty(),
  };
  return kMembers;
}

runtime::Task<CreateTrustStoreResponse> CreateTrustStore(ElbService& elb,
                                                         const protocol::RequestContext& context,
                                                         CreateTrustStoreRequest request) {
  RequireAllowed(context, NamedArn(context.identity, TrustStoreRecord::kKind, request.name, "*"));
  CheckTrustStoreName(request.name);
  CheckTags(request.tags);
  BucketObject object{request.ca_certificates_bundle_s3_bucket, request.ca_certificates_bundle_s3_key,
                      request.ca_certificates_bundle_s3_object_version};
  runtime::Task<Bundle> reading = ReadBundle(elb.peers().objects(), context.identity, std::move(object));
  Bundle bundle = co_await reading;
  TrustStoreRecord record;
  MergeTags(record.tags, request.tags);
  TrustStore& shown = record.shown;
  shown.name = request.name;
  shown.trust_store_arn = NamedArn(context.identity, TrustStoreRecord::kKind, request.name, NewId());
  shown.status = "ACTIVE";
  shown.number_of_ca_certificates = bundle.certificates;
  shown.total_revoked_entries = 0;
  record.bundle_pem = std::move(bundle.pem);
  const Owner owner = OwnerOf(context);
  const auto create = [&] {
    ElbStore& store = elb.store();
    if (store.current().FindNamed<TrustStoreRecord>(owner, request.name)) {
      throw AwsError(kDuplicateTrustStoreName, "A trust store with the specified name already exists");
    }
    const auto count = store.current().Count(TrustStoreRecord::kKind, owner);
    if (static_cast<std::size_t>(count) >= kMaxTrustStores) {
      throw AwsError(kTooManyTrustStores, "The maximum number of trust stores has been reached");
    }
    store.Insert(record, owner);
  };
  co_await elb.Change(create);
  CreateTrustStoreResponse response;
  response.trust_stores.push_back(std::move(shown));
  co_return response;
}

runtime::Task<ModifyTrustStoreResponse> ModifyTrustStore(ElbService& elb,
                                                         const protocol::RequestContext& context,
                                                         ModifyTrustStoreRequest request) {
  RequireAllowed(context, request.trust_store_arn);
  Open<TrustStoreRecord>(elb.committed(), request.trust_store_arn, context);
  BucketObject object{request.ca_certificates_bundle_s3_bucket, request.ca_certificates_bundle_s3_key,
                      request.ca_certificates_bundle_s3_object_version};
  runtime::Task<Bundle> reading = ReadBundle(elb.peers().objects(), context.identity, std::move(object));
  const Bundle bundle = co_await reading;
  const auto modify = [&] {
    auto record = Open<TrustStoreRecord>(elb.store().current(), request.trust_store_arn, context);
    record.bundle_pem = bundle.pem;
    record.shown.number_of_ca_certificates = bundle.certificates;
    elb.store().Save(record);
    return record.shown;
  };
  TrustStore shown = co_await elb.Change(modify);
  ModifyTrustStoreResponse response;
  response.trust_stores.push_back(std::move(shown));
  co_return response;
}

}  // namespace cumulite::elb
