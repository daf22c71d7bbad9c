#include "services/acm/operations/request_certificate.h"

#include <algorithm>

#include "base/text.h"
#include "net/certificate.h"
#include "net/x509.h"
#include "protocol/checksum.h"
#include "services/acm/access.h"
#include "services/acm/acm_service.h"
#include "services/acm/certificate.h"
#include "services/acm/domain_name.h"
#include "services/acm/errors.h"

namespace cumulite::acm {
using protocol::Wire;

namespace {

constexpr std::string_view kValidationMethod[] = {"EMAIL", "DNS"};

}  // namespace

protocol::Members DomainValidationOption::Describe() {
  using T = DomainValidationOption;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::domain_name>("DomainName").Within(kDomainName).Required(),
      Wire<&T::validation_domain>("ValidationDomain").Within(kDomainName).Required(),
  };
  return kMembers;
}

protocol::Members RequestCertificateRequest::Describe() {
  using T = RequestCertificateRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::domain_name>("DomainName").Within(kDomainName).Required(),
      Wire<&T::validation_method>("ValidationMethod").Values(kValidationMethod),
      Wire<&T::subject_alternative_names>("SubjectAlternativeNames").Length(1, 100).Elements(kDomainName),
      Wire<&T::idempotency_token>("IdempotencyToken").Length(1, 32).Pattern(R"(\w+)"),
      Wire<&T::domain_validation_options>("DomainValidationOptions").Length(1, 100),
      Wire<&T::options>("Options"),
      Wire<&T::certificate_authority_arn>("CertificateAuthorityArn")
          .Length(20, 2048)
          .Pattern(R"(arn:[\w+=/,.@-]+:acm-pca:[\w+=/,.@-]*:[0-9]+:[\w+=,.@-]+(/[\w+=,.@-]+)*)"),
      Wire<&T::tags>("Tags").Length(1, 50),
      Wire<&T::key_algorithm>("KeyAlgorithm").Values(kKeyAlgorithm),
  };
  return kMembers;
}

protocol::Members RequestCertificateResponse::Describe() {
  using T = RequestCertificateResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate_arn>("CertificateArn"),
  };
  return kMembers;
}

namespace {

constexpr std::chrono::hours kDay{24};
constexpr std::chrono::hours kValidity = kDay * 395;  // thirteen months
constexpr std::chrono::hours kSameToken{1};

/// The domain first, each name once.
std::vector<std::string> NamesOf(const RequestCertificateRequest& request) {
  std::vector<std::string> names{request.domain_name};
  for (const std::string& name : request.subject_alternative_names) {
    if (std::ranges::find(names, name) == names.end()) names.push_back(name);
  }
  return names;
}

/// As the owner of a name would prove it. A wildcard is proven with the name below it.
DomainValidation ValidationOf(const RequestCertificateRequest& request, const std::string& account,
                              const std::string& name) {
  const std::string proven = name.starts_with("*.") ? name.substr(2) : name;
  DomainValidation validation;
  validation.domain_name = name;
  validation.validation_domain = name;
  validation.validation_status = "SUCCESS";
  validation.validation_method = request.validation_method.value_or("EMAIL");
  if (validation.validation_method == "DNS") {
    // The same for each certificate of an account, as on AWS.
    const std::string about = base::ToLower(account + proven);
    const auto digest = [](std::string_view text) {
      protocol::Hasher hasher(protocol::ChecksumAlgorithm::kMd5);
      hasher.Update(text);
      return hasher.Finish().Hex();
    };
    validation.resource_record = {.name = "_" + digest(about) + "." + proven + ".",
                                  .type = "CNAME",
                                  .value = "_" + digest(about + "value") + ".acm-validations.aws."};
    return validation;
  }
  for (const DomainValidationOption& option : request.domain_validation_options) {
    if (option.domain_name == name) validation.validation_domain = option.validation_domain;
  }
  for (const char* mailbox : {"admin", "administrator", "hostmaster", "postmaster", "webmaster"}) {
    validation.validation_emails.push_back(std::string(mailbox) + "@" + *validation.validation_domain);
  }
  return validation;
}

void CheckValidationOptions(const RequestCertificateRequest& request, const std::vector<std::string>& names) {
  for (const DomainValidationOption& option : request.domain_validation_options) {
    const std::string& domain = option.domain_name;
    const bool below = domain == option.validation_domain || domain.ends_with("." + option.validation_domain);
    if (below && std::ranges::find(names, domain) != names.end()) continue;
    throw AwsError(kInvalidDomainValidationOptions, "Domain validation options for domain " + domain +
                                                        " are not valid: the validation domain must be the "
                                                        "domain or one above it.");
  }
}

}  // namespace

runtime::Task<RequestCertificateResponse> RequestCertificate(AcmService& acm,
                                                             const protocol::RequestContext& context,
                                                             RequestCertificateRequest request) {
  const protocol::Identity& caller = context.identity;
  RequireAllowed(context, AnyCertificateArn(caller));
  if (request.certificate_authority_arn) {
    throw AwsError(protocol::kNotImplemented,
                   "Certificates of a private certificate authority are not part of this server.");
  }
  const std::vector<std::string> names = NamesOf(request);
  CheckValidationOptions(request, names);
  CertificateRecord record;
  MergeTags(record.tags, request.tags);
  record.idempotency_token = request.idempotency_token;
  const base::TimePoint now = acm.clock().Now();
  const auto already = [&]() -> std::optional<std::string> {
    if (!request.idempotency_token) return std::nullopt;
    for (const CertificateRecord& other : acm.store().All(caller.account, caller.region)) {
      const base::TimePoint made{std::chrono::milliseconds(other.detail.created_at->milliseconds)};
      if (other.idempotency_token == request.idempotency_token && now - made < kSameToken &&
          other.detail.subject_alternative_names == names) {
        return other.detail.certificate_arn;
      }
    }
    return std::nullopt;
  };
  if (auto arn = already()) co_return RequestCertificateResponse{std::move(arn)};

  runtime::Task<net::SelfSigned> finding = acm.Authority();
  const net::SelfSigned authority = co_await finding;
  const net::CertificateWish wish{.names = names,
                                  .key_algorithm = request.key_algorithm.value_or("RSA_2048"),
                                  .not_before = std::chrono::floor<std::chrono::days>(now),
                                  .not_after = std::chrono::floor<std::chrono::days>(now) + kValidity};
  const auto issue = [&] { return net::IssueCertificate(authority, wish); };
  net::SelfSigned issued = co_await acm.RunOnWorker(issue);
  record.body = std::move(issued.certificate_pem);
  record.key = std::move(issued.key_pem);
  record.chain = authority.certificate_pem;

  CertificateDetail& detail = record.detail;
  detail.certificate_arn = NewCertificateArn(caller);
  detail.domain_name = request.domain_name;
  DescribeBy(*net::ReadCertificate(record.body), detail);
  detail.subject_alternative_names = names;
  for (const std::string& name : names) {
    detail.domain_validation_options.push_back(ValidationOf(request, caller.account, name));
  }
  detail.created_at = TimestampOf(now);
  detail.issued_at = TimestampOf(now);
  detail.status = "ISSUED";
  detail.type = "AMAZON_ISSUED";
  detail.renewal_eligibility = "INELIGIBLE";
  detail.options = request.options.value_or(CertificateOptions{});
  auto& logging = detail.options->certificate_transparency_logging_preference;
  if (!logging) logging = "ENABLED";
  const auto save = [&] { acm.store().Save(record); };
  co_await acm.Change(save);
  co_return RequestCertificateResponse{detail.certificate_arn};
}

}  // namespace cumulite::acm
