#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cumulite::bench {

/// A kept connection to "127.0.0.1:4566", driven with plain blocking sockets.
///
/// Errors: std::runtime_error when the server is not there or leaves.
class Connection {
 public:
  explicit Connection(const std::string& host);
  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&&) = delete;
  ~Connection();

  int fd() const { return fd_; }
  void Send(std::string_view bytes);

  /// One answer; they are counted here, never chunked.
  struct Answer {
    int status = 0;
    std::string body;
  };
  /// Takes in what has arrived, waiting for at least a byte; true once an answer is complete.
  bool Receive();
  /// The complete answer, which ends its request.
  Answer Take();
  /// Sends and waits for the answer.
  Answer Call(std::string_view request);

 private:
  int fd_;
  std::string received_;
  std::size_t head_size_ = 0;    // of the answer arriving; 0: not known yet
  std::size_t size_ = 0;         // of the whole answer
  bool announces_only_ = false;  // the answer to a HEAD tells the length of a body that does not come
};

/// Lets this process have as many connections as the system allows.
void RaiseFileLimit();

/// CPU nanoseconds of all threads of the processes so far, from the scheduler's own books.
std::uint64_t CpuNanoseconds(const std::vector<int>& pids);

}  // namespace cumulite::bench
