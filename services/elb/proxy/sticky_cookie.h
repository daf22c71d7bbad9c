#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "services/elb/proxy/snapshot.h"

namespace cumulite::elb::proxy {

/// What a stickiness cookie says to us; to others it is opaque.
struct StickyCookie {
  std::uint64_t choice = 0;  // a target's or group's key
  base::TimePoint issued{};

  std::string Encode() const;
  /// nullopt for what we have not made.
  static std::optional<StickyCookie> Decode(std::string_view text);
  /// The same, and still valid after so long.
  static std::optional<StickyCookie> Decode(std::string_view text, base::TimePoint now, seconds duration);
};

/// Names a target within all load balancers: the same after a restart.
std::uint64_t KeyOf(std::string_view text);

/// The value of a cookie in a Cookie header, if it is there.
std::optional<std::string_view> FindCookie(std::string_view header, std::string_view name);

/// "AWSALB=...; Expires=..., 7 days ahead; Path=/" as a Set-Cookie line, and its CORS twin where asked.
enum class Cors { kNo, kYes };
void AppendStickyCookie(std::string_view name, std::string_view value, base::TimePoint now, Cors cors,
                        std::string& headers);

}  // namespace cumulite::elb::proxy
