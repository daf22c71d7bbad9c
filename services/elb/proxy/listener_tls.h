#pragma once
#include <memory>
#include <mutex>
#include <vector>

#include "net/tls.h"
#include "services/elb/proxy/snapshot.h"

namespace cumulite::elb::proxy {

/// What the listeners on one port show to those who come with TLS: the certificate that fits the name the
/// client asks for, else the default one of the oldest listener; versions and ciphers by its policy.
///
/// Follows the listeners as they change; a handshake keeps what it began with. Thread: any.
class ListenerTls final : public net::Tls {
 public:
  /// `listeners` with TLS, the oldest first; not empty. What did not change is kept. `http2`: it is offered
  /// to those who come to an HTTPS listener.
  void Follow(std::vector<std::shared_ptr<const Listener>> listeners, bool http2);

  /// The same as `other`.
  void FollowOther(ListenerTls& other);

  // net::Tls
  std::shared_ptr<boost::asio::ssl::context> Context() override;

 private:
  struct Bundle;

  static std::shared_ptr<Bundle> Make(const std::vector<std::shared_ptr<const Listener>>& listeners,
                                      bool http2);

  std::mutex mutex_;
  std::vector<std::shared_ptr<const Listener>> listeners_;
  bool http2_ = false;
  std::shared_ptr<Bundle> bundle_;  // made when the first client comes
};

}  // namespace cumulite::elb::proxy
