#include "services/acm/operations/get_certificate.h"

#include "services/acm/access.h"
#include "services/acm/acm_service.h"
#include "services/acm/errors.h"

namespace cumulite::acm {
using protocol::Wire;

protocol::Members GetCertificateRequest::Describe() {
  using T = GetCertificateRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate_arn>("CertificateArn")
          .Required()
          .Length(20, 2048)
          .Pattern(R"(arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(/[\w+=,.@-]+)*)"),
  };
  return kMembers;
}

protocol::Members GetCertificateResponse::Describe() {
  using T = GetCertificateResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate>("Certificate"),
      Wire<&T::certificate_chain>("CertificateChain"),
  };
  return kMembers;
}

runtime::Task<GetCertificateResponse> GetCertificate(AcmService& acm, const protocol::RequestContext& context,
                                                     GetCertificateRequest request) {
  RequireAllowed(context, request.certificate_arn);
  CertificateRecord record = acm.store().OpenCommitted(request.certificate_arn, context);
  GetCertificateResponse response;
  response.certificate = std::move(record.body);
  if (!record.chain.empty()) response.certificate_chain = std::move(record.chain);
  co_return response;
}

}  // namespace cumulite::acm
