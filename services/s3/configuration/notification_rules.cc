#include <algorithm>
#include <array>
#include <set>

#include "base/ids.h"
#include "protocol/arn.h"
#include "protocol/http.h"
#include "protocol/policy_condition.h"
#include "services/s3/configuration/rules.h"

namespace cumulite::s3 {
namespace {

using namespace documents;

constexpr std::size_t kMaxConfigurations = 100;
constexpr std::size_t kMaxValueBytes = 1024;

// S3 User Guide "Supported event types for SQS, SNS, and Lambda".
constexpr std::array<std::string_view, 29> kEvents{"s3:ReducedRedundancyLostObject",
                                                   "s3:ObjectCreated:*",
                                                   "s3:ObjectCreated:Put",
                                                   "s3:ObjectCreated:Post",
                                                   "s3:ObjectCreated:Copy",
                                                   "s3:ObjectCreated:CompleteMultipartUpload",
                                                   "s3:ObjectRemoved:*",
                                                   "s3:ObjectRemoved:Delete",
                                                   "s3:ObjectRemoved:DeleteMarkerCreated",
                                                   "s3:ObjectRestore:*",
                                                   "s3:ObjectRestore:Post",
                                                   "s3:ObjectRestore:Completed",
                                                   "s3:ObjectRestore:Delete",
                                                   "s3:Replication:*",
                                                   "s3:Replication:OperationFailedReplication",
                                                   "s3:Replication:OperationNotTracked",
                                                   "s3:Replication:OperationMissedThreshold",
                                                   "s3:Replication:OperationReplicatedAfterThreshold",
                                                   "s3:LifecycleExpiration:*",
                                                   "s3:LifecycleExpiration:Delete",
                                                   "s3:LifecycleExpiration:DeleteMarkerCreated",
                                                   "s3:LifecycleTransition",
                                                   "s3:IntelligentTiering",
                                                   "s3:ObjectTagging:*",
                                                   "s3:ObjectTagging:Put",
                                                   "s3:ObjectTagging:Delete",
                                                   "s3:ObjectAcl:Put",
                                                   "s3:ObjectAnnotation:*",
                                                   "s3:TestEvent"};

/// One configuration of any kind of destination, as far as the rules go.
struct Wanted {
  const std::vector<std::string>* events;
  std::string prefix;
  std::string suffix;
};

void CheckEvents(const std::vector<std::string>& events) {
  for (const std::string& event : events) {
    if (std::find(kEvents.begin(), kEvents.end(), event) != kEvents.end() && event != "s3:TestEvent")
      continue;
    throw InvalidArgument("The event is not supported for notifications", "Event", event);
  }
}

/// Reads the filter into `wanted`; writes the names as AWS shows them.
void ReadFilter(std::optional<NotificationConfigurationFilter>& filter, Wanted& wanted) {
  if (!filter || !filter->key) return;
  std::set<std::string_view> names;
  for (FilterRule& rule : filter->key->filter_rules) {
    const std::string name = rule.name.value_or("");
    const bool prefix = protocol::EqualsIgnoreCase(name, "prefix");
    if (!prefix && !protocol::EqualsIgnoreCase(name, "suffix")) {
      throw InvalidArgument("filter rule name must be either prefix or suffix", "FilterRule.Name", name);
    }
    rule.name = prefix ? "Prefix" : "Suffix";
    if (!rule.value) throw MalformedXml();
    if (rule.value->size() > kMaxValueBytes) {
      throw InvalidArgument("Size of filter rule value cannot exceed 1024 bytes in UTF-8 representation",
                            "FilterRule.Value", *rule.value);
    }
    if (!names.insert(prefix ? "Prefix" : "Suffix").second) {
      throw InvalidArgument(prefix ? "Cannot specify more than one prefix rule in a filter."
                                   : "Cannot specify more than one suffix rule in a filter.",
                            "FilterRule.Name", name);
    }
    (prefix ? wanted.prefix : wanted.suffix) = *rule.value;
  }
}

bool ShareEvent(const Wanted& a, const Wanted& b) {
  for (const std::string& one : *a.events) {
    for (const std::string& other : *b.events) {
      if (protocol::MatchesWildcard(one, other) || protocol::MatchesWildcard(other, one)) return true;
    }
  }
  return false;
}

bool Overlap(const Wanted& a, const Wanted& b) {
  const bool prefixes = a.prefix.starts_with(b.prefix) || b.prefix.starts_with(a.prefix);
  const bool suffixes = a.suffix.ends_with(b.suffix) || b.suffix.ends_with(a.suffix);
  return prefixes && suffixes && ShareEvent(a, b);
}

void CheckArn(const std::string& text, std::string_view service, std::string_view argument) {
  const auto arn = protocol::ParseArn(text);
  if (arn && arn->service == service) return;
  throw InvalidArgument("The ARN is not well formed", argument, text);
}

template <class T>
void Take(std::vector<T>& configurations, std::set<std::string>& ids, std::vector<Wanted>& all) {
  for (T& configuration : configurations) {
    if (!configuration.id || configuration.id->empty()) configuration.id = base::RandomUuid();
    if (!ids.insert(*configuration.id).second) {
      throw InvalidArgument("Same ID used for multiple configurations. IDs must be unique", "Id",
                            *configuration.id);
    }
    CheckEvents(configuration.events);
    Wanted wanted{.events = &configuration.events, .prefix = {}, .suffix = {}};
    ReadFilter(configuration.filter, wanted);
    all.push_back(std::move(wanted));
  }
}

}  // namespace

void Check(const Call&, const Bucket&, NotificationConfiguration& notification) {
  std::set<std::string> ids;
  std::vector<Wanted> all;
  Take(notification.topic_configurations, ids, all);
  Take(notification.queue_configurations, ids, all);
  Take(notification.lambda_function_configurations, ids, all);
  if (all.size() > kMaxConfigurations) {
    throw AwsError(kInvalidRequest, "A bucket can have no more than 100 notification configurations.");
  }
  for (const TopicConfiguration& topic : notification.topic_configurations) {
    CheckArn(topic.topic_arn, "sns", "Topic");
  }
  for (const QueueConfiguration& queue : notification.queue_configurations) {
    CheckArn(queue.queue_arn, "sqs", "Queue");
  }
  for (const LambdaFunctionConfiguration& function : notification.lambda_function_configurations) {
    CheckArn(function.lambda_function_arn, "lambda", "CloudFunction");
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (std::size_t j = 0; j < i; ++j) {
      if (!Overlap(all[i], all[j])) continue;
      throw AwsError(
          kInvalidArgument,
          "Configurations overlap. Configurations on the same bucket cannot share a common event type.");
    }
  }
}

}  // namespace cumulite::s3
