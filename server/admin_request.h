#pragma once
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "services/service.h"

namespace cumulite::server {

/// What POST /_cumulite/reset is to take. `service` absent: every service.
struct ResetRequest {
  std::optional<std::string> service;
  services::ResetScope scope;
  bool seed = false;  // afterwards, again
};

/// Reads `query`; whatever is not understood is refused, for a reset of too much cannot be taken back.
/// Errors: std::invalid_argument that says what is wrong.
ResetRequest ReadResetRequest(std::string_view query, std::string_view body);

/// What POST /_cumulite/clock is to do.
struct ClockRequest {
  enum class Action : unsigned char { kAdvance, kFreeze, kResume, kReset };
  Action action = Action::kAdvance;
  std::chrono::milliseconds by{0};
};

/// Reads {"advance":"15m"}, {"freeze":true}, {"resume":true} or {"reset":true}; nullopt for anything else.
std::optional<ClockRequest> ReadClockRequest(std::string_view body);

}  // namespace cumulite::server
