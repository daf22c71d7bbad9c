#include "protocol/ecdsa.h"

#include <openssl/bn.h>
#include <openssl/ec.h>

#include <memory>
#include <stdexcept>

#include "protocol/owned.h"

namespace cumulite::protocol {

std::string PlainEcdsaSignature(std::string_view der, int number_bytes) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(der.data());
  const std::unique_ptr<ECDSA_SIG, Deleter<ECDSA_SIG_free>> signature(
      d2i_ECDSA_SIG(nullptr, &bytes, static_cast<long>(der.size())));
  if (!signature) throw std::runtime_error("no ECDSA signature");
  std::string plain(2 * static_cast<std::size_t>(number_bytes), '\0');
  auto* to = reinterpret_cast<unsigned char*>(plain.data());
  BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), to, number_bytes);
  BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), to + number_bytes, number_bytes);
  return plain;
}

}  // namespace cumulite::protocol
