#include "services/acm/operations/list_certificates.h"

#include <algorithm>

#include "services/acm/access.h"
#include "services/acm/acm_service.h"
#include "services/acm/certificate.h"
#include "services/acm/errors.h"
#include "services/resource/page_token.h"

namespace cumulite::acm {
using protocol::Wire;

namespace {

constexpr std::string_view kExtendedKeyUsageName[] = {"TLS_WEB_SERVER_AUTHENTICATION",
                                                      "TLS_WEB_CLIENT_AUTHENTICATION",
                                                      "CODE_SIGNING",
                                                      "EMAIL_PROTECTION",
                                                      "TIME_STAMPING",
                                                      "OCSP_SIGNING",
                                                      "IPSEC_END_SYSTEM",
                                                      "IPSEC_TUNNEL",
                                                      "IPSEC_USER",
                                                      "ANY",
                                                      "NONE",
                                                      "CUSTOM"};
constexpr protocol::Limits kExtendedKeyUsageNameLimits = protocol::Limits{}.Values(kExtendedKeyUsageName);
constexpr std::string_view kKeyUsageName[] = {"DIGITAL_SIGNATURE",
                                              "NON_REPUDIATION",
                                              "KEY_ENCIPHERMENT",
                                              "DATA_ENCIPHERMENT",
                                              "KEY_AGREEMENT",
                                              "CERTIFICATE_SIGNING",
                                              "CRL_SIGNING",
                                              "ENCIPHER_ONLY",
                                              "DECIPHER_ONLY",
                                              "ANY",
                                              "CUSTOM"};
constexpr protocol::Limits kKeyUsageNameLimits = protocol::Limits{}.Values(kKeyUsageName);
constexpr protocol::Limits kKeyAlgorithmLimits = protocol::Limits{}.Values(kKeyAlgorithm);
constexpr std::string_view kCertificateStatus[] = {"PENDING_VALIDATION",   "ISSUED",  "INACTIVE", "EXPIRED",
                                                   "VALIDATION_TIMED_OUT", "REVOKED", "FAILED"};
constexpr protocol::Limits kCertificateStatusLimits = protocol::Limits{}.Values(kCertificateStatus);
constexpr std::string_view kSortBy[] = {"CREATED_AT"};
constexpr std::string_view kSortOrder[] = {"ASCENDING", "DESCENDING"};

}  // namespace

protocol::Members Filters::Describe() {
  using T = Filters;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::extended_key_usage>("extendedKeyUsage").Elements(kExtendedKeyUsageNameLimits),
      Wire<&T::key_usage>("keyUsage").Elements(kKeyUsageNameLimits),
      Wire<&T::key_types>("keyTypes").Elements(kKeyAlgorithmLimits),
  };
  return kMembers;
}

protocol::Members CertificateSummary::Describe() {
  using T = CertificateSummary;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate_arn>("CertificateArn"),
      Wire<&T::domain_name>("DomainName"),
      Wire<&T::subject_alternative_name_summaries>("SubjectAlternativeNameSummaries"),
      Wire<&T::has_additional_subject_alternative_names>("HasAdditionalSubjectAlternativeNames"),
      Wire<&T::status>("Status"),
      Wire<&T::type>("Type"),
      Wire<&T::key_algorithm>("KeyAlgorithm"),
      Wire<&T::key_usages>("KeyUsages"),
      Wire<&T::extended_key_usages>("ExtendedKeyUsages"),
      Wire<&T::in_use>("InUse"),
      Wire<&T::exported>("Exported"),
      Wire<&T::renewal_eligibility>("RenewalEligibility"),
      Wire<&T::not_before>("NotBefore"),
      Wire<&T::not_after>("NotAfter"),
      Wire<&T::created_at>("CreatedAt"),
      Wire<&T::issued_at>("IssuedAt"),
      Wire<&T::imported_at>("ImportedAt"),
      Wire<&T::revoked_at>("RevokedAt"),
  };
  return kMembers;
}

protocol::Members ListCertificatesRequest::Describe() {
  using T = ListCertificatesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate_statuses>("CertificateStatuses").Elements(kCertificateStatusLimits),
      Wire<&T::includes>("Includes"),
      Wire<&T::next_token>("NextToken").Length(1, 10'000).Pattern(R"([\u0009\u000A\u000D\u0020-\u00FF]*)"),
      Wire<&T::max_items>("MaxItems").Range(1, 1000),
      Wire<&T::sort_by>("SortBy").Values(kSortBy),
      Wire<&T::sort_order>("SortOrder").Values(kSortOrder),
  };
  return kMembers;
}

