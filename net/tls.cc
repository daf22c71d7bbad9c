#include "net/tls.h"

#include <fmt/core.h>
#include <sys/wait.h>
#include <unistd.h>

#include <stdexcept>

#include "net/certificate.h"

namespace cumulite::net {
namespace {
namespace ssl = boost::asio::ssl;

std::shared_ptr<ssl::context> Load(const std::filesystem::path& certificate,
                                   const std::filesystem::path& key) {
  auto context = std::make_shared<ssl::context>(ssl::context::tls_server);
  context->set_options(ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
  boost::system::error_code error;
  context->use_certificate_chain_file(certificate.string(), error);
  if (error)
    throw std::runtime_error("cannot use TLS certificate " + certificate.string() + ": " + error.message());
  context->use_private_key_file(key.string(), ssl::context::pem, error);
  if (error) throw std::runtime_error("cannot use TLS key " + key.string() + ": " + error.message());
  // Ten thousand idle TLS connections should not hold 34 KiB of OpenSSL's buffers each.
  SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  return context;
}

/// What the child does: an exit status.
int MakeCertificate(const std::filesystem::path& certificate, const std::filesystem::path& key) {
  try {
    WriteSelfSignedCertificate(certificate, key);
    return 0;
  } catch (const std::exception& failure) {
    fmt::print(stderr, "cumulite: {}\n", failure.what());
    return 1;
  }
}
}  // namespace

ServerTls::ServerTls(std::filesystem::path certificate, std::filesystem::path key)
    : certificate_(std::move(certificate)), key_(std::move(key)) {
  // A wrong file is told at start, not to the first client.
  std::call_once(built_, [this] { context_ = Load(certificate_, key_); });
}

std::unique_ptr<ServerTls> ServerTls::SelfSigned(const std::filesystem::path& data_directory) {
  return std::unique_ptr<ServerTls>(new ServerTls(data_directory / "tls"));
}

ServerTls::ServerTls(const std::filesystem::path& directory)
    : certificate_(directory / "cert.pem"), key_(directory / "key.pem") {
  if (std::filesystem::exists(certificate_) && std::filesystem::exists(key_)) return;
  std::filesystem::create_directories(directory);
  // In a process of its own, beside the opening of the databases: OpenSSL would stay in our memory with 2
  // MiB, and the first start would take 3 ms longer, for a certificate that most users never see.
  maker_ = ::fork();
  if (maker_ < 0) throw std::runtime_error("cannot start the process that makes a TLS certificate");
  if (maker_ == 0) ::_exit(MakeCertificate(certificate_, key_));
}

void ServerTls::WaitForCertificate() {
  std::call_once(made_, [this] {
    if (maker_ < 0) return;
    int status = 0;
    ::waitpid(maker_, &status, 0);
    if (status != 0) throw std::runtime_error("cannot make a TLS certificate in " + certificate_.string());
  });
}

std::shared_ptr<ssl::context> ServerTls::Context() {
  WaitForCertificate();
  std::call_once(built_, [this] { context_ = Load(certificate_, key_); });
  return context_;
}

}  // namespace cumulite::net
