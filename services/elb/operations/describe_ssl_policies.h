#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct Cipher {
  std::optional<std::string> name;
  std::optional<std::int32_t> priority;
  static protocol::Members Describe();
};

struct SslPolicy {
  std::vector<std::string> ssl_protocols;
  std::vector<Cipher> ciphers;
  std::optional<std::string> name;
  std::vector<std::string> supported_load_balancer_types;
  static protocol::Members Describe();
};

struct DescribeSSLPoliciesRequest {
  std::vector<std::string> names;
  std::optional<std::string> marker;
  std::optional<std::int32_t> page_size;
  std::optional<std::string> load_balancer_type;
  static protocol::Members Describe();
};

struct DescribeSSLPoliciesResponse {
  std::vector<SslPolicy> ssl_policies;
  std::optional<std::string> next_marker;
  static protocol::Members Describe();
};

/// The security policies that secure listeners can have, with their versions of TLS and ciphers.
///
/// Errors: SSLPolicyNotFound.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DescribeSSLPolicies".
runtime::Task<DescribeSSLPoliciesResponse> DescribeSSLPolicies(ElbService& elb,
                                                               const protocol::RequestContext& context,
                                                               DescribeSSLPoliciesRequest request);

}  // namespace cumulite::elb
