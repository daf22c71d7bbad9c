#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <memory>
#include <span>
#include <vector>

#include "config/settings.h"
#include "net/front.h"
#include "net/io_loop.h"

namespace cumulite::net {

/// Accepts connections on one address and deals them to the loops in turn: SDK pools hold few, long-lived
/// connections, and the kernel's SO_REUSEPORT hashing would leave loops idle.
///
/// Listeners come and go while the loops run, each with a front of its own. Thread: any.
class Listener : public std::enable_shared_from_this<Listener> {
 public:
  using Loops = std::span<const std::unique_ptr<IoLoop>>;

  /// Binds at once, so that a port in use is told before anything else is touched. Accepts on the first loop;
  /// `loops` outlive it and all of its sessions.
  /// Errors: std::runtime_error naming the address.
  static std::shared_ptr<Listener> Bind(Loops loops, const config::Endpoint& endpoint);

  /// Once; before that, clients wait.
  void Start(std::shared_ptr<const Front> front);
  /// No connection is taken any more, and each that was ends after the answer at hand. At once on the first
  /// loop, soon from any other thread.
  void Close();

  const boost::asio::ip::tcp::endpoint& local_endpoint() const { return local_endpoint_; }

 private:
  Listener(Loops loops, const config::Endpoint& endpoint);

  void AcceptNext();
  void Deal(boost::asio::ip::tcp::socket socket, IoLoop& loop);
  void CloseHere();

  const Loops loops_;
  IoLoop& home_;
  boost::asio::ip::tcp::acceptor acceptor_;
  boost::asio::ip::tcp::endpoint local_endpoint_;
  std::shared_ptr<const Front> front_;  // the home loop's, once started
  std::size_t turn_ = 0;
  boost::asio::steady_timer retry_;  // after running out of descriptors
};

}  // namespace cumulite::net
