#include "services/elb/condition_rules.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/text.h"
#include "services/elb/errors.h"
#include "services/elb/quotas.h"
#include "services/resource/cidr.h"

namespace cumulite::elb {
namespace {

constexpr std::size_t kMaxValue = 128;
constexpr std::size_t kMaxName = 40;
constexpr std::array kFields{std::string_view("host-header"),         std::string_view("http-header"),
                             std::string_view("http-request-method"), std::string_view("path-pattern"),
                             std::string_view("query-string"),        std::string_view("source-ip")};

bool IsAlphanumeric(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// How many values and wildcards a rule has.
struct Totals {
  std::size_t values = 0;
  std::size_t wildcards = 0;
};

void CheckLength(std::string_view what, const std::string& value, std::size_t limit) {
  if (value.size() > limit) {
    throw Invalid("The '" + std::string(what) + "' value is too long; the limit is '" +
                  std::to_string(limit) + "'");
  }
}

void CheckCharacters(std::string_view what, const std::string& value, std::string_view also) {
  const auto fits = [&](char c) { return IsAlphanumeric(c) || also.find(c) != std::string_view::npos; };
  if (!std::ranges::all_of(value, fits)) {
    throw Invalid("The '" + std::string(what) + "' value '" + value + "' contains an invalid character");
  }
}

void Count(Totals& totals, const std::string& value) {
  ++totals.values;
  totals.wildcards +=
      static_cast<std::size_t>(std::ranges::count_if(value, [](char c) { return c == '*' || c == '?'; }));
}

void NoneAtAll(bool values, bool regex_values, std::string_view words) {
  if (!values && !regex_values) throw Invalid(std::string(words));
  if (values && regex_values) throw Invalid("You cannot specify both 'Values' and 'RegexValues'");
}

void CheckRegexes(std::string_view what, const std::vector<std::string>& values, Totals& totals) {
  for (const std::string& value : values) {
    if (value.empty()) throw Invalid("A condition value must be specified");
    CheckLength(what, value, kMaxValue);
    ++totals.values;
  }
}

/// Hosts and paths: the older form has one value, the newer its own list; both are shown.
template <class Config>
void ReadPatterns(RuleCondition& condition, std::optional<Config>& config, std::string_view characters,
                  Totals& totals) {
  const std::string& field = *condition.field;
  if (config && (!condition.values.empty() || !condition.regex_values.empty())) {
    throw Invalid("You can specify the values of '" + field + "' in one place only");
  }
  if (!config) {
    if (condition.values.size() > 1) {
      throw Invalid("The '" + field + "' field contains too many values; the limit is '1'");
    }
    config.emplace();
    config->values = condition.values;
    config->regex_values = condition.regex_values;
  }
  NoneAtAll(!config->values.empty(), !config->regex_values.empty(), "A condition value must be specified");
  for (const std::string& value : config->values) {
    if (value.empty()) throw Invalid("A condition value must be specified");
    CheckLength(field, value, kMaxValue);
    CheckCharacters(field, value, characters);
    Count(totals, value);
  }
  CheckRegexes(field, config->regex_values, totals);
  condition.values = config->values;
  condition.regex_values = config->regex_values;
}

void ReadHeader(const RuleCondition& condition, Totals& totals) {
  if (!condition.http_header_config) {
    throw Invalid("A 'HttpHeaderConfig' must be specified with 'http-header'");
  }
  const HttpHeaderConditionConfig& config = *condition.http_header_config;
  if (!config.http_header_name || config.http_header_name->empty()) {
    throw Invalid("A 'HttpHeaderName' must be specified in 'HttpHeaderConfig'");
  }
  CheckLength("HttpHeaderName", *config.http_header_name, kMaxName);
  CheckCharacters("HttpHeaderName", *config.http_header_name, "!#$%&'*+-.^_`|~");
  if (base::ToLower(*config.http_header_name) == "host")
    throw Invalid("The 'HttpHeaderName' value cannot be 'Host'; use 'host-header' instead");
  NoneAtAll(!config.values.empty(), !config.regex_values.empty(), "A 'http-header' value must be specified");
  for (const std::string& value : config.values) {
    CheckLength("http-header", value, kMaxValue);
    Count(totals, value);
  }
  CheckRegexes("http-header", config.regex_values, totals);
}

void ReadMethod(const RuleCondition& condition, Totals& totals) {
  if (!condition.http_request_method_config) {
    throw Invalid("A 'HttpRequestMethodConfig' must be specified with 'http-request-method'");
  }
  const auto& values = condition.http_request_method_config->values;
  if (values.empty()) throw Invalid("A 'http-request-method' value must be specified");
  const auto fits = [](char c) { return (c >= 'A' && c <= 'Z') || c == '-' || c == '_'; };
  for (const std::string& value : values) {
    CheckLength("http-request-method", value, kMaxName);
    if (value.empty() || !std::ranges::all_of(value, fits)) {
      throw Invalid(
          "The 'http-request-method' value is invalid; the allowed characters are A-Z, hyphen and "
          "underscore");
    }
    ++totals.values;
  }
}

void ReadQuery(const RuleCondition& condition, Totals& totals) {
  if (!condition.query_string_config) {
    throw Invalid("A 'QueryStringConfig' must be specified with 'query-string'");
  }
  const auto& pairs = condition.query_string_config->values;
  if (pairs.empty()) throw Invalid("A 'query-string' value must be specified");
  for (const QueryStringKeyValuePair& pair : pairs) {
    if (!pair.value) throw Invalid("A 'Value' must be specified in 'QueryStringKeyValuePair'");
    CheckLength("Key", pair.key.value_or(""), kMaxValue);
    CheckLength("Value", *pair.value, kMaxValue);
    Count(totals, *pair.value);
    if (pair.key) {
      Count(totals, *pair.key);
      --totals.values;
    }
  }
}

void ReadSource(const RuleCondition& condition, Totals& totals) {
  if (!condition.source_ip_config) throw Invalid("A 'SourceIpConfig' must be specified with 'source-ip'");
  const auto& values = condition.source_ip_config->values;
  if (values.empty()) throw Invalid("A 'source-ip' value must be specified");
  for (const std::string& value : values) {
    if (!resource::ParseCidr(value) || value == "255.255.255.255/32") {
      throw Invalid("The 'source-ip' value '" + value + "' is not a valid CIDR block");
    }
    ++totals.values;
  }
}

void ReadOne(RuleCondition& condition, Totals& totals) {
  const std::string& field = *condition.field;
  if (field == "host-header") return ReadPatterns(condition, condition.host_header_config, "-.*?", totals);
  if (field == "path-pattern") {
    return ReadPatterns(condition, condition.path_pattern_config, "_-.$/~\"'@:+&*?", totals);
  }
  if (!condition.values.empty()) {
    throw Invalid("'Values' cannot be specified with '" + field + "'; use its own configuration");
  }
  if (field == "http-header") return ReadHeader(condition, totals);
  if (field == "http-request-method") return ReadMethod(condition, totals);
  if (field == "query-string") return ReadQuery(condition, totals);
  return ReadSource(condition, totals);
}

/// How many configurations of its own a condition carries.
int ConfigsOf(const RuleCondition& c) {
  return int(c.host_header_config.has_value()) + int(c.path_pattern_config.has_value()) +
         int(c.http_header_config.has_value()) + int(c.query_string_config.has_value()) +
         int(c.http_request_method_config.has_value()) + int(c.source_ip_config.has_value());
}

void CheckRewrites(const std::string& type, const std::vector<RewriteConfig>* rewrites) {
  if (rewrites == nullptr || rewrites->size() != 1) {
    throw Invalid("A transform of type '" + type + "' must have exactly one rewrite");
  }
  constexpr std::size_t kMaxText = 1024;
  const RewriteConfig& rewrite = rewrites->front();
  if (rewrite.regex.empty() || rewrite.regex.size() > kMaxText || rewrite.replace.size() > kMaxText) {
    throw Invalid("The 'Regex' and 'Replace' values of a rewrite cannot be longer than '1024' characters");
  }
}

}  // namespace

std::vector<RuleCondition> ReadConditions(std::vector<RuleCondition> conditions) {
  if (conditions.empty()) throw Invalid("A condition must be specified");
  Totals totals;
  std::vector<std::string_view> once;
  for (RuleCondition& condition : conditions) {
    if (!condition.field || std::ranges::find(kFields, *condition.field) == kFields.end()) {
      throw Invalid("Condition field '" + condition.field.value_or("") +
                    "' must be one of '[path-pattern, host-header, http-header, http-request-method, "
                    "query-string, source-ip]'");
    }
    if (ConfigsOf(condition) > 1) {
      throw Invalid("A condition can have only the configuration that belongs to '" + *condition.field + "'");
    }
    ReadOne(condition, totals);
    const bool many = *condition.field == "http-header" || *condition.field == "query-string";
    if (!many && std::ranges::find(once, *condition.field) != once.end()) {
      throw Invalid("A rule can only have one '" + *condition.field + "' condition");
    }
    once.push_back(*condition.field);
  }
  if (totals.values > kMaxConditionValues) {
    throw Invalid("A rule can only have '" + std::to_string(kMaxConditionValues) + "' condition values");
  }
  if (totals.wildcards > kMaxWildcards) {
    throw Invalid("A rule can only have '" + std::to_string(kMaxWildcards) + "' condition wildcards");
  }
  return conditions;
}

void CheckTransforms(const std::vector<RuleTransform>& transforms) {
  std::vector<std::string_view> types;
  for (const RuleTransform& transform : transforms) {
    if (std::ranges::find(types, transform.type) != types.end()) {
      throw Invalid("A rule can only have one transform of type '" + transform.type + "'");
    }
    types.push_back(transform.type);
    const bool host = transform.type == "host-header-rewrite";
    if (host ? transform.url_rewrite_config.has_value() : transform.host_header_rewrite_config.has_value()) {
      throw Invalid("A transform can have only the configuration that belongs to '" + transform.type + "'");
    }
    const std::vector<RewriteConfig>* rewrites = nullptr;
    if (host && transform.host_header_rewrite_config) {
      rewrites = &transform.host_header_rewrite_config->rewrites;
    }
    if (!host && transform.url_rewrite_config) rewrites = &transform.url_rewrite_config->rewrites;
    CheckRewrites(transform.type, rewrites);
  }
}

}  // namespace cumulite::elb
