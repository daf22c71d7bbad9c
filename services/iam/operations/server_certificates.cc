#include "services/iam/operations/server_certificates.h"

#include <algorithm>

#include "services/iam/access.h"
#include "services/iam/errors.h"
#include "services/iam/iam_service.h"
#include "services/iam/page.h"

namespace cumulite::iam {
using protocol::Wire;

protocol::Members ServerCertificate::Describe() {
  using T = ServerCertificate;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::server_certificate_metadata>("ServerCertificateMetadata"),
      Wire<&T::certificate_body>("CertificateBody"),
      Wire<&T::certificate_chain>("CertificateChain"),
      Wire<&T::tags>("Tags"),
  };
  return kMembers;
}

protocol::Members GetServerCertificateRequest::Describe() {
  using T = GetServerCertificateRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::server_certificate_name>("ServerCertificateName")
          .Required()
          .Length(1, 128)
          .Pattern(R"([\w+=,.@-]+)"),
  };
  return kMembers;
}

protocol::Members GetServerCertificateResponse::Describe() {
  using T = GetServerCertificateResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::server_certificate>("ServerCertificate"),
  };
  return kMembers;
}

protocol::Members ListServerCertificatesRequest::Describe() {
  using T = ListServerCertificatesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::path_prefix>("PathPrefix").Length(1, 512).Pattern(R"(\u002F[\u0021-\u007F]*)"),
      Wire<&T::marker>("Marker").Length(1, 320).Pattern(R"([\u0020-\u00FF]+)"),
      Wire<&T::max_items>("MaxItems").Range(1, 1000),
  };
  return kMembers;
}

protocol::Members ListServerCertificatesResponse::Describe() {
  using T = ListServerCertificatesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::server_certificate_metadata_list>("ServerCertificateMetadataList"),
      Wire<&T::is_truncated>("IsTruncated"),
      Wire<&T::marker>("Marker"),
  };
  return kMembers;
}

protocol::Members UpdateServerCertificateRequest::Describe() {
  using T = UpdateServerCertificateRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::server_certificate_name>("ServerCertificateName")
          .Required()
          .Length(1, 128)
          .Pattern(R"([\w+=,.@-]+)"),
      Wire<&T::new_path>("NewPath").Length(1, 512).Pattern(R"((\u002F)|(\u002F[\u0021-\u007F]+\u002F))"),
      Wire<&T::new_server_certificate_name>("NewServerCertificateName")
          .Length(1, 128)
          .Pattern(R"([\w+=,.@-]+)"),
  };
  return kMembers;
}

protocol::Members DeleteServerCertificateRequest::Describe() {
  using T = DeleteServerCertificateRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::server_certificate_name>("ServerCertificateName")
          .Required()
          .Length(1, 128)
          .Pattern(R"([\w+=,.@-]+)"),
  };
  return kMembers;
}

runtime::Task<GetServerCertificateResponse> GetServerCertificate(IamService& iam,
                                                                 const protocol::RequestContext& context,
                                                                 GetServerCertificateRequest request) {
  RequireAllowedNamed(iam, context, request.server_certificate_name);
  ServerCertificateRecord record =
      iam.store().OpenCommitted(context.identity.account, request.server_certificate_name);
  GetServerCertificateResponse response;
  response.server_certificate = {std::move(record.metadata), std::move(record.body), std::move(record.chain),
                                 std::move(record.tags)};
  co_return response;
}

runtime::Task<ListServerCertificatesResponse> ListServerCertificates(IamService& iam,
                                                                     const protocol::RequestContext& context,
                                                                     ListServerCertificatesRequest request) {
  RequireAllowed(context, "*");
  ListServerCertificatesResponse response;
  auto& list = response.server_certificate_metadata_list;
  const std::string prefix = request.path_prefix.value_or("/");
  for (ServerCertificateRecord& record : iam.store().All(context.identity.account)) {
    if (record.metadata.path.starts_with(prefix)) list.push_back(std::move(record.metadata));
  }
  std::ranges::sort(list, {}, &ServerCertificateMetadata::server_certificate_name);
  response.marker = CutPage("ListServerCertificates", list, request.marker, request.max_items,
                            &ServerCertificateMetadata::server_certificate_name);
  response.is_truncated = response.marker.has_value();
  co_return response;
}

runtime::Task<UpdateServerCertificateResponse> UpdateServerCertificate(
    IamService& iam, const protocol::RequestContext& context, UpdateServerCertificateRequest request) {
  const std::string& account = context.identity.account;
  RequireAllowedNamed(iam, context, request.server_certificate_name);
  const auto update = [&] {
    ServerCertificateRecord record = iam.store().Open(account, request.server_certificate_name);
    const std::string before = record.metadata.arn;
    std::string& name = record.metadata.server_certificate_name;
    if (request.new_server_certificate_name && *request.new_server_certificate_name != name) {
      iam.store().RequireFree(account, *request.new_server_certificate_name);
      name = *request.new_server_certificate_name;
    }
    if (request.new_path) record.metadata.path = *request.new_path;
    record.metadata.arn = ServerCertificateArn(account, record.metadata.path, name);
    iam.store().Erase(before);
    iam.store().Save(account, record);
  };
  co_await iam.Change(update);
  co_return UpdateServerCertificateResponse{};
}

runtime::Task<DeleteServerCertificateResponse> DeleteServerCertificate(
    IamService& iam, const protocol::RequestContext& context, DeleteServerCertificateRequest request) {
  const std::string& account = context.identity.account;
  RequireAllowedNamed(iam, context, request.server_certificate_name);
  const ServerCertificateRecord record = iam.store().OpenCommitted(account, request.server_certificate_name);
  runtime::Task<std::vector<std::string>> asking =
      iam.peers().certificate_users().UsersOf(record.metadata.arn);
  const std::vector<std::string> users = co_await asking;
  if (!users.empty()) {
    throw AwsError(kDeleteConflict, "Certificate: " + record.metadata.server_certificate_id +
                                        " is currently in use by " + users.front() +
                                        ". Please remove it first before deleting it from IAM.");
  }
  const auto erase = [&] {
    iam.store().Erase(iam.store().Open(account, request.server_certificate_name).metadata.arn);
  };
  co_await iam.Change(erase);
  co_return DeleteServerCertificateResponse{};
}

}  // namespace cumulite::iam
