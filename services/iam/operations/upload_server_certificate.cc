#include "services/iam/operations/upload_server_certificate.h"

#include "base/ids.h"
#include "net/x509.h"
#include "services/iam/access.h"
#include "services/iam/errors.h"
#include "services/iam/iam_service.h"

namespace cumulite::iam {
using protocol::Wire;

protocol::Members UploadServerCertificateRequest::Describe() {
  using T = UploadServerCertificateRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::path>("Path").Length(1, 512).Pattern(R"((\u002F)|(\u002F[\u0021-\u007F]+\u002F))"),
      Wire<&T::server_certificate_name>("ServerCertificateName")
          .Required()
          .Length(1, 128)
          .Pattern(R"([\w+=,.@-]+)"),
      Wire<&T::certificate_body>("CertificateBody")
          .Required()
          .Length(1, 16'384)
          .Pattern(R"([\u0009\u000A\u000D\u0020-\u00FF]+)"),
      Wire<&T::private_key>("PrivateKey")
          .Required()
          .Length(1, 16'384)
          .Pattern(R"([\u0009\u000A\u000D\u0020-\u00FF]+)"),
      Wire<&T::certificate_chain>("CertificateChain")
          .Length(1, 2'097'152)
          .Pattern(R"([\u0009\u000A\u000D\u0020-\u00FF]+)"),
      Wire<&T::tags>("Tags").Length(0, 50),
  };
  return kMembers;
}

protocol::Members UploadServerCertificateResponse::Describe() {
  using T = UploadServerCertificateResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::server_certificate_metadata>("ServerCertificateMetadata"),
      Wire<&T::tags>("Tags"),
  };
  return kMembers;
}

namespace {

/// Errors: MalformedCertificate, KeyPairMismatch.
net::CertificateFacts CheckMaterial(const UploadServerCertificateRequest& request) {
  const auto facts = net::ReadCertificate(request.certificate_body);
  if (!facts || net::CountCertificates(request.certificate_body) != 1) {
    throw AwsError(kMalformedCertificate,
                   "Unable to parse certificate. Please ensure the certificate is in PEM format.");
  }
  switch (net::MatchKey(request.certificate_body, request.private_key)) {
    case net::KeyMatch::kNoKey:
      throw AwsError(
          kMalformedCertificate,
          "Unable to parse key; Please ensure the private key is in PEM format and not encrypted.");
    case net::KeyMatch::kOther:
      throw AwsError(kKeyPairMismatch, "Private key doesn't match certificate");
    case net::KeyMatch::kFits:
      break;
  }
  if (!request.certificate_chain) return *facts;
  if (!net::CountCertificates(*request.certificate_chain) ||
      !net::IsChainOf(request.certificate_body, *request.certificate_chain)) {
    throw AwsError(
        kMalformedCertificate,
        "Unable to validate certificate chain. The certificate chain must start with the immediate "
        "signing certificate, followed by any intermediaries in order.");
  }
  return *facts;
}

}  // namespace

runtime::Task<UploadServerCertificateResponse> UploadServerCertificate(
    IamService& iam, const protocol::RequestContext& context, UploadServerCertificateRequest request) {
  const std::string& account = context.identity.account;
  ServerCertificateRecord record;
  ServerCertificateMetadata& metadata = record.metadata;
  metadata.path = request.path.value_or("/");
  metadata.server_certificate_name = request.server_certificate_name;
  metadata.arn = ServerCertificateArn(account, metadata.path, request.server_certificate_name);
  RequireAllowed(context, metadata.arn);
  const net::CertificateFacts facts = CheckMaterial(request);
  metadata.server_certificate_id = "ASCA" + base::RandomUpperAlphanumeric(17);
  metadata.upload_date = protocol::Timestamp{
      std::chrono::floor<std::chrono::seconds>(iam.clock().Now()).time_since_epoch().count() * 1000};
  metadata.expiration = protocol::Timestamp{facts.not_after.time_since_epoch().count()};
  record.body = std::move(request.certificate_body);
  record.key = std::move(request.private_key);
  record.chain = std::move(request.certificate_chain);
  MergeTags(record.tags, request.tags);
  const auto save = [&] {
    iam.store().RequireFree(account, metadata.server_certificate_name);
    if (iam.store().CountInJob(account) >= kMaxServerCertificates) {
      throw AwsError(kLimitExceeded, "Cannot exceed quota for ServerCertificatesPerAccount: " +
                                         std::to_string(kMaxServerCertificates));
    }
    iam.store().Save(account, record);
  };
  co_await iam.Change(save);
  // A listener may have been given the ARN before.
  runtime::Task<void> told = iam.peers().certificate_users().CertificateChanged(record.metadata.arn);
  co_await told;
  co_return UploadServerCertificateResponse{std::move(record.metadata), std::move(record.tags)};
}

}  // namespace cumulite::iam
