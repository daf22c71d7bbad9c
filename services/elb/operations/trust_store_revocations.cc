#include "services/elb/operations/trust_store_revocations.h"

#include <algorithm>

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"
#include "services/elb/page.h"
#include "services/elb/trust_stores.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members RevocationContent::Describe() {
  using T = RevocationContent;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::s3_bucket>("S3Bucket"),
      Wire<&T::s3_key>("S3Key"),
      Wire<&T::s3_object_version>("S3ObjectVersion"),
      Wire<&T::revocation_type>("RevocationType"),
  };
  return kMembers;
}

protocol::Members TrustStoreRevocation::Describe() {
  using T = TrustStoreRevocation;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::trust_store_arn>("TrustStoreArn"),
      Wire<&T::revocation_id>("RevocationId"),
      Wire<&T::revocation_type>("RevocationType"),
      Wire<&T::number_of_revoked_entries>("NumberOfRevokedEntries"),
  };
  return kMembers;
}

protocol::Members AddTrustStoreRevocationsRequest::Describe() {
  using T = AddTrustStoreRevocationsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::trust_store_arn>("TrustStoreArn").Required(),
      Wire<&T::revocation_contents>("RevocationContents"),
  };
  return kMembers;
}

protocol::Members AddTrustStoreRevocationsResponse::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&AddTrustStoreRevocationsResponse::trust_store_revocations>("TrustStoreRevocations").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members DescribeTrustStoreRevocationsRequest::Describe() {
  using T = DescribeTrustStoreRevocationsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::trust_store_arn>("TrustStoreArn").Required(),
      Wire<&T::revocation_ids>("RevocationIds"),
      Wire<&T::marker>("Marker"),
      Wire<&T::page_size>("PageSize").Range(1, 400),
  };
  return kMembers;
}

protocol::Members DescribeTrustStoreRevocationsResponse::Describe() {
  using T = DescribeTrustStoreRevocationsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::trust_store_revocations>("TrustStoreRevocations").KeepEmpty(),
      Wire<&T::next_marker>("NextMarker"),
  };
  return kMembers;
}

protocol::Members RemoveTrustStoreRevocationsRequest::Describe() {
  using T = RemoveTrustStoreRevocationsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::trust_store_arn>("TrustStoreArn").Required(),
      Wire<&T::revocation_ids>("RevocationIds").Required(),
  };
  return kMembers;
}

protocol::Members GetTrustStoreRevocationContentRequest::Describe() {
  using T = GetTrustStoreRevocationContentRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::trust_store_arn>("TrustStoreArn").Required(),
      Wire<&T::revocation_id>("RevocationId").Required(),
  };
  return kMembers;
}

protocol::Members GetTrustStoreRevocationContentResponse::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&GetTrustStoreRevocationContentResponse::location>("Location"),
  };
  return kMembers;
}

namespace {

TrustStoreRevocation Shown(const std::string& arn, const RevocationRecord& record) {
  return {arn, record.id, record.type, record.entries};
}

void RequireRevocation(const TrustStoreRecord& record, std::int64_t id) {
  if (std::ranges::find(record.revocations, id, &RevocationRecord::id) != record.revocations.end()) return;
  throw AwsError(kRevocationIdNotFound, "The specified revocation ID does not exist");
}

void CountEntries(TrustStoreRecord& record) {
  std::int64_t total = 0;
  for (const RevocationRecord& revocation : record.revocations) total += revocation.entries;
  record.shown.total_revoked_entries = total;
}

}  // namespace

runtime::Task<AddTrustStoreRevocationsResponse> AddTrustStoreRevocations(
    ElbService& elb, const protocol::RequestContext& context, AddTrustStoreRevocationsRequest request) {
  RequireAllowed(context, request.trust_store_arn);
  Open<TrustStoreRecord>(elb.committed(), request.trust_store_arn, context);
  if (request.revocation_contents.empty()) throw Invalid("A revocation content must be specified");
  std::vector<RevocationRecord> read;
  for (const RevocationContent& content : request.revocation_contents) {
    if (!content.s3_bucket || !content.s3_key) throw Invalid("An S3 bucket and an S3 key must be specified");
    BucketObject object{*content.s3_bucket, *content.s3_key, content.s3_object_version};
    runtime::Task<RevocationRecord> reading = ReadRevocation(
        elb.peers().objects(), context.identity, std::move(object), content.revocation_type.value_or("CRL"));
    read.push_back(co_await reading);
  }
  AddTrustStoreRevocationsResponse response;
  const auto add = [&] {
    auto record = Open<TrustStoreRecord>(elb.store().current(), request.trust_store_arn, context);
    for (RevocationRecord& revocation : read) {
      revocation.id = record.next_revocation++;
      response.trust_store_revocations.push_back(Shown(request.trust_store_arn, revocation));
      record.revocations.push_back(revocation);
    }
    CountEntries(record);
    elb.store().Save(record);
  };
  co_await elb.Change(add);
  co_return response;
}

runtime::Task<DescribeTrustStoreRevocationsResponse> DescribeTrustStoreRevocations(
    ElbService& elb, const protocol::RequestContext& context, DescribeTrustStoreRevocationsRequest request) {
  RequireAllowed(context, "*");
  const auto record = Open<TrustStoreRecord>(elb.committed(), request.trust_store_arn, context);
  const auto& ids = request.revocation_ids;
  for (const std::int64_t id : ids) RequireRevocation(record, id);
  DescribeTrustStoreRevocationsResponse response;
  auto& list = response.trust_store_revocations;
  for (const RevocationRecord& revocation : record.revocations) {
    if (!ids.empty() && std::ranges::find(ids, revocation.id) == ids.end()) continue;
    list.push_back(Shown(request.trust_store_arn, revocation));
  }
  response.next_marker = CutPage(list, request.marker, request.page_size, [](const TrustStoreRevocation& r) {
    return std::to_string(*r.revocation_id);
  });
  co_return response;
}

runtime::Task<RemoveTrustStoreRevocationsResponse> RemoveTrustStoreRevocations(
    ElbService& elb, const protocol::RequestContext& context, RemoveTrustStoreRevocationsRequest request) {
  RequireAllowed(context, request.trust_store_arn);
  const auto remove = [&] {
    auto record = Open<TrustStoreRecord>(elb.store().current(), request.trust_store_arn, context);
    for (const std::int64_t id : request.revocation_ids) {
      RequireRevocation(record, id);
      std::erase_if(record.revocations, [id](const RevocationRecord& old) { return old.id == id; });
    }
    CountEntries(record);
    elb.store().Save(record);
  };
  co_await elb.Change(remove);
  co_return RemoveTrustStoreRevocationsResponse{};
}

runtime::Task<GetTrustStoreRevocationContentResponse> GetTrustStoreRevocationContent(
    ElbService& elb, const protocol::RequestContext& context, GetTrustStoreRevocationContentRequest request) {
  RequireAllowed(context, request.trust_store_arn);
  const auto record = Open<TrustStoreRecord>(elb.committed(), request.trust_store_arn, context);
  RequireRevocation(record, request.revocation_id);
  co_return GetTrustStoreRevocationContentResponse{
      LocationOf(context, request.trust_store_arn, request.revocation_id)};
}

}  // namespace cumulite::elb
