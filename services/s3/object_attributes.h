#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace cumulite::s3 {

enum class RetentionMode : std::uint8_t { kGovernance, kCompliance };

/// Until when Object Lock keeps a version.
struct Retention {
  RetentionMode mode = RetentionMode::kGovernance;
  base::TimePoint until;
  friend bool operator==(const Retention&, const Retention&) = default;
};

/// Who holds the key of the bytes as they lie on disk.
enum class Seal : std::uint8_t { kNone, kLocal, kCustomer };

/// x-amz-server-side-encryption and what belongs to it.
struct Encryption {
  enum class Kind : std::uint8_t { kAes256, kKms, kDsse, kCustomer };

  Kind kind = Kind::kAes256;
  Seal seal = Seal::kNone;
  bool bucket_key = false;
  std::string kms_key;           // an ARN
  std::string context;           // base64 of JSON, as sent
  std::string customer_key_md5;  // base64
  friend bool operator==(const Encryption&, const Encryption&) = default;
};

/// What is known of a version, or of the object that an upload becomes, besides its bytes and the headers
/// that come back as they were sent. Most objects have none of it, so it is one text in their row, or NULL.
struct ObjectAttributes {
  std::string owner;          // the account that it belongs to; empty: the bucket's
  std::string storage_class;  // empty: STANDARD
  Encryption encryption;
  std::string redirect;  // x-amz-website-redirect-location
  std::string tags;      // as in x-amz-tagging, checked and ordered; empty: none
  std::string acl;       // the grants document; empty: the owner's alone
  std::optional<Retention> retention;
  std::optional<bool> legal_hold;           // absent: never set
  std::string replication;                  // "PENDING", "COMPLETED", "FAILED", "REPLICA"; empty: none
  std::optional<base::TimePoint> restored;  // an archived object can be read until then

  std::string_view StorageClass() const {
    return storage_class.empty() ? std::string_view("STANDARD") : std::string_view(storage_class);
  }
  friend bool operator==(const ObjectAttributes&, const ObjectAttributes&) = default;
};

/// The account that an object belongs to, in a bucket (or anything else that has an account).
template <class Bucket>
const std::string& OwnerOf(const ObjectAttributes& attributes, const Bucket& bucket) {
  return attributes.owner.empty() ? bucket.account : attributes.owner;
}

/// As kept in a row: "name=value&...", empty when nothing is to be told.
std::string EncodeAttributes(const ObjectAttributes& attributes);
/// The inverse; what it does not know it leaves out.
/// Errors: std::invalid_argument for a value that EncodeAttributes did not write.
ObjectAttributes DecodeAttributes(std::string_view text);

/// "GOVERNANCE", "COMPLIANCE".
std::string_view ToString(RetentionMode mode);
std::optional<RetentionMode> ParseRetentionMode(std::string_view text);

}  // namespace cumulite::s3
