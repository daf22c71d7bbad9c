#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/members.h"

namespace cumulite::acm {

inline constexpr std::string_view kKeyAlgorithm[] = {
    "RSA_1024", "RSA_2048", "RSA_3072", "RSA_4096", "EC_prime256v1", "EC_secp384r1", "EC_secp521r1"};

struct Tag {
  std::string key;
  std::optional<std::string> value;
  static protocol::Members Describe();
};

struct CertificateOptions {
  std::optional<std::string> certificate_transparency_logging_preference;
  static protocol::Members Describe();
};

struct ResourceRecord {
  std::string name;
  std::string type;
  std::string value;
  static protocol::Members Describe();
};

struct DomainValidation {
  std::string domain_name;
  std::vector<std::string> validation_emails;
  std::optional<std::string> validation_domain;
  std::optional<std::string> validation_status;
  std::optional<ResourceRecord> resource_record;
  std::optional<std::string> validation_method;
  static protocol::Members Describe();
};

struct RenewalSummary {
  std::string renewal_status;
  std::vector<DomainValidation> domain_validation_options;
  std::optional<std::string> renewal_status_reason;
  protocol::Timestamp updated_at;
  static protocol::Members Describe();
};

struct KeyUsage {
  std::optional<std::string> name;
  static protocol::Members Describe();
};

struct ExtendedKeyUsage {
  std::optional<std::string> name;
  std::optional<std::string> oid;
  static protocol::Members Describe();
};

struct CertificateDetail {
  std::optional<std::string> certificate_arn;
  std::optional<std::string> domain_name;
  std::vector<std::string> subject_alternative_names;
  std::vector<DomainValidation> domain_validation_options;
  std::optional<std::string> serial;
  std::optional<std::string> subject;
  std::optional<std::string> issuer;
  std::optional<protocol::Timestamp> created_at;
  std::optional<protocol::Timestamp> issued_at;
  std::optional<protocol::Timestamp> imported_at;
  std::optional<std::string> status;
  std::optional<protocol::Timestamp> revoked_at;
  std::optional<std::string> revocation_reason;
  std::optional<protocol::Timestamp> not_before;
  std::optional<protocol::Timestamp> not_after;
  std::optional<std::string> key_algorithm;
  std::optional<std::string> signature_algorithm;
  std::vector<std::string> in_use_by;
  std::optional<std::string> failure_reason;
  std::optional<std::string> type;
  std::optional<RenewalSummary> renewal_summary;
  std::vector<KeyUsage> key_usages;
  std::vector<ExtendedKeyUsage> extended_key_usages;
  std::optional<std::string> certificate_authority_arn;
  std::optional<std::string> renewal_eligibility;
  std::optional<CertificateOptions> options;
  static protocol::Members Describe();
};

}  // namespace cumulite::acm
