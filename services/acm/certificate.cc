#include "services/acm/certificate.h"

#include <algorithm>

#include "base/ids.h"
#include "protocol/arn.h"
#include "services/acm/errors.h"
#include "services/resource/tags.h"

namespace cumulite::acm {
using protocol::Wire;

protocol::Members CertificateRecord::Describe() {
  using T = CertificateRecord;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::detail>("Detail"), Wire<&T::body>("Body"), Wire<&T::chain>("Chain"),
      Wire<&T::key>("Key"),       Wire<&T::tags>("Tags"), Wire<&T::idempotency_token>("IdempotencyToken"),
  };
  return kMembers;
}

std::string NewCertificateArn(const protocol::Identity& identity) {
  return protocol::FormatArn("acm", identity.region, identity.account, "certificate/" + base::RandomUuid());
}

std::string AnyCertificateArn(const protocol::Identity& identity) {
  return protocol::FormatArn("acm", identity.region, identity.account, "certificate/*");
}

protocol::Timestamp TimestampOf(base::TimePoint time) { return {time.time_since_epoch().count()}; }

void DescribeBy(const net::CertificateFacts& facts, CertificateDetail& detail) {
  detail.serial = facts.serial;
  detail.subject = facts.subject;
  detail.issuer = facts.issuer;
  detail.not_before = TimestampOf(facts.not_before);
  detail.not_after = TimestampOf(facts.not_after);
  detail.key_algorithm = facts.key_algorithm;
  detail.signature_algorithm = facts.signature_algorithm;
  for (const std::string& name : facts.key_usages) detail.key_usages.push_back({name});
  for (const auto& usage : facts.extended_key_usages) {
    detail.extended_key_usages.push_back({usage.name, usage.oid});
    if (usage.oid.empty()) detail.extended_key_usages.back().oid.reset();
  }
}

void ShowAt(CertificateDetail& detail, base::TimePoint now) {
  if (detail.not_after && detail.not_after->milliseconds < now.time_since_epoch().count()) {
    detail.status = "EXPIRED";
  }
  if (detail.type == "AMAZON_ISSUED" && !detail.in_use_by.empty()) detail.renewal_eligibility = "ELIGIBLE";
}

void MergeTags(std::vector<Tag>& tags, const std::vector<Tag>& more) {
  for (const Tag& tag : more) {
    if (resource::IsReservedForAws(tag.key)) {
      throw AwsError(kInvalidTag, "aws: prefixed tag key names are not allowed for external use.");
    }
    const auto found = std::ranges::find(tags, tag.key, &Tag::key);
    if (found == tags.end()) {
      tags.push_back(tag);
    } else {
      found->value = tag.value;
    }
  }
  if (tags.size() > resource::kMaxTags) {
    throw AwsError(kTooManyTags, "A certificate cannot have more than 50 tags.");
  }
}

}  // namespace cumulite::acm
