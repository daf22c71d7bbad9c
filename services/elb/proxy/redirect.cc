#include "services/elb/proxy/redirect.h"

#include "base/text.h"
#include "services/elb/proxy/pattern.h"

namespace cumulite::elb::proxy {
namespace {
constexpr std::size_t kMaxLocation = 8 << 10;

struct Values {
  const RedirectFacts& facts;
  std::string port;

  /// nullopt: no placeholder of ours, so it stays as it stands.
  std::optional<std::string_view> Of(std::string_view name) const {
    if (name == "protocol") return facts.protocol;
    if (name == "host") return facts.host;
    if (name == "port") return port;
    if (name == "path") return facts.path.substr(facts.path.starts_with('/') ? 1 : 0);
    if (name == "query") return facts.query;
    return std::nullopt;
  }
};

void AppendExpanded(std::string_view text, const Values& values, std::string& out) {
  for (;;) {
    const std::size_t begin = text.find("#{");
    const std::size_t end = begin == std::string_view::npos ? begin : text.find('}', begin);
    if (end == std::string_view::npos) {
      out += text;
      return;
    }
    out += text.substr(0, begin);
    const std::string_view placeholder = text.substr(begin, end + 1 - begin);
    out += values.Of(placeholder.substr(2, placeholder.size() - 3)).value_or(placeholder);
    text.remove_prefix(end + 1);
  }
}
}  // namespace

std::optional<std::string> LocationOf(const Redirect& redirect, const RedirectFacts& facts) {
  const Values values{facts, std::to_string(facts.port)};
  std::string location;
  AppendExpanded(redirect.protocol, values, location);
  location = base::ToLower(location) + "://";
  AppendExpanded(redirect.host, values, location);
  location += ':';
  AppendExpanded(redirect.port, values, location);
  AppendExpanded(redirect.path, values, location);
  std::string query;
  AppendExpanded(redirect.query, values, query);
  if (!query.empty()) location.append("?").append(query);
  if (location.size() > kMaxLocation) return std::nullopt;
  return location;
}

}  // namespace cumulite::elb::proxy
