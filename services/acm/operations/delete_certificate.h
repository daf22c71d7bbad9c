#pragma once
#include <string>

#include "protocol/operation.h"

namespace cumulite::acm {
class AcmService;

struct DeleteCertificateRequest {
  std::string certificate_arn;
  static protocol::Members Describe();
};

struct DeleteCertificateResponse {
  static protocol::Members Describe() { return {}; }
};

/// Deletes a certificate that nothing uses.
///
/// Shapes: certificate_arn 20..2048 characters.
/// Errors: ResourceNotFoundException, ResourceInUseException, AccessDeniedException, ThrottlingException,
/// ConflictException, InvalidArnException.
/// Thread: any.
/// Source: ACM API Reference "DeleteCertificate".
runtime::Task<DeleteCertificateResponse> DeleteCertificate(AcmService& acm,
                                                           const protocol::RequestContext& context,
                                                           DeleteCertificateRequest request);

}  // namespace cumulite::acm
