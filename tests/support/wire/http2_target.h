#pragma once
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace cumulite::testing {

/// A server of HTTP/2 on one connection, blocking: answers each request by a function, one after the other.
struct Http2Target {
  using Fields = std::vector<std::pair<std::string, std::string>>;
  struct Seen {
    Fields head;
    std::string body;
    /// The first of that name, empty when absent.
    std::string Header(const std::string& name) const;
  };
  struct Answer {
    Fields head;  // with ":status"
    std::string body;
    Fields trailers;
    bool reset = false;  // in place of an answer
  };
  using Answers = std::function<Answer(const Seen&)>;

  /// Until the client closes.
  static void Serve(int fd, const Answers& answers);
};

}  // namespace cumulite::testing
