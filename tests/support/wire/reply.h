#pragma once
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace cumulite::testing {

/// One HTTP answer, as bytes see it.
struct Reply {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;  // chunked framing removed

  /// The first header of that name, any case; empty when absent.
  std::string Header(std::string_view name) const;
  bool Has(std::string_view name) const;
  nlohmann::json Json() const { return nlohmann::json::parse(body); }
};

}  // namespace cumulite::testing
