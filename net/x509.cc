#include "net/x509.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>
#include <memory>

#include "base/text.h"
#include "protocol/owned.h"

namespace cumulite::net {
namespace {
using protocol::Deleter;
template <class T, auto Free>
using Owned = std::unique_ptr<T, Deleter<Free>>;
using Bio = Owned<BIO, BIO_free>;
using Certificate = Owned<X509, X509_free>;
using Key = Owned<EVP_PKEY, EVP_PKEY_free>;

Bio Memory(std::string_view text) { return Bio(BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))); }

/// OpenSSL asks for a password on the terminal unless somebody else answers.
int NoPassword(char*, int, int, void*) { return -1; }

Certificate Next(BIO* bio) {
  Certificate read(PEM_read_bio_X509(bio, nullptr, &NoPassword, nullptr));
  ERR_clear_error();  // the end of a text is an error to OpenSSL
  return read;
}

std::string Printed(auto print) {
  const Bio memory(BIO_new(BIO_s_mem()));
  print(memory.get());
  char* text = nullptr;
  const long size = BIO_get_mem_data(memory.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

std::string Entry(const X509_NAME* name, int id) {
  const int place = X509_NAME_get_index_by_NID(name, id, -1);
  if (place < 0) return {};
  unsigned char* text = nullptr;
  const int size = ASN1_STRING_to_UTF8(&text, X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, place)));
  if (size < 0) return {};
  std::string entry(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  OPENSSL_free(text);
  return entry;
}

std::string IssuerOf(const X509* certificate) {
  const X509_NAME* const name = X509_get_issuer_name(certificate);
  std::string common = Entry(name, NID_commonName);
  return common.empty() ? Entry(name, NID_organizationName) : common;
}

std::string SerialOf(const X509* certificate) {
  const Owned<BIGNUM, BN_free> number(ASN1_INTEGER_to_BN(X509_get0_serialNumber(certificate), nullptr));
  if (!number) return {};
  char* const hex = BN_bn2hex(number.get());
  const std::string digits = base::ToLower(std::string(hex));
  OPENSSL_free(hex);
  std::string serial;
  for (std::size_t i = 0; i < digits.size(); i += 2) serial += (i == 0 ? "" : ":") + digits.substr(i, 2);
  return serial;
}

base::TimePoint TimeOf(const ASN1_TIME* time) {
  std::tm parts{};
  ASN1_TIME_to_tm(time, &parts);
  return base::TimePoint(std::chrono::seconds(::timegm(&parts)));
}

std::string KeyAlgorithmOf(const X509* certificate) {
  EVP_PKEY* const key = X509_get0_pubkey(certificate);
  if (key == nullptr) return {};
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA) return "RSA_" + std::to_string(EVP_PKEY_get_bits(key));
  std::array<char, 64> group{};
  std::size_t size = 0;
  if (EVP_PKEY_get_group_name(key, group.data(), group.size(), &size) != 1) {
    const char* const name = EVP_PKEY_get0_type_name(key);
    return name == nullptr ? std::string() : name;
  }
  return "EC_" + std::string(group.data(), size);
}

std::string SignatureAlgorithmOf(const X509* certificate) {
  int digest = NID_undef;
  int key = NID_undef;
  OBJ_find_sigid_algs(X509_get_signature_nid(certificate), &digest, &key);
  if (digest == NID_undef) return OBJ_nid2sn(X509_get_signature_nid(certificate));
  const std::string name = OBJ_nid2sn(digest);
  return name + "WITH" + (key == EVP_PKEY_RSA ? "RSA" : "ECDSA");
}

std::vector<std::string> HostNamesOf(const X509* certificate) {
  std::vector<std::string> found;
  const Owned<GENERAL_NAMES, GENERAL_NAMES_free> names(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* const name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_DNS) continue;
    found.emplace_back(reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName)),
                       static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName)));
  }
  return found;
}

struct UsageBit {
  std::uint32_t bit;
  const char* name;
};
constexpr std::array kUsages{
    UsageBit{KU_DIGITAL_SIGNATURE, "DIGITAL_SIGNATURE"},
    UsageBit{KU_NON_REPUDIATION, "NON_REPUDIATION"},
    UsageBit{KU_KEY_ENCIPHERMENT, "KEY_ENCIPHERMENT"},
    UsageBit{KU_DATA_ENCIPHERMENT, "DATA_ENCIPHERMENT"},
    UsageBit{KU_KEY_AGREEMENT, "KEY_AGREEMENT"},
    UsageBit{KU_KEY_CERT_SIGN, "CERTIFICATE_SIGNING"},
    UsageBit{KU_CRL_SIGN, "CRL_SIGNING"},
    UsageBit{KU_ENCIPHER_ONLY, "ENCIPHER_ONLY"},
    UsageBit{KU_DECIPHER_ONLY, "DECIPHER_ONLY"},
};

