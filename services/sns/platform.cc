#include "services/sns/platform.h"

#include <algorithm>

#include "protocol/arn.h"
#include "services/sns/errors.h"
#include "services/sns/names.h"

namespace cumulite::sns {
namespace {

bool IsDigits(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::string OwnerOf(const protocol::RequestContext& context) {
  return context.identity.account + "/" + context.identity.region;
}

void CheckApplicationArn(std::string_view arn, const protocol::RequestContext& context) {
  CheckTopicArn(arn, "PlatformApplicationArn", context);
  const auto parsed = protocol::ParseArn(arn);
  const bool application =
      parsed->resource.starts_with("app/") && std::ranges::count(parsed->resource, '/') == 2;
  if (!application) throw Invalid("PlatformApplicationArn");
}

protocol::AwsError ApplicationDoesNotExist() { return {kNotFound, "PlatformApplication does not exist"}; }

bool IsSandboxNumber(std::string_view text) {
  if (text.starts_with('+')) return text.size() >= 9 && IsDigits(text.substr(1));
  return text.size() <= 9 && IsDigits(text);
}

bool IsPassword(std::string_view text) { return !text.empty() && IsDigits(text); }

}  // namespace cumulite::sns
