#pragma once
#include <span>
#include <string_view>
#include <vector>

namespace cumulite::elb {

/// A security policy: the versions of TLS and the ciphers that a secure listener offers.
struct SslPolicyRow {
  std::string_view name;
  unsigned protocols;  // bits of kTls10 ...
  unsigned ciphers;    // bits of groups of ciphers

  /// "TLSv1.2", the newest last.
  std::vector<std::string_view> Protocols() const;
  /// OpenSSL's names, in the order of preference.
  std::vector<std::string_view> Ciphers() const;
};

inline constexpr std::string_view kDefaultSslPolicy = "ELBSecurityPolicy-2016-08";

/// In the order in which DescribeSSLPolicies lists them.
/// Source: Application Load Balancers User Guide "Security policies for your Application Load Balancer".
std::span<const SslPolicyRow> SslPolicies();
/// Null when there is none of that name.
const SslPolicyRow* FindSslPolicy(std::string_view name);

}  // namespace cumulite::elb
