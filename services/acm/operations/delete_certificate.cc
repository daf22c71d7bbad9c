#include "services/acm/operations/delete_certificate.h"

#include "services/acm/access.h"
#include "services/acm/acm_service.h"
#include "services/acm/errors.h"

namespace cumulite::acm {
using protocol::Wire;

protocol::Members DeleteCertificateRequest::Describe() {
  using T = DeleteCertificateRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate_arn>("CertificateArn")
          .Required()
          .Length(20, 2048)
          .Pattern(R"(arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(/[\w+=,.@-]+)*)"),
  };
  return kMembers;
}

runtime::Task<DeleteCertificateResponse> DeleteCertificate(AcmService& acm,
                                                           const protocol::RequestContext& context,
                                                           DeleteCertificateRequest request) {
  RequireAllowed(context, request.certificate_arn);
  acm.store().OpenCommitted(request.certificate_arn, context);
  runtime::Task<std::vector<std::string>> asking =
      acm.peers().certificate_users().UsersOf(request.certificate_arn);
  const std::vector<std::string> users = co_await asking;
  if (!users.empty()) {
    throw AwsError(kResourceInUse, "Certificate " + request.certificate_arn + " is in use.");
  }
  const auto erase = [&] {
    acm.store().Open(request.certificate_arn, context);
    acm.store().Erase(request.certificate_arn);
  };
  co_await acm.Change(erase);
  co_return DeleteCertificateResponse{};
}

}  // namespace cumulite::acm
