#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/acm/shapes.h"

namespace cumulite::acm {
class AcmService;

struct DomainValidationOption {
  std::string domain_name;
  std::string validation_domain;
  static protocol::Members Describe();
};

struct RequestCertificateRequest {
  std::string domain_name;
  std::optional<std::string> validation_method;
  std::vector<std::string> subject_alternative_names;
  std::optional<std::string> idempotency_token;
  std::vector<DomainValidationOption> domain_validation_options;
  std::optional<CertificateOptions> options;
  std::optional<std::string> certificate_authority_arn;
  std::vector<Tag> tags;
  std::optional<std::string> key_algorithm;
  static protocol::Members Describe();
};

struct RequestCertificateResponse {
  std::optional<std::string> certificate_arn;
  static protocol::Members Describe();
};

/// Makes a certificate for host names, with a new key.
///
/// Differs from AWS: it is issued at once, without validation, by an authority of this server (its
/// certificate: GET /_cumulite/acm/authority).
///
/// Shapes: domain_name 1..253 characters; subject_alternative_names 1..100 elements; idempotency_token 1..32
/// characters; domain_validation_options 1..100 elements; certificate_authority_arn 20..2048 characters;
/// tags 1..50 elements.
/// Errors: LimitExceededException, InvalidDomainValidationOptionsException, InvalidArnException,
/// InvalidTagException, TooManyTagsException, TagPolicyException, InvalidParameterException.
/// Thread: any.
/// Source: ACM API Reference "RequestCertificate".
runtime::Task<RequestCertificateResponse> RequestCertificate(AcmService& acm,
                                                             const protocol::RequestContext& context,
                                                             RequestCertificateRequest request);

}  // namespace cumulite::acm
