#pragma once
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "net/x509.h"
#include "protocol/context.h"
#include "services/acm/shapes.h"

namespace cumulite::acm {

/// What is kept of a certificate: its description, without who uses it, and the PEM texts.
struct CertificateRecord {
  CertificateDetail detail;
  std::string body;
  std::string chain;  // empty for a self-signed one that was imported
  std::string key;
  std::vector<Tag> tags;
  std::optional<std::string> idempotency_token;
  static protocol::Members Describe();
};

/// "arn:aws:acm:us-east-1:000000000000:certificate/UUID".
std::string NewCertificateArn(const protocol::Identity& identity);
/// What policies say where there is no certificate yet: "...:certificate/*".
std::string AnyCertificateArn(const protocol::Identity& identity);

protocol::Timestamp TimestampOf(base::TimePoint time);

/// What the certificate says of itself: subject, serial number, validity, key, usages.
void DescribeBy(const net::CertificateFacts& facts, CertificateDetail& detail);
/// What depends on the time and on who uses it: EXPIRED, and whether it would be renewed.
void ShowAt(CertificateDetail& detail, base::TimePoint now);

/// Errors: InvalidTagException for keys that AWS keeps to itself, TooManyTagsException beyond 50.
void MergeTags(std::vector<Tag>& tags, const std::vector<Tag>& more);

}  // namespace cumulite::acm
