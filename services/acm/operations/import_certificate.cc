#include "services/acm/operations/import_certificate.h"

#include "net/x509.h"
#include "services/acm/access.h"
#include "services/acm/acm_service.h"
#include "services/acm/certificate.h"
#include "services/acm/errors.h"

namespace cumulite::acm {
using protocol::Wire;

protocol::Members ImportCertificateRequest::Describe() {
  using T = ImportCertificateRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate_arn>("CertificateArn")
          .Length(20, 2048)
          .Pattern(R"(arn:[\w+=/,.@-]+:acm:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(/[\w+=,.@-]+)*)"),
      Wire<&T::certificate>("Certificate").Required().Length(1, 32'768),
      Wire<&T::private_key>("PrivateKey").Required().Length(1, 5120),
      Wire<&T::certificate_chain>("CertificateChain").Length(1, 2'097'152),
      Wire<&T::tags>("Tags").Length(1, 50),
  };
  return kMembers;
}

protocol::Members ImportCertificateResponse::Describe() {
  using T = ImportCertificateResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate_arn>("CertificateArn"),
  };
  return kMembers;
}

namespace {

/// Errors: ValidationException, in ACM's words.
net::CertificateFacts CheckMaterial(const ImportCertificateRequest& request, base::TimePoint now) {
  const std::string& body = request.certificate.bytes;
  const auto facts = net::ReadCertificate(body);
  const auto count = net::CountCertificates(body);
  if (!facts || !count) throw Invalid("The certificate field contains a certificate that is not valid.");
  if (*count > 1) {
    throw Invalid(
        "The certificate field contains more than one certificate. You can specify only one certificate in "
        "this field.");
  }
  if (facts->not_after <= now) throw Invalid("Provided certificate is expired.");
  switch (net::MatchKey(body, request.private_key.bytes)) {
    case net::KeyMatch::kNoKey:
      throw Invalid("The private key is not supported.");
    case net::KeyMatch::kOther:
      throw Invalid("The private key does not match the certificate.");
    case net::KeyMatch::kFits:
      break;
  }
  if (request.certificate_chain) {
    const std::string& chain = request.certificate_chain->bytes;
    if (!net::CountCertificates(chain)) {
      throw Invalid("The certificate chain contains a certificate that is not valid.");
    }
    if (!net::IsChainOf(body, chain)) {
      throw Invalid("Could not validate the certificate with the certificate chain.");
    }
  } else if (!net::IsChainOf(body, body)) {
    throw Invalid(
        "Provided certificate is not a valid self signed. Please provide either a valid self-signed "
        "certificate or certificate chain.");
  }
  return *facts;
}

}  // namespace

runtime::Task<ImportCertificateResponse> ImportCertificate(AcmService& acm,
                                                           const protocol::RequestContext& context,
                                                           ImportCertificateRequest request) {
  const protocol::Identity& caller = context.identity;
  RequireAllowed(context, request.certificate_arn.value_or(AnyCertificateArn(caller)));
  if (request.certificate_arn && !request.tags.empty()) {
    throw Invalid("You cannot apply tags when re-importing a certificate.");
  }
  const base::TimePoint now = acm.clock().Now();
  const net::CertificateFacts facts = CheckMaterial(request, now);
  CertificateRecord record;
  MergeTags(record.tags, request.tags);
  const auto save = [&] {
    if (request.certificate_arn) {
      record = acm.store().Open(*request.certificate_arn, context);
      if (record.detail.type != "IMPORTED") {
        throw Invalid("The certificate " + *request.certificate_arn + " was not imported.");
      }
      record.detail.key_usages.clear();
      record.detail.extended_key_usages.clear();
    } else {
      record.detail.certificate_arn = NewCertificateArn(caller);
      record.detail.created_at = TimestampOf(now);
    }
    CertificateDetail& detail = record.detail;
    DescribeBy(facts, detail);
    detail.domain_name = facts.common_name;
    if (facts.common_name.empty() && !facts.host_names.empty()) detail.domain_name = facts.host_names.front();
    detail.subject_alternative_names = facts.host_names;
    detail.imported_at = TimestampOf(now);
    detail.status = "ISSUED";
    detail.type = "IMPORTED";
    detail.renewal_eligibility = "INELIGIBLE";
    detail.options = CertificateOptions{"DISABLED"};
    record.body = request.certificate.bytes;
    record.key = request.private_key.bytes;
    record.chain = request.certificate_chain ? request.certificate_chain->bytes : std::string();
    acm.store().Save(record);
  };
  co_await acm.Change(save);
  if (request.certificate_arn) {
    runtime::Task<void> told = acm.peers().certificate_users().CertificateChanged(*request.certificate_arn);
    co_await told;
  }
  co_return ImportCertificateResponse{record.detail.certificate_arn};
}

}  // namespace cumulite::acm
