#include "services/elb/proxy/tls_policy.h"

namespace cumulite::elb::proxy {
namespace {
/// The groups that AWS's tables of ciphers are made of.
constexpr std::string_view kForwardAead =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384";
constexpr std::string_view kForwardCbcSha2 =
    ":ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA384:ECDHE-RSA-AES256-SHA384";
constexpr std::string_view kForwardCbcSha1 =
    ":ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA:ECDHE-RSA-AES256-SHA:ECDHE-ECDSA-AES256-SHA";
constexpr std::string_view kStaticSha2 = ":AES128-GCM-SHA256:AES128-SHA256:AES256-GCM-SHA384:AES256-SHA256";
constexpr std::string_view kStaticSha1 = ":AES128-SHA:AES256-SHA";

bool Has(std::string_view name, std::string_view part) { return name.find(part) != std::string_view::npos; }

int MinVersion(std::string_view name) {
  if (Has(name, "TLS13-1-3")) return TLS1_3_VERSION;
  if (Has(name, "1-2-")) return TLS1_2_VERSION;
  if (Has(name, "1-1-")) return TLS1_1_VERSION;
  return TLS1_VERSION;  // TLS13-1-0, TLS-1-0, 2016-08, FS-2018-06
}
}  // namespace

TlsPolicy TlsPolicyOf(std::string_view name) {
  TlsPolicy policy;
  policy.min_version = MinVersion(name);
  policy.max_version = Has(name, "TLS13") ? TLS1_3_VERSION : TLS1_2_VERSION;
  policy.ciphers = kForwardAead;
  if (Has(name, "-Res-")) return policy;
  policy.ciphers += kForwardCbcSha2;
  const bool forward_only = Has(name, "-FS-");
  const bool old = policy.min_version < TLS1_2_VERSION;
  const bool ext1 = Has(name, "Ext1");
  const bool ext2 = Has(name, "Ext2") || Has(name, "-Ext-");
  const bool static_keys = !forward_only && (old || ext1 || ext2 || !Has(name, "TLS13"));
  if (old || ext2) policy.ciphers += kForwardCbcSha1;
  if (static_keys) policy.ciphers += kStaticSha2;
  if (static_keys && (old || ext2)) policy.ciphers += kStaticSha1;
  return policy;
}

void ApplyPolicy(const TlsPolicy& policy, SSL_CTX* context) {
  SSL_CTX_set_min_proto_version(context, policy.min_version);
  SSL_CTX_set_max_proto_version(context, policy.max_version);
  // OpenSSL 3 has TLS 1.0 and 1.1, whose signatures need SHA-1, at its level 0 only.
  const bool old = policy.min_version < TLS1_2_VERSION;
  SSL_CTX_set_cipher_list(context, (policy.ciphers + (old ? ":@SECLEVEL=0" : "")).c_str());
}

}  // namespace cumulite::elb::proxy
