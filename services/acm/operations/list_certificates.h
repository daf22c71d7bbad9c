#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/acm/shapes.h"

namespace cumulite::acm {
class AcmService;

struct Filters {
  std::vector<std::string> extended_key_usage;
  std::vector<std::string> key_usage;
  std::vector<std::string> key_types;
  static protocol::Members Describe();
};

struct CertificateSummary {
  std::optional<std::string> certificate_arn;
  std::optional<std::string> domain_name;
  std::vector<std::string> subject_alternative_name_summaries;
  std::optional<bool> has_additional_subject_alternative_names;
  std::optional<std::string> status;
  std::optional<std::string> type;
  std::optional<std::string> key_algorithm;
  std::vector<std::string> key_usages;
  std::vector<std::string> extended_key_usages;
  std::optional<bool> in_use;
  std::optional<bool> exported;
  std::optional<std::string> renewal_eligibility;
  std::optional<protocol::Timestamp> not_before;
  std::optional<protocol::Timestamp> not_after;
  std::optional<protocol::Timestamp> created_at;
  std::optional<protocol::Timestamp> issued_at;
  std::optional<protocol::Timestamp> imported_at;
  std::optional<protocol::Timestamp> revoked_at;
  static protocol::Members Describe();
};

struct ListCertificatesRequest {
  std::vector<std::string> certificate_statuses;
  std::optional<Filters> includes;
  std::optional<std::string> next_token;
  std::optional<std::int32_t> max_items;
  std::optional<std::string> sort_by;
  std::optional<std::string> sort_order;
  static protocol::Members Describe();
};

struct ListCertificatesResponse {
  std::optional<std::string> next_token;
  std::vector<CertificateSummary> certificate_summary_list;
  static protocol::Members Describe();
};

/// Lists the certificates of the account in the region; of RSA keys up to 2048 bits unless asked for others.
///
/// Shapes: next_token 1..10'000 characters; max_items 1..1000.
/// Errors: InvalidArgsException, ValidationException.
/// Thread: any.
/// Source: ACM API Reference "ListCertificates".
runtime::Task<ListCertificatesResponse> ListCertificates(AcmService& acm,
                                                         const protocol::RequestContext& context,
                                                         ListCertificatesRequest request);

}  // namespace cumulite::acm
