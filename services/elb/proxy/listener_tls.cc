#include "services/elb/proxy/listener_tls.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <boost/asio/ssl/context.hpp>
#include <string>

#include "base/log.h"
#include "net/certificate.h"
#include "services/elb/proxy/tls_policy.h"

namespace cumulite::elb::proxy {
namespace {
namespace ssl = boost::asio::ssl;
using ContextPtr = std::shared_ptr<ssl::context>;

struct FreeWith {
  void operator()(BIO* x) const { BIO_free(x); }
  void operator()(X509* x) const { X509_free(x); }
  void operator()(X509_CRL* x) const { X509_CRL_free(x); }
};
template <class T>
using Owned = std::unique_ptr<T, FreeWith>;

Owned<BIO> Memory(const std::string& text) {
  return Owned<BIO>(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
}

/// A certificate that is expired, and may be.
int AllowExpired(int ok, X509_STORE_CTX* store) {
  const int error = X509_STORE_CTX_get_error(store);
  if (ok == 1 || (error != X509_V_ERR_CERT_HAS_EXPIRED && error != X509_V_ERR_CERT_NOT_YET_VALID)) return ok;
  X509_STORE_CTX_set_error(store, X509_V_OK);
  return 1;
}

int AllowAny(int, X509_STORE_CTX*) { return 1; }

void TrustAuthorities(const MutualTls& mutual, ssl::context& context) {
  X509_STORE* const store = SSL_CTX_get_cert_store(context.native_handle());
  const Owned<BIO> authorities = Memory(mutual.authorities_pem);
  for (;;) {
    const Owned<X509> authority(PEM_read_bio_X509(authorities.get(), nullptr, nullptr, nullptr));
    if (!authority) break;
    X509_STORE_add_cert(store, authority.get());
    if (mutual.advertise_names) SSL_CTX_add_client_CA(context.native_handle(), authority.get());
  }
  const Owned<BIO> revocations = Memory(mutual.revocations_pem);
  bool any = false;
  for (;;) {
    const Owned<X509_CRL> list(PEM_read_bio_X509_CRL(revocations.get(), nullptr, nullptr, nullptr));
    if (!list) break;
    X509_STORE_add_crl(store, list.get());
    any = true;
  }
  if (any) X509_STORE_set_flags(store, X509_V_FLAG_CRL_CHECK);
  ERR_clear_error();  // the end of a text is an error to OpenSSL
}

void AskForClientCertificate(const MutualTls& mutual, ssl::context& context) {
  SSL_CTX* const native = context.native_handle();
  constexpr unsigned char kSession[] = "elb";
  SSL_CTX_set_session_id_context(native, kSession, sizeof kSession - 1);
  switch (mutual.mode) {
    case MutualTls::Mode::kOff:
      return;
    case MutualTls::Mode::kPassthrough:
      SSL_CTX_set_verify(native, SSL_VERIFY_PEER, &AllowAny);
      return;
    case MutualTls::Mode::kVerify:
      break;
  }
  TrustAuthorities(mutual, context);
  SSL_CTX_set_verify(native, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT,
                     mutual.ignore_expiry ? &AllowExpired : nullptr);
}

int ChooseProtocol(SSL*, const unsigned char** out, unsigned char* out_size, const unsigned char* in,
                   unsigned int in_size, void* argument) {
  const auto& wire = *static_cast<const std::string*>(argument);
  unsigned char* chosen = nullptr;
  const int found =
      SSL_select_next_proto(&chosen, out_size, reinterpret_cast<const unsigned char*>(wire.data()),
                            static_cast<unsigned>(wire.size()), in, in_size);
  *out = chosen;
  return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
}

/// Throws boost::system::system_error for what is no certificate or key.
ContextPtr MakeContext(const Listener& listener, const std::string& chain, const std::string& key) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  context->use_certificate_chain(boost::asio::buffer(chain));
  context->use_private_key(boost::asio::buffer(key), ssl::context::pem);
  SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE);
  ApplyPolicy(TlsPolicyOf(listener.ssl_policy), context->native_handle());
  AskForClientCertificate(listener.mutual_tls, *context);
  return context;
}
}  // namespace

