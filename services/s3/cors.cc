#include "services/s3/cors.h"

#include <algorithm>

#include "base/text.h"
#include "protocol/http.h"
#include "protocol/policy_condition.h"

namespace cumulite::s3 {
namespace {

std::string_view Trim(std::string_view text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
  while (text.ends_with(' ')) text.remove_suffix(1);
  return text;
}

/// The header names of a list, in lower case.
std::vector<std::string> Names(std::string_view list) {
  std::vector<std::string> names;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    std::string name = base::ToLower(std::string(Trim(list.substr(0, comma))));
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    if (!name.empty()) names.push_back(std::move(name));
  }
  return names;
}

// '?' means itself here, but no origin, header or method has one.
bool AnyFits(const std::vector<std::string>& patterns, std::string_view text, protocol::LetterCase letters) {
  return std::any_of(patterns.begin(), patterns.end(), [&](const std::string& pattern) {
    return protocol::MatchesWildcard(pattern, text, letters);
  });
}

std::string Join(const std::vector<std::string>& values) {
  std::string text;
  for (const std::string& value : values) text.append(text.empty() ? "" : ", ").append(value);
  return text;
}

}  // namespace

const documents::CORSRule* FindCorsRule(const std::vector<documents::CORSRule>& rules,
                                        const CrossOrigin& wanted) {
  using enum protocol::LetterCase;
  const std::vector<std::string> headers = Names(wanted.headers);
  for (const documents::CORSRule& rule : rules) {
    if (AnyFits(rule.allowed_origins, wanted.origin, kExact) &&
        AnyFits(rule.allowed_methods, wanted.method, kExact) &&
        std::all_of(headers.begin(), headers.end(),
                    [&](const std::string& name) { return AnyFits(rule.allowed_headers, name, kIgnore); })) {
      return &rule;
    }
  }
  return nullptr;
}

std::string CorsHeaders(const documents::CORSRule& rule, const CrossOrigin& wanted) {
  protocol::HttpResponse lines;  // for its care about line breaks
  const bool anybody =
      std::find(rule.allowed_origins.begin(), rule.allowed_origins.end(), "*") != rule.allowed_origins.end();
  lines.AddHeader("Access-Control-Allow-Origin", anybody ? "*" : wanted.origin);
  lines.AddHeader("Access-Control-Allow-Methods", Join(rule.allowed_methods));
  if (!wanted.headers.empty()) lines.AddHeader("Access-Control-Allow-Headers", Join(Names(wanted.headers)));
  if (!rule.expose_headers.empty())
    lines.AddHeader("Access-Control-Expose-Headers", Join(rule.expose_headers));
  if (rule.max_age_seconds) lines.AddHeader("Access-Control-Max-Age", std::to_string(*rule.max_age_seconds));
  if (!anybody) lines.AddHeader("Access-Control-Allow-Credentials", "true");
  lines.AddHeader("Vary", "Origin, Access-Control-Request-Headers, Access-Control-Request-Method");
  return std::move(lines.headers);
}

}  // namespace cumulite::s3
