#include "services/s3/documents/notification.h"

namespace cumulite::s3::documents {
using protocol::Wire;

protocol::Members FilterRule::Describe() {
  using T = FilterRule;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::name>("Name"),
      Wire<&T::value>("Value"),
  };
  return kMembers;
}

protocol::Members S3KeyFilter::Describe() {
  using T = S3KeyFilter;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::filter_rules>("FilterRules").InQuery("FilterRule").Flattened(),
  };
  return kMembers;
}

protocol::Members NotificationConfigurationFilter::Describe() {
  using T = NotificationConfigurationFilter;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::key>("Key").InQuery("S3Key"),
  };
  return kMembers;
}

protocol::Members TopicConfiguration::Describe() {
  using T = TopicConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::id>("Id"),
      Wire<&T::topic_arn>("TopicArn").InQuery("Topic").Required(),
      Wire<&T::events>("Events").InQuery("Event").Flattened().Required(),
      Wire<&T::filter>("Filter"),
  };
  return kMembers;
}

protocol::Members QueueConfiguration::Describe() {
  using T = QueueConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::id>("Id"),
      Wire<&T::queue_arn>("QueueArn").InQuery("Queue").Required(),
      Wire<&T::events>("Events").InQuery("Event").Flattened().Required(),
      Wire<&T::filter>("Filter"),
  };
  return kMembers;
}

protocol::Members LambdaFunctionConfiguration::Describe() {
  using T = LambdaFunctionConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::id>("Id"),
      Wire<&T::lambda_function_arn>("LambdaFunctionArn").InQuery("CloudFunction").Required(),
      Wire<&T::events>("Events").InQuery("Event").Flattened().Required(),
      Wire<&T::filter>("Filter"),
  };
  return kMembers;
}

protocol::Members NotificationConfiguration::Describe() {
  using T = NotificationConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::topic_configurations>("TopicConfigurations").InQuery("TopicConfiguration").Flattened(),
      Wire<&T::queue_configurations>("QueueConfigurations").InQuery("QueueConfiguration").Flattened(),
      Wire<&T::lambda_function_configurations>("LambdaFunctionConfigurations")
          .InQuery("CloudFunctionConfiguration")
          .Flattened(),
      Wire<&T::event_bridge_configuration>("EventBridgeConfiguration"),
  };
  return kMembers;
}

}  // namespace cumulite::s3::documents
