#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "protocol/http.h"
#include "services/elb/proxy/snapshot.h"

namespace cumulite::elb::proxy {

/// What a request's cookies say of where it has been before.
///
/// Source: User Guide "Sticky sessions".
class Stickiness {
 public:
  Stickiness(const protocol::HttpRequest& request, base::TimePoint now) : request_(request), now_(now) {}

  /// The group that AWSALBTG names; nullopt without one that is still valid.
  std::optional<std::uint64_t> Group(const Forward& forward) const;
  /// The target that AWSALB or AWSALBAPP-0 names.
  std::optional<std::uint64_t> Target(const TargetGroup& group) const;

  /// The Set-Cookie lines that go with the answer of the group and target that were chosen.
  void AppendGroupCookies(std::uint64_t group, std::string& headers) const;
  enum class ApplicationCookie { kNotSet, kSet };  // by the target, in this answer
  void AppendTargetCookies(const TargetGroup& group, std::uint64_t target, ApplicationCookie by_target,
                           std::string& headers) const;

 private:
  std::optional<std::string_view> Cookie(std::string_view name) const;

  const protocol::HttpRequest& request_;
  const base::TimePoint now_;
};

}  // namespace cumulite::elb::proxy
