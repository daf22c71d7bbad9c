#include "services/sns/names.h"

#include <algorithm>

#include "protocol/arn.h"
#include "services/sns/errors.h"

namespace cumulite::sns {
namespace {

constexpr std::size_t kMaxResourceName = 256;
constexpr std::string_view kFifoSuffix = ".fifo";

bool IsResourceNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// The six fields at least that every ARN has, in this server's region.
/// Errors: InvalidParameter.
void CheckArn(std::string_view arn, std::string_view parameter, const protocol::RequestContext& context) {
  const auto elements = std::ranges::count(arn, ':') + 1;
  if (elements < 6) {
    throw Invalid(parameter, "An ARN must have at least 6 elements, not " + std::to_string(elements));
  }
  const auto parsed = protocol::ParseArn(arn);
  if (!parsed || parsed->service != "sns" || parsed->region != context.identity.region) {
    throw Invalid(parameter);
  }
}

}  // namespace

bool IsTopicName(std::string_view name, bool fifo) {
  if (name.empty() || name.size() > kMaxResourceName || name.ends_with(kFifoSuffix) != fifo) return false;
  if (fifo) name.remove_suffix(kFifoSuffix.size());
  return !name.empty() && std::ranges::all_of(name, IsResourceNameByte);
}

std::string TopicArn(const protocol::Identity& identity, std::string_view name) {
  return protocol::FormatArn("sns", identity.region, identity.account, name);
}

void CheckTopicArn(std::string_view arn, std::string_view parameter,
                   const protocol::RequestContext& context) {
  CheckArn(arn, parameter, context);
}

void CheckSubscriptionArn(std::string_view arn, std::string_view parameter,
                          const protocol::RequestContext& context) {
  CheckArn(arn, parameter, context);
  if (std::ranges::count(arn, ':') < 6) throw Invalid("SubscriptionId");
}

std::string_view TopicOfSubscription(std::string_view subscription_arn) {
  return subscription_arn.substr(0, subscription_arn.rfind(':'));
}

std::string_view AccountOf(std::string_view arn) {
  const auto parsed = protocol::ParseArn(arn);
  return parsed ? parsed->account : std::string_view();
}

std::string_view RegionOf(std::string_view arn) {
  const auto parsed = protocol::ParseArn(arn);
  return parsed ? parsed->region : std::string_view();
}

std::string_view NameOf(std::string_view arn) {
  const std::size_t colon = arn.rfind(':');
  return colon == std::string_view::npos ? arn : arn.substr(colon + 1);
}

}  // namespace cumulite::sns
