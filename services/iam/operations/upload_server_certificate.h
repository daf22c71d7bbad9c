#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/iam/shapes.h"

namespace cumulite::iam {
class IamService;

struct UploadServerCertificateRequest {
  std::optional<std::string> path;
  std::string server_certificate_name;
  std::string certificate_body;
  std::string private_key;
  std::optional<std::string> certificate_chain;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct UploadServerCertificateResponse {
  std::optional<ServerCertificateMetadata> server_certificate_metadata;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

/// Takes over a certificate with its key, under a name.
///
/// Shapes: path 1..512 characters; server_certificate_name 1..128 characters; certificate_body 1..16'384
/// characters; private_key 1..16'384 characters; certificate_chain 1..2'097'152 characters; tags 0..50
/// elements.
/// Errors: LimitExceededException, InvalidInputException, EntityAlreadyExistsException,
/// MalformedCertificateException, KeyPairMismatchException, ConcurrentModificationException,
/// ServiceFailureException.
/// Thread: any.
/// Source: IAM API Reference "UploadServerCertificate".
runtime::Task<UploadServerCertificateResponse> UploadServerCertificate(
    IamService& iam, const protocol::RequestContext& context, UploadServerCertificateRequest request);

}  // namespace cumulite::iam
