#pragma once
#include <optional>
#include <string>

#include "protocol/operation.h"

namespace cumulite::acm {
class AcmService;

struct GetCertificateRequest {
  std::string certificate_arn;
  static protocol::Members Describe();
};

struct GetCertificateResponse {
  std::optional<std::string> certificate;
  std::optional<std::string> certificate_chain;
  static protocol::Members Describe();
};

/// Gives a certificate and its chain as PEM.
///
/// Shapes: certificate_arn 20..2048 characters.
/// Errors: ResourceNotFoundException, RequestInProgressException, InvalidArnException.
/// Thread: any.
/// Source: ACM API Reference "GetCertificate".
runtime::Task<GetCertificateResponse> GetCertificate(AcmService& acm, const protocol::RequestContext& context,
                                                     GetCertificateRequest request);

}  // namespace cumulite::acm