struct ExtendedName {
  int id;
  const char* name;
};
constexpr std::array kExtended{
    ExtendedName{NID_server_auth, "TLS_WEB_SERVER_AUTHENTICATION"},
    ExtendedName{NID_client_auth, "TLS_WEB_CLIENT_AUTHENTICATION"},
    ExtendedName{NID_code_sign, "CODE_SIGNING"},
    ExtendedName{NID_email_protect, "EMAIL_PROTECTION"},
    ExtendedName{NID_time_stamp, "TIME_STAMPING"},
    ExtendedName{NID_OCSP_sign, "OCSP_SIGNING"},
    ExtendedName{NID_ipsecEndSystem, "IPSEC_END_SYSTEM"},
    ExtendedName{NID_ipsecTunnel, "IPSEC_TUNNEL"},
    ExtendedName{NID_ipsecUser, "IPSEC_USER"},
    ExtendedName{NID_anyExtendedKeyUsage, "ANY"},
};

void ReadUsages(X509* certificate, CertificateFacts& facts) {
  const std::uint32_t bits = X509_get_key_usage(certificate);  // all bits without the extension
  if (bits == UINT32_MAX) {
    facts.key_usages = {"ANY"};
  } else {
    for (const UsageBit& usage : kUsages) {
      if ((bits & usage.bit) != 0) facts.key_usages.emplace_back(usage.name);
    }
  }
  const Owned<EXTENDED_KEY_USAGE, EXTENDED_KEY_USAGE_free> extended(
      static_cast<EXTENDED_KEY_USAGE*>(X509_get_ext_d2i(certificate, NID_ext_key_usage, nullptr, nullptr)));
  if (!extended) facts.extended_key_usages.push_back({"NONE", {}});
  for (int i = 0; extended && i < sk_ASN1_OBJECT_num(extended.get()); ++i) {
    const ASN1_OBJECT* const object = sk_ASN1_OBJECT_value(extended.get(), i);
    std::array<char, 128> oid{};
    OBJ_obj2txt(oid.data(), oid.size(), object, 1);
    std::string name = "CUSTOM";
    for (const ExtendedName& known : kExtended) {
      if (known.id == OBJ_obj2nid(object)) name = known.name;
    }
    facts.extended_key_usages.push_back({std::move(name), oid.data()});
  }
}

}  // namespace

std::optional<CertificateFacts> ReadCertificate(std::string_view pem) {
  const Bio memory = Memory(pem);
  const Certificate certificate = Next(memory.get());
  if (!certificate) return std::nullopt;
  X509* const x = certificate.get();
  CertificateFacts facts;
  facts.common_name = Entry(X509_get_subject_name(x), NID_commonName);
  facts.host_names = HostNamesOf(x);
  facts.subject = Printed([&](BIO* bio) {
    X509_NAME_print_ex(bio, X509_get_subject_name(x), 0, XN_FLAG_RFC2253 & ~XN_FLAG_DN_REV);
  });
  facts.issuer = IssuerOf(x);
  facts.serial = SerialOf(x);
  facts.key_algorithm = KeyAlgorithmOf(x);
  facts.signature_algorithm = SignatureAlgorithmOf(x);
  facts.not_before = TimeOf(X509_get0_notBefore(x));
  facts.not_after = TimeOf(X509_get0_notAfter(x));
  facts.is_authority = X509_check_ca(x) > 0;
  ReadUsages(x, facts);
  ERR_clear_error();
  return facts;
}

std::optional<std::int64_t> CountCertificates(std::string_view pem, bool only_authorities) {
  constexpr std::string_view kBegin = "-----BEGIN ";
  std::int64_t blocks = 0;
  for (std::size_t at = pem.find(kBegin); at != std::string_view::npos; at = pem.find(kBegin, at + 1)) {
    ++blocks;
  }
  const Bio memory = Memory(pem);
  std::int64_t read = 0;
  while (const Certificate certificate = Next(memory.get())) {
    if (only_authorities && X509_check_ca(certificate.get()) == 0) return std::nullopt;
    ++read;
  }
  return read == blocks && read > 0 ? std::optional(read) : std::nullopt;
}

bool IsChainOf(std::string_view certificate, std::string_view chain) {
  Certificate before = Next(Memory(certificate).get());
  const Bio memory = Memory(chain);
  while (before) {
    Certificate issuer = Next(memory.get());
    if (!issuer) return true;
    const bool signed_it = X509_verify(before.get(), X509_get0_pubkey(issuer.get())) == 1;
    ERR_clear_error();
    if (!signed_it) return false;
    before = std::move(issuer);
  }
  return false;
}

KeyMatch MatchKey(std::string_view certificate, std::string_view key) {
  const Bio key_text = Memory(key);
  const Key read(PEM_read_bio_PrivateKey(key_text.get(), nullptr, &NoPassword, nullptr));
  const Certificate owner = Next(Memory(certificate).get());
  if (!read || !owner) return KeyMatch::kNoKey;
  const bool fits = X509_check_private_key(owner.get(), read.get()) == 1;
  ERR_clear_error();
  return fits ? KeyMatch::kFits : KeyMatch::kOther;
}

std::optional<std::int64_t> CountRevoked(std::string_view pem) {
  const Bio memory = Memory(pem);
  const Owned<X509_CRL, X509_CRL_free> list(
      PEM_read_bio_X509_CRL(memory.get(), nullptr, &NoPassword, nullptr));
  ERR_clear_error();
  if (!list) return std::nullopt;
  // No list at all where nothing is revoked.
  const STACK_OF(X509_REVOKED)* const revoked = X509_CRL_get_REVOKED(list.get());
  return revoked == nullptr ? 0 : sk_X509_REVOKED_num(revoked);
}

}  // namespace cumulite::net
