#pragma once
#include <optional>
#include <string>
#include <vector>

#include "protocol/members.h"

/// Whom events are told to. Source: S3 API Reference, "Data Types".
namespace cumulite::s3::documents {

struct FilterRule {
  std::optional<std::string> name;
  std::optional<std::string> value;
  static protocol::Members Describe();
};

struct S3KeyFilter {
  std::vector<FilterRule> filter_rules;
  static protocol::Members Describe();
};

struct NotificationConfigurationFilter {
  std::optional<S3KeyFilter> key;
  static protocol::Members Describe();
};

struct TopicConfiguration {
  std::optional<std::string> id;
  std::string topic_arn;
  std::vector<std::string> events;
  std::optional<NotificationConfigurationFilter> filter;
  static protocol::Members Describe();
};

struct QueueConfiguration {
  std::optional<std::string> id;
  std::string queue_arn;
  std::vector<std::string> events;
  std::optional<NotificationConfigurationFilter> filter;
  static protocol::Members Describe();
};

struct LambdaFunctionConfiguration {
  std::optional<std::string> id;
  std::string lambda_function_arn;
  std::vector<std::string> events;
  std::optional<NotificationConfigurationFilter> filter;
  static protocol::Members Describe();
};

struct EventBridgeConfiguration {
  static protocol::Members Describe() { return {}; }
};

struct NotificationConfiguration {
  std::vector<TopicConfiguration> topic_configurations;
  std::vector<QueueConfiguration> queue_configurations;
  std::vector<LambdaFunctionConfiguration> lambda_function_configurations;
  std::optional<EventBridgeConfiguration> event_bridge_configuration;
  static protocol::Members Describe();
};

}  // namespace cumulite::s3::documents
