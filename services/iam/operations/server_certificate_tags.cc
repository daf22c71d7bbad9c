#include "services/iam/operations/server_certificate_tags.h"

#include <algorithm>

#include "services/iam/access.h"
#include "services/iam/errors.h"
#include "services/iam/iam_service.h"
#include "services/iam/page.h"

namespace cumulite::iam {
using protocol::Wire;
namespace {

constexpr protocol::Limits kTagKeyTypeLimits =
    protocol::Limits{}.Length(1, 128).Pattern(R"([\p{L}\p{Z}\p{N}_.:/=+\-@]+)");

}  // namespace

protocol::Members TagServerCertificateRequest::Describe() {
  using T = TagServerCertificateRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::server_certificate_name>("ServerCertificateName")
          .Required()
          .Length(1, 128)
          .Pattern(R"([\w+=,.@-]+)"),
      Wire<&T::tags>("Tags").Required().Length(0, 50),
  };
  return kMembers;
}

protocol::Members UntagServerCertificateRequest::Describe() {
  using T = UntagServerCertificateRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::server_certificate_name>("ServerCertificateName")
          .Required()
          .Length(1, 128)
          .Pattern(R"([\w+=,.@-]+)"),
      Wire<&T::tag_keys>("TagKeys").Required().Length(0, 50).Elements(kTagKeyTypeLimits),
  };
  return kMembers;
}

protocol::Members ListServerCertificateTagsRequest::Describe() {
  using T = ListServerCertificateTagsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::server_certificate_name>("ServerCertificateName")
          .Required()
          .Length(1, 128)
          .Pattern(R"([\w+=,.@-]+)"),
      Wire<&T::marker>("Marker").Length(1, 320).Pattern(R"([\u0020-\u00FF]+)"),
      Wire<&T::max_items>("MaxItems").Range(1, 1000),
  };
  return kMembers;
}

protocol::Members ListServerCertificateTagsResponse::Describe() {
  using T = ListServerCertificateTagsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::tags>("Tags"),
      Wire<&T::is_truncated>("IsTruncated"),
      Wire<&T::marker>("Marker"),
  };
  return kMembers;
}

runtime::Task<TagServerCertificateResponse> TagServerCertificate(IamService& iam,
                                                                 const protocol::RequestContext& context,
                                                                 TagServerCertificateRequest request) {
  RequireAllowedNamed(iam, context, request.server_certificate_name);
  const auto tag = [&] {
    ServerCertificateRecord record =
        iam.store().Open(context.identity.account, request.server_certificate_name);
    MergeTags(record.tags, request.tags);
    iam.store().Save(context.identity.account, record);
  };
  co_await iam.Change(tag);
  co_return TagServerCertificateResponse{};
}

runtime::Task<UntagServerCertificateResponse> UntagServerCertificate(IamService& iam,
                                                                     const protocol::RequestContext& context,
                                                                     UntagServerCertificateRequest request) {
  RequireAllowedNamed(iam, context, request.server_certificate_name);
  const auto untag = [&] {
    ServerCertificateRecord record =
        iam.store().Open(context.identity.account, request.server_certificate_name);
    std::erase_if(record.tags, [&](const Tag& tag) {
      return std::ranges::find(request.tag_keys, tag.key) != request.tag_keys.end();
    });
    iam.store().Save(context.identity.account, record);
  };
  co_await iam.Change(untag);
  co_return UntagServerCertificateResponse{};
}

runtime::Task<ListServerCertificateTagsResponse> ListServerCertificateTags(
    IamService& iam, const protocol::RequestContext& context, ListServerCertificateTagsRequest request) {
  RequireAllowedNamed(iam, context, request.server_certificate_name);
  ServerCertificateRecord record =
      iam.store().OpenCommitted(context.identity.account, request.server_certificate_name);
  ListServerCertificateTagsResponse response;
  response.tags = std::move(record.tags);
  std::ranges::sort(response.tags, {}, &Tag::key);
  response.marker = CutPage("ListServerCertificateTags " + request.server_certificate_name, response.tags,
                            request.marker, request.max_items, &Tag::key);
  response.is_truncated = response.marker.has_value();
  co_return response;
}

}  // namespace cumulite::iam
