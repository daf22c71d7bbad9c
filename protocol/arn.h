#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace cumulite::protocol {

/// arn:partition:service:region:account:resource, as views into the text that was parsed.
struct Arn {
  std::string_view partition;
  std::string_view service;
  std::string_view region;    // may be empty
  std::string_view account;   // 12 digits, or empty
  std::string_view resource;  // all that follows; may hold ':' and '/'

  /// The resource behind "type/" or "type:", or the whole of it when it has neither.
  std::string_view ResourceId() const;
  /// What stands before that separator; empty without one.
  std::string_view ResourceType() const;
};

/// nullopt unless the text has six fields, "arn" first, a partition of AWS (aws, aws-cn, aws-us-gov), a
/// service, a resource, and 12 digits (or nothing, or "aws") as account.
/// Source: IAM User Guide "Amazon Resource Names (ARNs)".
std::optional<Arn> ParseArn(std::string_view text);

/// The partition that a region is in: aws-cn for China, aws-us-gov for GovCloud, else aws.
std::string_view PartitionOf(std::string_view region);

/// "arn:aws:sqs:us-east-1:000000000000:name", in the region's partition.
std::string FormatArn(std::string_view service, std::string_view region, std::string_view account,
                      std::string_view resource);

/// The same of what has no region (IAM, STS).
std::string FormatGlobalArn(std::string_view partition, std::string_view service, std::string_view account,
                            std::string_view resource);

/// Exactly 12 digits.
bool IsAccountId(std::string_view text);

}  // namespace cumulite::protocol