protocol::Members ListCertificatesResponse::Describe() {
  using T = ListCertificatesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::next_token>("NextToken"),
      Wire<&T::certificate_summary_list>("CertificateSummaryList"),
  };
  return kMembers;
}

namespace {

constexpr std::size_t kPageSize = 1000;
constexpr std::size_t kShownNames = 100;

CertificateSummary Summarize(const CertificateDetail& detail, bool in_use) {
  CertificateSummary summary;
  summary.certificate_arn = detail.certificate_arn;
  summary.domain_name = detail.domain_name;
  summary.subject_alternative_name_summaries = detail.subject_alternative_names;
  auto& names = summary.subject_alternative_name_summaries;
  summary.has_additional_subject_alternative_names = names.size() > kShownNames;
  if (names.size() > kShownNames) names.resize(kShownNames);
  summary.status = detail.status;
  summary.type = detail.type;
  summary.key_algorithm = detail.key_algorithm;
  for (const KeyUsage& usage : detail.key_usages) summary.key_usages.push_back(*usage.name);
  for (const ExtendedKeyUsage& usage : detail.extended_key_usages) {
    summary.extended_key_usages.push_back(*usage.name);
  }
  summary.in_use = in_use;
  summary.renewal_eligibility = detail.renewal_eligibility;
  summary.not_before = detail.not_before;
  summary.not_after = detail.not_after;
  summary.created_at = detail.created_at;
  summary.issued_at = detail.issued_at;
  summary.imported_at = detail.imported_at;
  return summary;
}

bool IsWanted(const CertificateSummary& summary, const ListCertificatesRequest& request) {
  static const std::vector<std::string> kUsualKeys{"RSA_1024", "RSA_2048"};
  const Filters filters = request.includes.value_or(Filters{});
  const auto holds = [](const std::vector<std::string>& wanted, const std::string& value) {
    return wanted.empty() || std::ranges::find(wanted, value) != wanted.end();
  };
  const auto any = [&](const std::vector<std::string>& wanted, const std::vector<std::string>& values) {
    return wanted.empty() ||
           std::ranges::any_of(values, [&](const std::string& value) { return holds(wanted, value); });
  };
  return holds(request.certificate_statuses, *summary.status) &&
         holds(filters.key_types.empty() ? kUsualKeys : filters.key_types, *summary.key_algorithm) &&
         any(filters.key_usage, summary.key_usages) &&
         any(filters.extended_key_usage, summary.extended_key_usages);
}

}  // namespace

runtime::Task<ListCertificatesResponse> ListCertificates(AcmService& acm,
                                                         const protocol::RequestContext& context,
                                                         ListCertificatesRequest request) {
  RequireAllowed(context, "*");
  const protocol::Identity& caller = context.identity;
  std::vector<CertificateSummary> all;
  for (CertificateRecord& record : acm.store().All(caller.account, caller.region)) {
    runtime::Task<std::vector<std::string>> asking =
        acm.peers().certificate_users().UsersOf(*record.detail.certificate_arn);
    record.detail.in_use_by = co_await asking;
    ShowAt(record.detail, acm.clock().Now());
    CertificateSummary summary = Summarize(record.detail, !record.detail.in_use_by.empty());
    if (IsWanted(summary, request)) all.push_back(std::move(summary));
  }
  if (request.sort_by.has_value() != request.sort_order.has_value()) {
    throw AwsError(kInvalidArgs, "SortBy and SortOrder must be specified together.");
  }
  if (request.sort_order == "DESCENDING") std::ranges::reverse(all);  // they are in the order of creation
  ListCertificatesResponse response;
  std::size_t at = 0;
  const std::string list = "ListCertificates " + caller.account + caller.region;
  if (request.next_token) {
    const auto place = resource::DecodePageToken(list, *request.next_token);
    if (!place) throw Invalid("The next token is not valid.");
    while (at < all.size() && all[at].certificate_arn != *place) ++at;
    at = std::min(at + 1, all.size());
  }
  const std::size_t page = static_cast<std::size_t>(request.max_items.value_or(kPageSize));
  const std::size_t end = std::min(all.size(), at + page);
  if (end < all.size()) {
    response.next_token = resource::EncodePageToken(list, *all[end - 1].certificate_arn);
  }
  for (; at < end; ++at) response.certificate_summary_list.push_back(std::move(all[at]));
  co_return response;
}

}  // namespace cumulite::acm
