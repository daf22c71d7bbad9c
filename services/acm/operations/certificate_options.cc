#include "services/acm/operations/certificate_options.h"

#include <algorithm>

#include "services/acm/access.h"
#include "services/acm/acm_service.h"
#include "services/acm/domain_name.h"
#include "services/acm/errors.h"

namespace cumulite::acm {
using protocol::Wire;

protocol::Members UpdateCertificateOptionsRequest::Describe() {
  using T = UpdateCertificateOptionsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate_arn>("CertificateArn")
          .Required()
          .Length(20, 2048)
          .Pattern(R"(arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(/[\w+=,.@-]+)*)"),
      Wire<&T::options>("Options").Required(),
  };
  return kMembers;
}

protocol::Members ResendValidationEmailRequest::Describe() {
  using T = ResendValidationEmailRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate_arn>("CertificateArn")
          .Required()
          .Length(20, 2048)
          .Pattern(R"(arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(/[\w+=,.@-]+)*)"),
      Wire<&T::domain>("Domain").Within(kDomainName).Required(),
      Wire<&T::validation_domain>("ValidationDomain").Within(kDomainName).Required(),
  };
  return kMembers;
}

runtime::Task<UpdateCertificateOptionsResponse> UpdateCertificateOptions(
    AcmService& acm, const protocol::RequestContext& context, UpdateCertificateOptionsRequest request) {
  RequireAllowed(context, request.certificate_arn);
  const auto update = [&] {
    CertificateRecord record = acm.store().Open(request.certificate_arn, context);
    if (record.detail.type != "AMAZON_ISSUED") {
      throw AwsError(kInvalidState, "Certificate " + request.certificate_arn + " was not issued by ACM.");
    }
    const auto& logging = request.options.certificate_transparency_logging_preference;
    if (logging) record.detail.options->certificate_transparency_logging_preference = logging;
    acm.store().Save(record);
  };
  co_await acm.Change(update);
  co_return UpdateCertificateOptionsResponse{};
}

runtime::Task<ResendValidationEmailResponse> ResendValidationEmail(AcmService& acm,
                                                                   const protocol::RequestContext& context,
                                                                   ResendValidationEmailRequest request) {
  RequireAllowed(context, request.certificate_arn);
  const CertificateRecord record = acm.store().OpenCommitted(request.certificate_arn, context);
  const auto& names = record.detail.subject_alternative_names;
  if (std::ranges::find(names, request.domain) == names.end()) {
    throw AwsError(kInvalidDomainValidationOptions,
                   "Domain " + request.domain + " is not a domain of the certificate.");
  }
  throw AwsError(kInvalidState, "Certificate " + request.certificate_arn + " is not pending validation.");
  co_return ResendValidationEmailResponse{};
}

}  // namespace cumulite::acm
