#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/acm/shapes.h"

namespace cumulite::acm {
class AcmService;

struct ImportCertificateRequest {
  std::optional<std::string> certificate_arn;
  protocol::Blob certificate;
  protocol::Blob private_key;
  std::optional<protocol::Blob> certificate_chain;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct ImportCertificateResponse {
  std::optional<std::string> certificate_arn;
  static protocol::Members Describe();
};

/// Takes over a certificate with its key, or replaces one that was imported.
///
/// Shapes: certificate_arn 20..2048 characters; certificate 1..32'768 bytes; private_key 1..5120 bytes;
/// certificate_chain 1..2'097'152 bytes; tags 1..50 elements.
/// Errors: ResourceNotFoundException, LimitExceededException, InvalidTagException, TooManyTagsException,
/// TagPolicyException, InvalidParameterException, InvalidArnException.
/// Thread: any.
/// Source: ACM API Reference "ImportCertificate".
runtime::Task<ImportCertificateResponse> ImportCertificate(AcmService& acm,
                                                           const protocol::RequestContext& context,
                                                           ImportCertificateRequest request);

}  // namespace cumulite::acm
