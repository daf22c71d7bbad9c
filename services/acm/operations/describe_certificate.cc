#include "services/acm/operations/describe_certificate.h"

#include "services/acm/access.h"
#include "services/acm/acm_service.h"
#include "services/acm/certificate.h"
#include "services/acm/errors.h"

namespace cumulite::acm {
using protocol::Wire;

protocol::Members DescribeCertificateRequest::Describe() {
  using T = DescribeCertificateRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate_arn>("CertificateArn")
          .Required()
          .Length(20, 2048)
          .Pattern(R"(arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(/[\w+=,.@-]+)*)"),
  };
  return kMembers;
}

protocol::Members DescribeCertificateResponse::Describe() {
  using T = DescribeCertificateResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate>("Certificate"),
  };
  return kMembers;
}

runtime::Task<DescribeCertificateResponse> DescribeCertificate(AcmService& acm,
                                                               const protocol::RequestContext& context,
                                                               DescribeCertificateRequest request) {
  RequireAllowed(context, request.certificate_arn);
  CertificateRecord record = acm.store().OpenCommitted(request.certificate_arn, context);
  runtime::Task<std::vector<std::string>> asking =
      acm.peers().certificate_users().UsersOf(request.certificate_arn);
  record.detail.in_use_by = co_await asking;
  ShowAt(record.detail, acm.clock().Now());
  co_return DescribeCertificateResponse{std::move(record.detail)};
}

}  // namespace cumulite::acm
