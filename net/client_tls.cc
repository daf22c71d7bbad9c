#include "net/client_tls.h"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ssl/context.hpp>
#include <stdexcept>

namespace cumulite::net {
namespace ssl = boost::asio::ssl;

ClientTls::ClientTls(Verify verify, const std::string& authorities)
    : verify_(verify), context_(std::make_unique<ssl::context>(ssl::context::tls_client)) {
  context_->set_options(ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
  SSL_CTX_set_mode(context_->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  static constexpr unsigned char kHttp11[] = "\x08http/1.1";
  SSL_CTX_set_alpn_protos(context_->native_handle(), kHttp11, sizeof kHttp11 - 1);
  boost::system::error_code error;
  context_->set_verify_mode(verifies() ? ssl::verify_peer : ssl::verify_none, error);
  if (!verifies()) return;
  if (authorities.empty()) {
    context_->set_default_verify_paths(error);  // none there: then nobody is believed
  } else {
    context_->add_certificate_authority(boost::asio::buffer(authorities), error);
    if (error) throw std::runtime_error("cannot use the certificate authorities given: " + error.message());
  }
}

ClientTls::~ClientTls() = default;

std::shared_ptr<const ClientTls> ClientTls::Make(Verify verify, const std::string& authorities) {
  return std::shared_ptr<const ClientTls>(new ClientTls(verify, authorities));
}

}  // namespace cumulite::net
