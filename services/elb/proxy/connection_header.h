#pragma once
#include <span>
#include <string_view>

#include "protocol/http.h"

namespace cumulite::elb::proxy {

/// Which headers end at this hop: the ones that are known to, and what Connection names.
/// Source: RFC 9110 7.6.1.
class HopByHop {
 public:
  explicit HopByHop(std::span<const protocol::HeaderField> headers);

  bool Owns(std::string_view name) const;
  /// Connection: upgrade and Upgrade: websocket.
  bool is_websocket() const { return upgrade_ && websocket_; }

 private:
  static constexpr std::size_t kMostNamed = 16;  // of Connection: more name nothing that is of use

  std::string_view named_[kMostNamed];
  std::size_t named_count_ = 0;
  bool upgrade_ = false;
  bool websocket_ = false;
};

/// Calls with each element of a list such as Connection's, without blanks; empty ones are left out.
template <class Callable>
void ForEachInList(std::string_view list, Callable callable) {
  while (!list.empty()) {
    std::string_view item = list.substr(0, list.find(','));
    list.remove_prefix(item.size() + (item.size() < list.size() ? 1 : 0));
    while (item.starts_with(' ') || item.starts_with('\t')) item.remove_prefix(1);
    while (item.ends_with(' ') || item.ends_with('\t')) item.remove_suffix(1);
    if (!item.empty()) callable(item);
  }
}

}  // namespace cumulite::elb::proxy
