#include "services/acm/shapes.h"

namespace cumulite::acm {
using protocol::Wire;
namespace {

constexpr std::string_view kCertificateTransparencyLoggingPreference[] = {"ENABLED", "DISABLED"};

}  // namespace

protocol::Members Tag::Describe() {
  using T = Tag;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::key>("Key").Required().Length(1, 128).Pattern(R"([\p{L}\p{Z}\p{N}_.:\/=+\-@]*)"),
      Wire<&T::value>("Value").Length(0, 256).Pattern(R"([\p{L}\p{Z}\p{N}_.:\/=+\-@]*)"),
  };
  return kMembers;
}

protocol::Members CertificateOptions::Describe() {
  using T = CertificateOptions;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate_transparency_logging_preference>("CertificateTransparencyLoggingPreference")
          .Values(kCertificateTransparencyLoggingPreference),
  };
  return kMembers;
}

protocol::Members ResourceRecord::Describe() {
  using T = ResourceRecord;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::name>("Name"),
      Wire<&T::type>("Type"),
      Wire<&T::value>("Value"),
  };
  return kMembers;
}

protocol::Members DomainValidation::Describe() {
  using T = DomainValidation;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::domain_name>("DomainName"),
      Wire<&T::validation_emails>("ValidationEmails"),
      Wire<&T::validation_domain>("ValidationDomain"),
      Wire<&T::validation_status>("ValidationStatus"),
      Wire<&T::resource_record>("ResourceRecord"),
      Wire<&T::validation_method>("ValidationMethod"),
  };
  return kMembers;
}

protocol::Members RenewalSummary::Describe() {
  using T = RenewalSummary;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::renewal_status>("RenewalStatus"),
      Wire<&T::domain_validation_options>("DomainValidationOptions"),
      Wire<&T::renewal_status_reason>("RenewalStatusReason"),
      Wire<&T::updated_at>("UpdatedAt"),
  };
  return kMembers;
}

protocol::Members KeyUsage::Describe() {
  using T = KeyUsage;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::name>("Name"),
  };
  return kMembers;
}

protocol::Members ExtendedKeyUsage::Describe() {
  using T = ExtendedKeyUsage;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::name>("Name"),
      Wire<&T::oid>("OID"),
  };
  return kMembers;
}

protocol::Members CertificateDetail::Describe() {
  using T = CertificateDetail;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificate_arn>("CertificateArn"),
      Wire<&T::domain_name>("DomainName"),
      Wire<&T::subject_alternative_names>("SubjectAlternativeNames"),
      Wire<&T::domain_validation_options>("DomainValidationOptions"),
      Wire<&T::serial>("Serial"),
      Wire<&T::subject>("Subject"),
      Wire<&T::issuer>("Issuer"),
      Wire<&T::created_at>("CreatedAt"),
      Wire<&T::issued_at>("IssuedAt"),
      Wire<&T::imported_at>("ImportedAt"),
      Wire<&T::status>("Status"),
      Wire<&T::revoked_at>("RevokedAt"),
      Wire<&T::revocation_reason>("RevocationReason"),
      Wire<&T::not_before>("NotBefore"),
      Wire<&T::not_after>("NotAfter"),
      Wire<&T::key_algorithm>("KeyAlgorithm"),
      Wire<&T::signature_algorithm>("SignatureAlgorithm"),
      Wire<&T::in_use_by>("InUseBy").KeepEmpty(),
      Wire<&T::failure_reason>("FailureReason"),
      Wire<&T::type>("Type"),
      Wire<&T::renewal_summary>("RenewalSummary"),
      Wire<&T::key_usages>("KeyUsages"),
      Wire<&T::extended_key_usages>("ExtendedKeyUsages"),
      Wire<&T::certificate_authority_arn>("CertificateAuthorityArn"),
      Wire<&T::renewal_eligibility>("RenewalEligibility"),
      Wire<&T::options>("Options"),
  };
  return kMembers;
}

}  // namespace cumulite::acm
