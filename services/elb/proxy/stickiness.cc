#include "services/elb/proxy/stickiness.h"

#include "services/elb/proxy/sticky_cookie.h"

namespace cumulite::elb::proxy {
namespace {
constexpr std::string_view kTargetCookie = "AWSALB";
constexpr std::string_view kGroupCookie = "AWSALBTG";
constexpr std::string_view kApplicationCookie = "AWSALBAPP-";
/// As real load balancers take a shard away that they do not need.
constexpr std::string_view kRemove = "_remove_";
constexpr int kShards = 4;
}  // namespace

std::optional<std::string_view> Stickiness::Cookie(std::string_view name) const {
  for (const protocol::HeaderField& header : request_.headers) {
    if (header.name.size() != 6 || !protocol::EqualsIgnoreCase(header.name, "Cookie")) continue;
    if (const auto value = FindCookie(header.value, name)) return value;
  }
  return std::nullopt;
}

std::optional<std::uint64_t> Stickiness::Group(const Forward& forward) const {
  if (!forward.sticky) return std::nullopt;
  std::optional<std::string_view> value = Cookie("AWSALBTGCORS");
  if (!value) value = Cookie(kGroupCookie);
  if (!value) return std::nullopt;
  const std::optional<StickyCookie> cookie = StickyCookie::Decode(*value, now_, forward.sticky_duration);
  return cookie ? std::optional(cookie->choice) : std::nullopt;
}

std::optional<std::uint64_t> Stickiness::Target(const TargetGroup& group) const {
  std::optional<std::string_view> value;
  seconds duration = group.lb_cookie_duration;
  if (group.stickiness == TargetGroup::Stickiness::kLbCookie) {
    value = Cookie("AWSALBCORS");
    if (!value) value = Cookie(kTargetCookie);
  } else if (group.stickiness == TargetGroup::Stickiness::kAppCookie && Cookie(group.app_cookie_name)) {
    duration = group.app_cookie_duration;
    value = Cookie("AWSALBAPP-0");
  }
  if (!value) return std::nullopt;
  const std::optional<StickyCookie> cookie = StickyCookie::Decode(*value, now_, duration);
  return cookie ? std::optional(cookie->choice) : std::nullopt;
}

void Stickiness::AppendGroupCookies(std::uint64_t group, std::string& headers) const {
  AppendStickyCookie(kGroupCookie, StickyCookie{group, now_}.Encode(), now_, Cors::kYes, headers);
}

void Stickiness::AppendTargetCookies(const TargetGroup& group, std::uint64_t target,
                                     ApplicationCookie by_target, std::string& headers) const {
  if (group.stickiness == TargetGroup::Stickiness::kLbCookie) {
    AppendStickyCookie(kTargetCookie, StickyCookie{target, now_}.Encode(), now_, Cors::kYes, headers);
  }
  if (group.stickiness != TargetGroup::Stickiness::kAppCookie) return;
  const bool lasts = by_target == ApplicationCookie::kSet || Cookie(group.app_cookie_name).has_value();
  for (int shard = 0; shard < kShards; ++shard) {
    const std::string value =
        lasts && shard == 0 ? StickyCookie{target, now_}.Encode() : std::string(kRemove);
    AppendStickyCookie(std::string(kApplicationCookie) + std::to_string(shard), value, now_, Cors::kNo,
                       headers);
  }
}

}  // namespace cumulite::elb::proxy