/// All contexts of a port; the default one's callback chooses among them.
struct ListenerTls::Bundle {
  struct Choice {
    ContextPtr context;
    Owned<X509> certificate;
  };
  std::vector<Choice> choices;  // the default one first
  std::string protocols;        // as ALPN has them

  static int ChooseByName(SSL* ssl, int*, void* argument) {
    const char* const name = SSL_get_servername(ssl, TLSEXT_NAMETYPE_host_name);
    if (name == nullptr) return SSL_TLSEXT_ERR_NOACK;
    const auto* const bundle = static_cast<const Bundle*>(argument);
    for (const Choice& choice : bundle->choices) {
      if (!choice.certificate || X509_check_host(choice.certificate.get(), name, 0, 0, nullptr) != 1)
        continue;
      SSL_set_SSL_CTX(ssl, choice.context->native_handle());
      SSL_CTX* const native = choice.context->native_handle();
      SSL_set_verify(ssl, SSL_CTX_get_verify_mode(native), SSL_CTX_get_verify_callback(native));
      return SSL_TLSEXT_ERR_OK;
    }
    return SSL_TLSEXT_ERR_NOACK;
  }

  void Add(const Listener& listener, const std::string& arn, const std::string& chain,
           const std::string& key) {
    try {
      Choice choice{MakeContext(listener, chain, key), nullptr};
      const Owned<BIO> memory = Memory(chain);
      choice.certificate.reset(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
      choices.push_back(std::move(choice));
    } catch (const std::exception& failure) {
      base::Logger("elb")->warn("certificate cannot be used listener={} certificate={} cause={}",
                                listener.arn, arn, failure.what());
    }
  }
};

std::shared_ptr<ListenerTls::Bundle> ListenerTls::Make(
    const std::vector<std::shared_ptr<const Listener>>& listeners, bool http2) {
  auto bundle = std::make_shared<Bundle>();
  for (const auto& listener : listeners) {
    for (const Certificate& certificate : listener->certificates) {
      bundle->Add(*listener, certificate.arn, certificate.chain_pem, certificate.key_pem);
    }
  }
  if (bundle->choices.empty()) {
    const net::SelfSigned made = net::MakeSelfSigned();
    bundle->Add(*listeners.front(), "self-signed", made.certificate_pem, made.key_pem);
  }
  if (bundle->choices.empty()) throw std::runtime_error("no certificate can be used");
  std::vector<std::string> offered = listeners.front()->alpn;
  if (listeners.front()->protocol == Listener::Protocol::kHttps) {
    offered = http2 ? std::vector<std::string>{"h2", "http/1.1"} : std::vector<std::string>{"http/1.1"};
  }
  for (const std::string& protocol : offered) {
    bundle->protocols += static_cast<char>(protocol.size());
    bundle->protocols += protocol;
  }
  SSL_CTX* const first = bundle->choices.front().context->native_handle();
  SSL_CTX_set_tlsext_servername_callback(first, &Bundle::ChooseByName);
  SSL_CTX_set_tlsext_servername_arg(first, bundle.get());
  if (!bundle->protocols.empty()) {
    for (const Bundle::Choice& choice : bundle->choices) {
      SSL_CTX_set_alpn_select_cb(choice.context->native_handle(), &ChooseProtocol, &bundle->protocols);
    }
  }
  return bundle;
}

void ListenerTls::Follow(std::vector<std::shared_ptr<const Listener>> listeners, bool http2) {
  const std::scoped_lock lock(mutex_);
  if (listeners == listeners_ && http2 == http2_) return;
  listeners_ = std::move(listeners);
  http2_ = http2;
  bundle_.reset();
}

void ListenerTls::FollowOther(ListenerTls& other) {
  std::vector<std::shared_ptr<const Listener>> listeners;
  bool http2 = false;
  {
    const std::scoped_lock lock(other.mutex_);
    listeners = other.listeners_;
    http2 = other.http2_;
  }
  Follow(std::move(listeners), http2);
}

std::shared_ptr<ssl::context> ListenerTls::Context() {
  const std::scoped_lock lock(mutex_);
  if (!bundle_) bundle_ = Make(listeners_, http2_);
  return {bundle_, bundle_->choices.front().context.get()};
}

}  // namespace cumulite::elb::proxy
