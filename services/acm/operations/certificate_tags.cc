#include "services/acm/operations/certificate_tags.h"

#include "services/acm/access.h"
#include "services/acm/acm_service.h"
#include "services/acm/certificate.h"
#include "services/acm/errors.h"

namespace cumulite::acm {
using protocol::Wire;

protocol::Members AddTagsToCertificateRequest::Describe() {
  using T = AddTagsToCertificateRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate_arn>("CertificateArn")
          .Required()
          .Length(20, 2048)
          .Pattern(R"(arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(/[\w+=,.@-]+)*)"),
      Wire<&T::tags>("Tags").Required().Length(1, 50),
  };
  return kMembers;
}

protocol::Members RemoveTagsFromCertificateRequest::Describe() {
  using T = RemoveTagsFromCertificateRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate_arn>("CertificateArn")
          .Required()
          .Length(20, 2048)
          .Pattern(R"(arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(/[\w+=,.@-]+)*)"),
      Wire<&T::tags>("Tags").Required().Length(1, 50),
  };
  return kMembers;
}

protocol::Members ListTagsForCertificateRequest::Describe() {
  using T = ListTagsForCertificateRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate_arn>("CertificateArn")
          .Required()
          .Length(20, 2048)
          .Pattern(R"(arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(/[\w+=,.@-]+)*)"),
  };
  return kMembers;
}

protocol::Members ListTagsForCertificateResponse::Describe() {
  using T = ListTagsForCertificateResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::tags>("Tags"),
  };
  return kMembers;
}

runtime::Task<AddTagsToCertificateResponse> AddTagsToCertificate(AcmService& acm,
                                                                 const protocol::RequestContext& context,
                                                                 AddTagsToCertificateRequest request) {
  RequireAllowed(context, request.certificate_arn);
  const auto add = [&] {
    CertificateRecord record = acm.store().Open(request.certificate_arn, context);
    MergeTags(record.tags, request.tags);
    acm.store().Save(record);
  };
  co_await acm.Change(add);
  co_return AddTagsToCertificateResponse{};
}

runtime::Task<RemoveTagsFromCertificateResponse> RemoveTagsFromCertificate(
    AcmService& acm, const protocol::RequestContext& context, RemoveTagsFromCertificateRequest request) {
  RequireAllowed(context, request.certificate_arn);
  const auto remove = [&] {
    CertificateRecord record = acm.store().Open(request.certificate_arn, context);
    for (const Tag& gone : request.tags) {
      std::erase_if(record.tags, [&](const Tag& tag) {
        return tag.key == gone.key && (!gone.value || tag.value == gone.value);
      });
    }
    acm.store().Save(record);
  };
  co_await acm.Change(remove);
  co_return RemoveTagsFromCertificateResponse{};
}

runtime::Task<ListTagsForCertificateResponse> ListTagsForCertificate(AcmService& acm,
                                                                     const protocol::RequestContext& context,
                                                                     ListTagsForCertificateRequest request) {
  RequireAllowed(context, request.certificate_arn);
  CertificateRecord record = acm.store().OpenCommitted(request.certificate_arn, context);
  co_return ListTagsForCertificateResponse{std::move(record.tags)};
}

}  // namespace cumulite::acm
