#pragma once
#include <string>

#include "protocol/operation.h"
#include "services/acm/shapes.h"

namespace cumulite::acm {
class AcmService;

struct UpdateCertificateOptionsRequest {
  std::string certificate_arn;
  CertificateOptions options;
  static protocol::Members Describe();
};

struct UpdateCertificateOptionsResponse {
  static protocol::Members Describe() { return {}; }
};

/// Says whether a requested certificate is to be logged; nothing is logged anywhere.
///
/// Shapes: certificate_arn 20..2048 characters.
/// Errors: ResourceNotFoundException, LimitExceededException, InvalidStateException, InvalidArnException.
/// Thread: any.
/// Source: ACM API Reference "UpdateCertificateOptions".
runtime::Task<UpdateCertificateOptionsResponse> UpdateCertificateOptions(
    AcmService& acm, const protocol::RequestContext& context, UpdateCertificateOptionsRequest request);

struct ResendValidationEmailRequest {
  std::string certificate_arn;
  std::string domain;
  std::string validation_domain;
  static protocol::Members Describe();
};

struct ResendValidationEmailResponse {
  static protocol::Members Describe() { return {}; }
};

/// Always refused: certificates are issued without validation.
///
/// Shapes: certificate_arn 20..2048 characters; domain 1..253 characters; validation_domain 1..253
/// characters.
/// Errors: ResourceNotFoundException, InvalidStateException, InvalidArnException,
/// InvalidDomainValidationOptionsException.
/// Thread: any.
/// Source: ACM API Reference "ResendValidationEmail".
runtime::Task<ResendValidationEmailResponse> ResendValidationEmail(AcmService& acm,
                                                                   const protocol::RequestContext& context,
                                                                   ResendValidationEmailRequest request);

}  // namespace cumulite::acm
