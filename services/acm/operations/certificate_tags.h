#pragma once
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/acm/shapes.h"

namespace cumulite::acm {
class AcmService;

struct AddTagsToCertificateRequest {
  std::string certificate_arn;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct AddTagsToCertificateResponse {
  static protocol::Members Describe() { return {}; }
};

/// Adds tags; a key that is there gets the new value.
///
/// Shapes: certificate_arn 20..2048 characters; tags 1..50 elements.
/// Errors: ResourceNotFoundException, InvalidArnException, InvalidTagException, TooManyTagsException,
/// TagPolicyException, InvalidParameterException, ThrottlingException.
/// Thread: any.
/// Source: ACM API Reference "AddTagsToCertificate".
runtime::Task<AddTagsToCertificateResponse> AddTagsToCertificate(AcmService& acm,
                                                                 const protocol::RequestContext& context,
                                                                 AddTagsToCertificateRequest request);

struct RemoveTagsFromCertificateRequest {
  std::string certificate_arn;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct RemoveTagsFromCertificateResponse {
  static protocol::Members Describe() { return {}; }
};

/// Removes tags by key, or by key and value where a value is given.
///
/// Shapes: certificate_arn 20..2048 characters; tags 1..50 elements.
/// Errors: ResourceNotFoundException, InvalidArnException, InvalidTagException, TagPolicyException,
/// InvalidParameterException, ThrottlingException.
/// Thread: any.
/// Source: ACM API Reference "RemoveTagsFromCertificate".
runtime::Task<RemoveTagsFromCertificateResponse> RemoveTagsFromCertificate(
    AcmService& acm, const protocol::RequestContext& context, RemoveTagsFromCertificateRequest request);

struct ListTagsForCertificateRequest {
  std::string certificate_arn;
  static protocol::Members Describe();
};

struct ListTagsForCertificateResponse {
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

/// Lists a certificate's tags.
///
/// Shapes: certificate_arn 20..2048 characters.
/// Errors: ResourceNotFoundException, InvalidArnException.
/// Thread: any.
/// Source: ACM API Reference "ListTagsForCertificate".
runtime::Task<ListTagsForCertificateResponse> ListTagsForCertificate(AcmService& acm,
                                                                     const protocol::RequestContext& context,
                                                                     ListTagsForCertificateRequest request);

}  // namespace cumulite::acm
