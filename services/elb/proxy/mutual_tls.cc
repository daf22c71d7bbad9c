#include "services/elb/proxy/mutual_tls.h"

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <ctime>
#include <memory>

#include "services/elb/proxy/pattern.h"

namespace cumulite::elb::proxy {
namespace {
struct FreeWith {
  void operator()(X509* x) const { X509_free(x); }
  void operator()(BIO* x) const { BIO_free(x); }
  void operator()(BIGNUM* x) const { BN_free(x); }
  void operator()(char* x) const { OPENSSL_free(x); }
};
template <class T>
using Owned = std::unique_ptr<T, FreeWith>;

/// PEM as a header's value: percent-encoded, but for the characters that AWS calls safe (+ = /).
std::string UrlEncoded(const std::string& pem) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  constexpr std::string_view kSafe = "-_.~+=/";
  std::string out;
  for (const char c : pem) {
    const auto byte = static_cast<unsigned char>(c);
    const bool alphanumeric = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (alphanumeric || kSafe.find(c) != std::string_view::npos) {
      out += c;
    } else {
      out += {'%', kHex[byte >> 4], kHex[byte & 15]};
    }
  }
  return out;
}

/// RFC 2253: "CN=rtr.example.com,OU=net,O=Example"
std::string NameText(const X509_NAME* name) {
  const Owned<BIO> memory(BIO_new(BIO_s_mem()));
  X509_NAME_print_ex(memory.get(), name, 0, XN_FLAG_RFC2253);
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string TimeText(const ASN1_TIME* time) {
  std::tm parts{};
  ASN1_TIME_to_tm(time, &parts);
  char text[32];
  return {text, std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts)};
}

std::string SerialNumber(X509* certificate) {
  const Owned<BIGNUM> number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
  const Owned<char> text(number ? BN_bn2hex(number.get()) : nullptr);
  return text ? std::string(text.get()) : std::string{};
}
}  // namespace

std::vector<ClientCertificateHeader> DescribeClientCertificate(MutualTls::Mode mode,
                                                               const std::vector<std::string>& chain) {
  if (mode == MutualTls::Mode::kOff || chain.empty()) return {};
  if (mode == MutualTls::Mode::kPassthrough) {
    std::string all;
    for (const std::string& pem : chain) all += pem;
    return {{"X-Amzn-Mtls-Clientcert", UrlEncoded(all)}};
  }
  const Owned<BIO> memory(BIO_new_mem_buf(chain.front().data(), static_cast<int>(chain.front().size())));
  const Owned<X509> own(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
  if (!own) return {};
  const std::string validity = "NotBefore=" + TimeText(X509_get0_notBefore(own.get())) +
                               ";NotAfter=" + TimeText(X509_get0_notAfter(own.get()));
  return {{"X-Amzn-Mtls-Clientcert-Serial-Number", SerialNumber(own.get())},
          {"X-Amzn-Mtls-Clientcert-Issuer", NameText(X509_get_issuer_name(own.get()))},
          {"X-Amzn-Mtls-Clientcert-Subject", NameText(X509_get_subject_name(own.get()))},
          {"X-Amzn-Mtls-Clientcert-Validity", validity},
          {"X-Amzn-Mtls-Clientcert-Leaf", UrlEncoded(chain.front())}};
}

}  // namespace cumulite::elb::proxy
