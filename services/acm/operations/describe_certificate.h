#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/acm/shapes.h"

namespace cumulite::acm {
class AcmService;

struct DescribeCertificateRequest {
  std::string certificate_arn;
  static protocol::Members Describe();
};

struct DescribeCertificateResponse {
  std::optional<CertificateDetail> certificate;
  static protocol::Members Describe();
};

/// Shows a certificate and who uses it.
///
/// Shapes: certificate_arn 20..2048 characters.
/// Errors: ResourceNotFoundException, InvalidArnException.
/// Thread: any.
/// Source: ACM API Reference "DescribeCertificate".
runtime::Task<DescribeCertificateResponse> DescribeCertificate(AcmService& acm,
                                                               const protocol::RequestContext& context,
                                                               DescribeCertificateRequest request);

}  // namespace cumulite::acm
