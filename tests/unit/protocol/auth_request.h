#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/http.h"

namespace cumulite::protocol {

/// A request head that owns its text; the HttpRequest is made anew for each use, so parts may be changed.
struct AuthRequest {
  std::string method = "GET";
  std::string target = "/";
  std::vector<std::pair<std::string, std::string>> headers;

  AuthRequest& Set(std::string_view name, std::string_view value) {
    for (auto& header : headers) {
      if (EqualsIgnoreCase(header.first, name)) {
        header.second = value;
        return *this;
      }
    }
    headers.emplace_back(name, value);
    return *this;
  }

  /// Views into this object, valid until it changes.
  const HttpRequest& View() {
    fields.clear();
    for (const auto& [name, value] : headers) fields.push_back({name, value});
    const std::string_view text = target;
    const std::size_t mark = text.find('?');
    view = HttpRequest{};
    view.method = method;
    view.target = text;
    view.path = text.substr(0, mark);
    view.query = mark == std::string_view::npos ? std::string_view{} : text.substr(mark + 1);
    view.headers = fields;
    return view;
  }

  // View's, public only so that this stays an aggregate.
  std::vector<HeaderField> fields = {};
  HttpRequest view = {};
};

}  // namespace cumulite::protocol
