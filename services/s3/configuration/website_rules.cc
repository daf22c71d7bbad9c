#include "services/s3/configuration/rules.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxRoutingRules = 50;

void CheckProtocol(const std::optional<std::string>& protocol) {
  if (!protocol || *protocol == "http" || *protocol == "https") return;
  throw AwsError(kInvalidRequest,
                 "Invalid protocol, protocol can be http or https. If not defined the protocol will be "
                 "selected automatically.");
}

bool IsStatus(const std::string& code, char low, char high) {
  return code.size() == 3 && code[0] >= low && code[0] <= high &&
         code.find_first_not_of("0123456789") == std::string::npos;
}

void CheckCondition(const documents::Condition& condition) {
  const auto& code = condition.http_error_code_returned_equals;
  if (!code && !condition.key_prefix_equals) {
    throw AwsError(kInvalidRequest,
                   "Condition cannot be empty. To redirect all requests without a condition, the condition "
                   "element shouldn't be present.");
  }
  if (code && !IsStatus(*code, '4', '5')) {
    throw AwsError(kInvalidRequest,
                   "The provided HTTP error code (" + *code + ") is not valid. Valid codes are 4XX or 5XX.");
  }
}

void CheckRedirect(const documents::Redirect& redirect) {
  CheckProtocol(redirect.protocol);
  if (redirect.replace_key_with && redirect.replace_key_prefix_with) {
    throw AwsError(kInvalidRequest, "You can only define ReplaceKeyPrefix or ReplaceKey but not both.");
  }
  if (const auto& code = redirect.http_redirect_code;
      code && (!IsStatus(*code, '3', '3') || *code == "300")) {
    throw AwsError(kInvalidRequest, "The provided HTTP redirect code (" + *code +
                                        ") is not valid. Valid codes are 3XX except 300.");
  }
  if (!redirect.host_name && !redirect.http_redirect_code && !redirect.protocol &&
      !redirect.replace_key_with && !redirect.replace_key_prefix_with) {
    throw MalformedXml();
  }
}

}  // namespace

void Check(const Call&, const Bucket&, documents::WebsiteConfiguration& website) {
  if (website.redirect_all_requests_to) {
    if (website.index_document || website.error_document || !website.routing_rules.empty()) {
      throw InvalidArgument(
          "RedirectAllRequestsTo cannot be provided in conjunction with other Routing Rules.",
          "RedirectAllRequestsTo", "not null");
    }
    if (website.redirect_all_requests_to->host_name.empty()) throw MalformedXml();
    return CheckProtocol(website.redirect_all_requests_to->protocol);
  }
  if (!website.index_document) {
    throw InvalidArgument(
        "A value for IndexDocument Suffix must be provided if RedirectAllRequestsTo is empty",
        "IndexDocument", "null");
  }
  const std::string& suffix = website.index_document->suffix;
  if (suffix.empty() || suffix.find('/') != std::string::npos) {
    throw InvalidArgument("The IndexDocument Suffix is not well formed", "IndexDocument", suffix);
  }
  if (website.error_document && website.error_document->key.empty()) throw MalformedXml();
  if (website.routing_rules.size() > kMaxRoutingRules) {
    throw AwsError(kInvalidRequest, std::to_string(website.routing_rules.size()) +
                                        " routing rules provided, the number of routing rules in a website "
                                        "configuration is limited to 50.");
  }
  for (const documents::RoutingRule& rule : website.routing_rules) {
    if (rule.condition) CheckCondition(*rule.condition);
    CheckRedirect(rule.redirect);
  }
}

}  // namespace cumulite::s3
