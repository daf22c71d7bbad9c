#pragma once
#include <array>
#include <atomic>
#include <cstdint>

namespace cumulite::elb::proxy {

using Counter = std::atomic<std::uint64_t>;

inline void Count(Counter& counter, std::uint64_t by = 1) {
  counter.fetch_add(by, std::memory_order_relaxed);
}

/// What CloudWatch would sum up of one target group, since the start. Thread: any.
struct GroupCounters {
  Counter requests;
  std::array<Counter, 6> target_codes;  // by the hundred: [2] is HTTPCode_Target_2XX_Count
  Counter response_microseconds;        // TargetResponseTime, of `responses`
  Counter responses;
  Counter connection_errors;
  Counter tls_errors;
  Counter unhealthy_routing;
};

/// The same of a load balancer.
struct LoadBalancerCounters {
  Counter requests;
  Counter new_connections;
  Counter processed_bytes;
  Counter rule_evaluations;
  std::array<Counter, 6> elb_codes;  // by the hundred, of answers of its own
  Counter elb_500;
  Counter elb_502;
  Counter elb_503;
  Counter elb_504;
  Counter fixed_responses;
  Counter redirects;
  Counter redirects_too_long;
  Counter desync_non_compliant;
  Counter dropped_invalid_headers;
  Counter forwarded_invalid_headers;
  Counter non_sticky;
  Counter grpc_requests;
  Counter tls_negotiation_errors;
  Counter auth_success;
  Counter auth_failure;
  Counter auth_error;
};

}  // namespace cumulite::elb::proxy
