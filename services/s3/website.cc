#include "services/s3/website.h"

#include <charconv>

#include "protocol/http.h"

namespace cumulite::s3 {
namespace {

std::string Location(const std::optional<std::string>& protocol, const std::optional<std::string>& host,
                     const WebsiteRequest& request, std::string_view key) {
  std::string location(protocol ? std::string_view(*protocol) : request.scheme);
  location.append("://").append(host ? std::string_view(*host) : request.host).append("/");
  return location + protocol::PercentEncode(key, protocol::Slash::kKeep);
}

bool Fits(const std::optional<documents::Condition>& condition, std::string_view key, int error) {
  if (!condition) return true;
  if (condition->key_prefix_equals && !key.starts_with(*condition->key_prefix_equals)) return false;
  const auto& code = condition->http_error_code_returned_equals;
  return !code || *code == std::to_string(error);
}

std::string NewKey(const documents::RoutingRule& rule, std::string_view key) {
  if (rule.redirect.replace_key_with) return *rule.redirect.replace_key_with;
  if (!rule.redirect.replace_key_prefix_with) return std::string(key);
  const std::size_t replaced =
      rule.condition && rule.condition->key_prefix_equals ? rule.condition->key_prefix_equals->size() : 0;
  return *rule.redirect.replace_key_prefix_with + std::string(key.substr(replaced));
}

int StatusOf(const documents::Redirect& redirect) {
  int status = 301;
  if (const auto& code = redirect.http_redirect_code) {
    std::from_chars(code->data(), code->data() + code->size(), status);
  }
  return status;
}

}  // namespace

std::optional<WebsiteRedirect> RedirectAll(const documents::WebsiteConfiguration& website,
                                           const WebsiteRequest& request) {
  const auto& all = website.redirect_all_requests_to;
  if (!all) return std::nullopt;
  return WebsiteRedirect{.status = 301,
                         .location = Location(all->protocol, all->host_name, request, request.key)};
}

std::optional<WebsiteRedirect> RedirectByRule(const documents::WebsiteConfiguration& website,
                                              const WebsiteRequest& request, int error) {
  for (const documents::RoutingRule& rule : website.routing_rules) {
    if (!Fits(rule.condition, request.key, error)) continue;
    const documents::Redirect& redirect = rule.redirect;
    return WebsiteRedirect{
        .status = StatusOf(redirect),
        .location = Location(redirect.protocol, redirect.host_name, request, NewKey(rule, request.key))};
  }
  return std::nullopt;
}

std::string PageOf(const documents::WebsiteConfiguration& website, std::string_view key) {
  std::string page(key);
  if ((page.empty() || page.ends_with('/')) && website.index_document) page += website.index_document->suffix;
  return page;
}

}  // namespace cumulite::s3
