#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/iam/shapes.h"

namespace cumulite::iam {
class IamService;

struct ServerCertificate {
  ServerCertificateMetadata server_certificate_metadata;
  std::string certificate_body;
  std::optional<std::string> certificate_chain;
  std::vector<Tag> tags;
  static protocol::Members Describe();
};

struct GetServerCertificateRequest {
  std::string server_certificate_name;
  static protocol::Members Describe();
};

struct GetServerCertificateResponse {
  ServerCertificate server_certificate;
  static protocol::Members Describe();
};

/// Shows a certificate with its PEM texts, but not its key.
///
/// Shapes: server_certificate_name 1..128 characters.
/// Errors: NoSuchEntityException, ServiceFailureException.
/// Thread: any.
/// Source: IAM API Reference "GetServerCertificate".
runtime::Task<GetServerCertificateResponse> GetServerCertificate(IamService& iam,
                                                                 const protocol::RequestContext& context,
                                                                 GetServerCertificateRequest request);

struct ListServerCertificatesRequest {
  std::optional<std::string> path_prefix;
  std::optional<std::string> marker;
  std::optional<std::int32_t> max_items;
  static protocol::Members Describe();
};

struct ListServerCertificatesResponse {
  std::vector<ServerCertificateMetadata> server_certificate_metadata_list;
  std::optional<bool> is_truncated;
  std::optional<std::string> marker;
  static protocol::Members Describe();
};

/// Lists the certificates of the account whose path begins with a prefix, by their names.
///
/// Shapes: path_prefix 1..512 characters; marker 1..320 characters; max_items 1..1000.
/// Errors: ServiceFailureException.
/// Thread: any.
/// Source: IAM API Reference "ListServerCertificates".
runtime::Task<ListServerCertificatesResponse> ListServerCertificates(IamService& iam,
                                                                     const protocol::RequestContext& context,
                                                                     ListServerCertificatesRequest request);

struct UpdateServerCertificateRequest {
  std::string server_certificate_name;
  std::optional<std::string> new_path;
  std::optional<std::string> new_server_certificate_name;
  static protocol::Members Describe();
};

struct UpdateServerCertificateResponse {
  static protocol::Members Describe() { return {}; }
};

/// Gives a certificate another name or path, and so another ARN.
///
/// Shapes: server_certificate_name 1..128 characters; new_path 1..512 characters;
/// new_server_certificate_name 1..128 characters.
/// Errors: NoSuchEntityException, EntityAlreadyExistsException, LimitExceededException,
/// ServiceFailureException.
/// Thread: any.
/// Source: IAM API Reference "UpdateServerCertificate".
runtime::Task<UpdateServerCertificateResponse> UpdateServerCertificate(
    IamService& iam, const protocol::RequestContext& context, UpdateServerCertificateRequest request);

struct DeleteServerCertificateRequest {
  std::string server_certificate_name;
  static protocol::Members Describe();
};

struct DeleteServerCertificateResponse {
  static protocol::Members Describe() { return {}; }
};

/// Deletes a certificate that nothing uses.
///
/// Shapes: server_certificate_name 1..128 characters.
/// Errors: NoSuchEntityException, DeleteConflictException, LimitExceededException, ServiceFailureException.
/// Thread: any.
/// Source: IAM API Reference "DeleteServerCertificate".
runtime::Task<DeleteServerCertificateResponse> DeleteServerCertificate(
    IamService& iam, const protocol::RequestContext& context, DeleteServerCertificateRequest request);

}  // namespace cumulite::iam
