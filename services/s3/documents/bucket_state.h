#pragma once
#include <cstdint>
#include <optional>
#include <string>

#include "protocol/members.h"

/// The small settings of a bucket, and the locks of objects. Source: S3 API Reference, "Data Types".
namespace cumulite::s3::documents {

struct AccelerateConfiguration {
  std::optional<std::string> status;
  static protocol::Members Describe();
};

struct RequestPaymentConfiguration {
  std::string payer;
  static protocol::Members Describe();
};

struct VersioningConfiguration {
  std::optional<std::string> mfa_delete;
  std::optional<std::string> status;
  static protocol::Members Describe();
};

struct DefaultRetention {
  std::optional<std::string> mode;
  std::optional<std::int32_t> days;
  std::optional<std::int32_t> years;
  static protocol::Members Describe();
};

struct ObjectLockRule {
  std::optional<DefaultRetention> default_retention;
  static protocol::Members Describe();
};

struct ObjectLockConfiguration {
  std::optional<std::string> object_lock_enabled;
  std::optional<ObjectLockRule> rule;
  static protocol::Members Describe();
};

struct ObjectLockLegalHold {
  std::optional<std::string> status;
  static protocol::Members Describe();
};

struct ObjectLockRetention {
  std::optional<std::string> mode;
  std::optional<protocol::Timestamp> retain_until_date;
  static protocol::Members Describe();
};

}  // namespace cumulite::s3::documents
