#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/iam/shapes.h"

namespace cumulite::iam {
class IamService;

struct TagServerCertificateRequest {
  std::string server_certificate_name;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct TagServerCertificateResponse {
  static protocol::Members Describe() { return {}; }
};

/// Adds tags; a key that is there gets the new value.
///
/// Shapes: server_certificate_name 1..128 characters; tags 0..50 elements.
/// Errors: NoSuchEntityException, InvalidInputException, LimitExceededException,
/// ConcurrentModificationException, ServiceFailureException.
/// Thread: any.
/// Source: IAM API Reference "TagServerCertificate".
runtime::Task<TagServerCertificateResponse> TagServerCertificate(IamService& iam,
                                                                 const protocol::RequestContext& context,
                                                                 TagServerCertificateRequest request);

struct UntagServerCertificateRequest {
  std::string server_certificate_name;
  std::vector<std::string> tag_keys;
  static protocol::Members Describe();
};

struct UntagServerCertificateResponse {
  static protocol::Members Describe() { return {}; }
};

/// Removes tags.
///
/// Shapes: server_certificate_name 1..128 characters; tag_keys 0..50 elements.
/// Errors: NoSuchEntityException, InvalidInputException, ConcurrentModificationException,
/// ServiceFailureException.
/// Thread: any.
/// Source: IAM API Reference "UntagServerCertificate".
runtime::Task<UntagServerCertificateResponse> UntagServerCertificate(IamService& iam,
                                                                     const protocol::RequestContext& context,
                                                                     UntagServerCertificateRequest request);

struct ListServerCertificateTagsRequest {
  std::string server_certificate_name;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
  static protocol::Members Describe();
};

struct ListServerCertificateTagsResponse {
  std::vector<Tag> tags;
  std::optional<bool> is_truncated;
  std::optional<std::string> marker;
  static protocol::Members Describe();
};

/// Lists a certificate's tags in the order of their keys.
///
/// Shapes: server_certificate_name 1..128 characters; marker 1..320 characters; max_items 1..1000.
/// Errors: NoSuchEntityException, ServiceFailureException.
/// Thread: any.
/// Source: IAM API Reference "ListServerCertificateTags".
runtime::Task<ListServerCertificateTagsResponse> ListServerCertificateTags(
    IamService& iam, const protocol::RequestContext& context, ListServerCertificateTagsRequest request);

}  // namespace cumulite::iam
