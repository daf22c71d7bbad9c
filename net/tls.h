#pragma once
#include <sys/types.h>

#include <boost/asio/ssl/context.hpp>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

namespace cumulite::net {

/// What a front shows to those who come with TLS. Thread: any.
class Tls {
 public:
  virtual ~Tls() = default;
  /// For the next handshake, which keeps it; another one may be given to the one after. Never null.
  /// Errors: std::runtime_error.
  virtual std::shared_ptr<boost::asio::ssl::context> Context() = 0;
};

/// The certificate that the server shows: the user's, or a self-signed one made once in the data directory.
///
/// The TLS context is built when the first TLS client comes: most runs never see one, and building it costs a
/// megabyte and milliseconds. Thread: any.
class ServerTls final : public Tls {
 public:
  /// The user's own PEM files. Errors: std::runtime_error naming the file that cannot be used.
  ServerTls(std::filesystem::path certificate, std::filesystem::path key);
  /// `tls/cert.pem` and `tls/key.pem` below `data_directory`, made if they are not there.
  static std::unique_ptr<ServerTls> SelfSigned(const std::filesystem::path& data_directory);

  /// Waits until a certificate that is being made is there. Errors: std::runtime_error.
  void WaitForCertificate();

  // Tls
  std::shared_ptr<boost::asio::ssl::context> Context() override;

 private:
  explicit ServerTls(const std::filesystem::path& directory);

  const std::filesystem::path certificate_;
  const std::filesystem::path key_;
  pid_t maker_ = -1;  // the process that makes the certificate, if one had to be made
  std::once_flag made_;
  std::once_flag built_;
  std::shared_ptr<boost::asio::ssl::context> context_;
};

}  // namespace cumulite::net
