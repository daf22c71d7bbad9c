#include "services/elb/ssl_policies.h"

#include <algorithm>
#include <array>

namespace cumulite::elb {
namespace {

constexpr unsigned kTls10 = 1;
constexpr unsigned kTls11 = 2;
constexpr unsigned kTls12 = 4;
constexpr unsigned kTls13 = 8;

constexpr unsigned kAes13 = 1;      // TLS 1.3's own
constexpr unsigned kEcdheGcm = 2;   // forward secrecy, AEAD
constexpr unsigned kEcdheSha2 = 4;  // forward secrecy, CBC with SHA-256 or SHA-384
constexpr unsigned kEcdheSha1 = 8;  // forward secrecy, CBC with SHA-1
constexpr unsigned kRsaSha2 = 16;   // RSA key exchange, AEAD or SHA-256
constexpr unsigned kRsaSha1 = 32;   // RSA key exchange, SHA-1
constexpr unsigned kTripleDes = 64;

constexpr unsigned kFs = kEcdheGcm | kEcdheSha2;
constexpr unsigned kFsSha1 = kFs | kEcdheSha1;
constexpr unsigned kTls12Only = kFs | kRsaSha2;
constexpr unsigned kBroad = kFsSha1 | kRsaSha2 | kRsaSha1;

constexpr std::array kPolicies{
    SslPolicyRow{"ELBSecurityPolicy-TLS13-1-2-2021-06", kTls12 | kTls13, kAes13 | kFs},
    SslPolicyRow{"ELBSecurityPolicy-TLS13-1-2-Res-2021-06", kTls12 | kTls13, kAes13 | kEcdheGcm},
    SslPolicyRow{"ELBSecurityPolicy-TLS13-1-2-Ext1-2021-06", kTls12 | kTls13, kAes13 | kTls12Only},
    SslPolicyRow{"ELBSecurityPolicy-TLS13-1-2-Ext2-2021-06", kTls12 | kTls13, kAes13 | kBroad},
    SslPolicyRow{"ELBSecurityPolicy-TLS13-1-1-2021-06", kTls11 | kTls12 | kTls13, kAes13 | kBroad},
    SslPolicyRow{"ELBSecurityPolicy-TLS13-1-0-2021-06", kTls10 | kTls11 | kTls12 | kTls13, kAes13 | kBroad},
    SslPolicyRow{"ELBSecurityPolicy-TLS13-1-3-2021-06", kTls13, kAes13},
    SslPolicyRow{"ELBSecurityPolicy-TLS-1-2-2017-01", kTls12, kTls12Only},
    SslPolicyRow{"ELBSecurityPolicy-TLS-1-1-2017-01", kTls11 | kTls12, kBroad},
    SslPolicyRow{"ELBSecurityPolicy-TLS-1-2-Ext-2018-06", kTls12, kBroad},
    SslPolicyRow{"ELBSecurityPolicy-FS-2018-06", kTls10 | kTls11 | kTls12, kFsSha1},
    SslPolicyRow{"ELBSecurityPolicy-FS-1-1-2019-08", kTls11 | kTls12, kFsSha1},
    SslPolicyRow{"ELBSecurityPolicy-FS-1-2-2019-08", kTls12, kFsSha1},
    SslPolicyRow{"ELBSecurityPolicy-FS-1-2-Res-2019-08", kTls12, kFs},
    SslPolicyRow{"ELBSecurityPolicy-FS-1-2-Res-2020-10", kTls12, kEcdheGcm},
    SslPolicyRow{"ELBSecurityPolicy-2016-08", kTls10 | kTls11 | kTls12, kBroad},
    SslPolicyRow{"ELBSecurityPolicy-2015-05", kTls10 | kTls11 | kTls12, kBroad},
    SslPolicyRow{"ELBSecurityPolicy-TLS-1-0-2015-04", kTls10 | kTls11 | kTls12, kBroad | kTripleDes},
};

struct CipherRow {
  std::string_view name;
  unsigned group;
};

constexpr std::array kCiphers{
    CipherRow{"TLS_AES_128_GCM_SHA256", kAes13},
    CipherRow{"TLS_AES_256_GCM_SHA384", kAes13},
    CipherRow{"TLS_CHACHA20_POLY1305_SHA256", kAes13},
    CipherRow{"ECDHE-ECDSA-AES128-GCM-SHA256", kEcdheGcm},
    CipherRow{"ECDHE-RSA-AES128-GCM-SHA256", kEcdheGcm},
    CipherRow{"ECDHE-ECDSA-AES128-SHA256", kEcdheSha2},
    CipherRow{"ECDHE-RSA-AES128-SHA256", kEcdheSha2},
    CipherRow{"ECDHE-ECDSA-AES128-SHA", kEcdheSha1},
    CipherRow{"ECDHE-RSA-AES128-SHA", kEcdheSha1},
    CipherRow{"ECDHE-ECDSA-AES256-GCM-SHA384", kEcdheGcm},
    CipherRow{"ECDHE-RSA-AES256-GCM-SHA384", kEcdheGcm},
    CipherRow{"ECDHE-ECDSA-AES256-SHA384", kEcdheSha2},
    CipherRow{"ECDHE-RSA-AES256-SHA384", kEcdheSha2},
    CipherRow{"ECDHE-RSA-AES256-SHA", kEcdheSha1},
    CipherRow{"ECDHE-ECDSA-AES256-SHA", kEcdheSha1},
    CipherRow{"AES128-GCM-SHA256", kRsaSha2},
    CipherRow{"AES128-SHA256", kRsaSha2},
    CipherRow{"AES128-SHA", kRsaSha1},
    CipherRow{"AES256-GCM-SHA384", kRsaSha2},
    CipherRow{"AES256-SHA256", kRsaSha2},
    CipherRow{"AES256-SHA", kRsaSha1},
    CipherRow{"DES-CBC3-SHA", kTripleDes},
};

}  // namespace

std::vector<std::string_view> SslPolicyRow::Protocols() const {
  constexpr std::array<std::string_view, 4> kNames{"TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"};
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if ((protocols >> i & 1U) != 0) names.push_back(kNames[i]);
  }
  return names;
}

std::vector<std::string_view> SslPolicyRow::Ciphers() const {
  std::vector<std::string_view> names;
  for (const CipherRow& cipher : kCiphers) {
    if ((ciphers & cipher.group) != 0) names.push_back(cipher.name);
  }
  return names;
}

std::span<const SslPolicyRow> SslPolicies() { return kPolicies; }

const SslPolicyRow* FindSslPolicy(std::string_view name) {
  const auto found = std::ranges::find(kPolicies, name, &SslPolicyRow::name);
  return found == kPolicies.end() ? nullptr : &*found;
}

}  // namespace cumulite::elb
