#pragma once
#include <boost/asio/ip/tcp.hpp>
#include <coroutine>
#include <memory>
#include <string>
#include <vector>

namespace cumulite::net {

/// Turns host names into addresses off the loops: getaddrinfo(3) may block for half a minute. Its threads
/// start when somebody asks and end when nobody does; none is waited for at the end of the process.
///
/// Addresses and localhost (RFC 6761: with all names below it) need no thread. Thread: any.
class Resolver {
 public:
  struct Found {
    std::vector<boost::asio::ip::tcp::endpoint> endpoints;  // in the order in which to try them
    std::string error;                                      // why there are none
  };

  Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;
  ~Resolver();

  /// Awaits the answer, on a loop. Abandon() ends the wait with nothing found.
  class Lookup {
   public:
    Lookup(Resolver& resolver, std::string host, std::uint16_t port);
    bool await_ready();
    void await_suspend(std::coroutine_handle<> waiter);
    Found await_resume();
    /// Thread: the loop's. The waiter is resumed soon, not from inside.
    void Abandon();

   private:
    Resolver& resolver_;
    std::shared_ptr<struct LookupJob> job_;
  };

 private:
  struct State;
  static void Work(const std::shared_ptr<State>& state);
  void Submit(std::shared_ptr<LookupJob> job);

  std::shared_ptr<State> state_;
};

}  // namespace cumulite::net
