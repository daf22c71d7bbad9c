#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/members.h"

/// How a bucket answers as a website. Source: S3 API Reference, "Data Types".
namespace cumulite::s3::documents {

struct ErrorDocument {
  std::string key;
  static protocol::Members Describe();
};

struct IndexDocument {
  std::string suffix;
  static protocol::Members Describe();
};

struct RedirectAllRequestsTo {
  std::string host_name;
  std::optional<std::string> protocol;
  static protocol::Members Describe();
};

struct Condition {
  std::optional<std::string> http_error_code_returned_equals;
  std::optional<std::string> key_prefix_equals;
  static protocol::Members Describe();
};

struct Redirect {
  std::optional<std::string> host_name;
  std::optional<std::string> http_redirect_code;
  std::optional<std::string> protocol;
  std::optional<std::string> replace_key_prefix_with;
  std::optional<std::string> replace_key_with;
  static protocol::Members Describe();
};

struct RoutingRule {
  std::optional<Condition> condition;
  Redirect redirect;
  static protocol::Members Describe();
};

struct WebsiteConfiguration {
  std::optional<ErrorDocument> error_document;
  std::optional<IndexDocument> index_document;
  std::optional<RedirectAllRequestsTo> redirect_all_requests_to;
  std::vector<RoutingRule> routing_rules;
  static protocol::Members Describe();
};

}  // namespace cumulite::s3::documents
