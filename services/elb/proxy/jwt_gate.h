#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "base/clock.h"
#include "net/http_client.h"
#include "runtime/task.h"
#include "services/elb/proxy/jwt.h"

namespace cumulite::elb::proxy {

/// Checks the tokens of requests; fetches the keys of each endpoint when it needs them and keeps them.
/// Thread: any loop.
class JwtGate {
 public:
  /// Both outlive it.
  JwtGate(net::HttpClient& http, const base::Clock& clock) : http_(http), clock_(clock) {}

  /// 0 for a valid token, 401 for any other, 500 when the keys cannot be had.
  runtime::Task<int> Check(const ValidateJwt& wanted, std::string authorization);

 private:
  struct Known {
    std::shared_ptr<const JwtKeys> keys;
    base::TimePoint fetched{};
  };

  Known Find(const std::string& endpoint);
  runtime::Task<Known> Fetch(std::string endpoint);

  net::HttpClient& http_;
  const base::Clock& clock_;
  std::mutex mutex_;
  std::map<std::string, Known> known_;
};

}  // namespace cumulite::elb::proxy
