#pragma once
#include <memory>
#include <string>

namespace boost::asio::ssl {
class context;
}

namespace cumulite::net {

/// How a client of ours speaks TLS: whose certificates it believes. Made once, shared by many calls;
/// connections are kept apart by it. Thread: any.
class ClientTls {
 public:
  enum class Verify { kPeer, kNothing };  // kNothing: as load balancers treat their targets

  /// Believes the system's authorities, or only those in `authorities` (PEM, one or several).
  /// Errors: std::runtime_error when there is no certificate in it.
  static std::shared_ptr<const ClientTls> Make(Verify verify, const std::string& authorities = {});

  ~ClientTls();
  bool verifies() const { return verify_ == Verify::kPeer; }
  /// For net/ only.
  boost::asio::ssl::context& context() const { return *context_; }

 private:
  ClientTls(Verify verify, const std::string& authorities);

  const Verify verify_;
  std::unique_ptr<boost::asio::ssl::context> context_;
};

}  // namespace cumulite::net
