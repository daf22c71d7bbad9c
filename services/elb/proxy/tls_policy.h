#pragma once
#include <openssl/ssl.h>

#include <string>
#include <string_view>

namespace cumulite::elb::proxy {

/// What a security policy lets clients speak.
struct TlsPolicy {
  int min_version = TLS1_2_VERSION;
  int max_version = TLS1_3_VERSION;
  std::string ciphers;  // up to TLS 1.2, in OpenSSL's words, the preferred first
};

/// By name: "ELBSecurityPolicy-TLS13-1-2-2021-06". An unknown one is taken for the default.
/// Source: User Guide "Security policies for your Application Load Balancer".
TlsPolicy TlsPolicyOf(std::string_view name);

void ApplyPolicy(const TlsPolicy& policy, SSL_CTX* context);

}  // namespace cumulite::elb::proxy
