#pragma once
#include <sys/types.h>

#include <boost/asio/ssl/context.hpp>
#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

namespace cumulite::net {

/// The certificate that the server shows: the user's, or a self-signed one made once in the data directory.
///
/// The TLS context is built when the first TLS client comes: most runs never see one, and building it costs a
/// megabyte and milliseconds. Thread: any.
class Tls {
 public:
  /// The user's own PEM files. Errors: std::runtime_error naming the file that cannot be used.
  Tls(std::filesystem::path certificate, std::filesystem::path key);
  /// `tls/cert.pem` and `tls/key.pem` below `data_directory`, made if they are not there.
  static std::unique_ptr<Tls> SelfSigned(const std::filesystem::path& data_directory);

  /// Waits until a certificate that is being made is there. Errors: std::runtime_error.
  void WaitForCertificate();

  boost::asio::ssl::context& context();

 private:
  explicit Tls(const std::filesystem::path& directory);

  const std::filesystem::path certificate_;
  const std::filesystem::path key_;
  pid_t maker_ = -1;  // the process that makes the certificate, if one had to be made
  std::once_flag made_;
  std::once_flag built_;
  std::unique_ptr<boost::asio::ssl::context> context_;
};

}  // namespace cumulite::net
