#include "services/elb/operations/describe_ssl_policies.h"

#include <algorithm>

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/page.h"
#include "services/elb/ssl_policies.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members Cipher::Describe() {
  using T = Cipher;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::name>("Name"),
      Wire<&T::priority>("Priority"),
  };
  return kMembers;
}

protocol::Members SslPolicy::Describe() {
  using T = SslPolicy;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::ssl_protocols>("SslProtocols"),
      Wire<&T::ciphers>("Ciphers"),
      Wire<&T::name>("Name"),
      Wire<&T::supported_load_balancer_types>("SupportedLoadBalancerTypes"),
  };
  return kMembers;
}

protocol::Members DescribeSSLPoliciesRequest::Describe() {
  using T = DescribeSSLPoliciesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::names>("Names"),
      Wire<&T::marker>("Marker"),
      Wire<&T::page_size>("PageSize").Range(1, 400),
      Wire<&T::load_balancer_type>("LoadBalancerType").Values(kLoadBalancerTypeEnum),
  };
  return kMembers;
}

protocol::Members DescribeSSLPoliciesResponse::Describe() {
  using T = DescribeSSLPoliciesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::ssl_policies>("SslPolicies").KeepEmpty(),
      Wire<&T::next_marker>("NextMarker"),
  };
  return kMembers;
}

namespace {

SslPolicy Show(const SslPolicyRow& row) {
  SslPolicy policy;
  policy.name = std::string(row.name);
  for (const std::string_view protocol : row.Protocols()) policy.ssl_protocols.emplace_back(protocol);
  std::int32_t priority = 0;
  for (const std::string_view cipher : row.Ciphers())
    policy.ciphers.push_back({std::string(cipher), ++priority});
  policy.supported_load_balancer_types = {"application", "network"};
  return policy;
}

}  // namespace

runtime::Task<DescribeSSLPoliciesResponse> DescribeSSLPolicies(ElbService&,
                                                               const protocol::RequestContext& context,
                                                               DescribeSSLPoliciesRequest request) {
  RequireAllowed(context, "*");
  DescribeSSLPoliciesResponse response;
  for (const std::string& name : request.names) {
    if (FindSslPolicy(name) == nullptr)
      throw AwsError(kSslPolicyNotFound, "SSL policy '" + name + "' not found");
  }
  for (const SslPolicyRow& row : SslPolicies()) {
    const bool wanted =
        request.names.empty() || std::ranges::find(request.names, row.name) != request.names.end();
    if (wanted && request.load_balancer_type != "gateway") response.ssl_policies.push_back(Show(row));
  }
  response.next_marker = CutPage(response.ssl_policies, request.marker, request.page_size,
                                 [](const SslPolicy& policy) { return *policy.name; });
  co_return response;
}

}  // namespace cumulite::elb
