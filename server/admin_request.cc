#include "server/admin_request.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "base/duration.h"
#include "protocol/arn.h"
#include "protocol/http.h"

namespace cumulite::server {
namespace {
using nlohmann::json;

bool IsPlain(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  });
}

/// A client that sends {} means nothing by it.
bool SaysNothing(std::string_view body) {
  return std::ranges::all_of(
      body, [](char c) { return c == ' ' || c == '\n' || c == '\r' || c == '{' || c == '}'; });
}

}  // namespace

ResetRequest ReadResetRequest(std::string_view query, std::string_view body) {
  if (!SaysNothing(body)) {
    throw std::invalid_argument(
        "the parameters of a reset stand in the URL: ?service=sqs&account=...&region=...");
  }
  ResetRequest request;
  const auto params = protocol::ParseQuery(query);
  if (!params) throw std::invalid_argument("the query is malformed");
  for (const auto& [name, value] : *params) {
    if (name == "seed") {
      if (value != "true" && value != "false") throw std::invalid_argument("seed is true or false");
      request.seed = value == "true";
      continue;
    }
    auto* const field = name == "service"   ? &request.service
                        : name == "account" ? &request.scope.account
                        : name == "region"  ? &request.scope.region
                                            : nullptr;
    if (field == nullptr) {
      throw std::invalid_argument("unknown parameter " + name +
                                  "; there are service, account, region and seed");
    }
    if (*field) throw std::invalid_argument(name + " is given twice");
    if (!IsPlain(value)) throw std::invalid_argument(name + " has no such value");
    *field = value;
  }
  const auto& account = request.scope.account;
  if (account && !protocol::IsAccountId(*account)) throw std::invalid_argument("account must be 12 digits");
  return request;
}

std::optional<ClockRequest> ReadClockRequest(std::string_view body) {
  using Action = ClockRequest::Action;
  const json wanted = json::parse(body, nullptr, false);
  if (!wanted.is_object() || wanted.size() != 1) return std::nullopt;
  const auto first = wanted.begin();
  const std::string& name = first.key();
  const json& value = first.value();
  if (name == "advance") {
    std::optional<std::chrono::milliseconds> by;
    if (value.is_string()) by = base::ParseDuration(value.get<std::string>());
    if (value.is_number()) by = base::ParseDuration(value.dump());
    if (!by) return std::nullopt;
    return ClockRequest{Action::kAdvance, *by};
  }
  if (value != true) return std::nullopt;
  if (name == "freeze") return ClockRequest{Action::kFreeze};
  if (name == "resume") return ClockRequest{Action::kResume};
  if (name == "reset") return ClockRequest{Action::kReset};
  return std::nullopt;
}

}  // namespace cumulite::server
