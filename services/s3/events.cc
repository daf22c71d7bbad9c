#include "services/s3/events.h"

#include <algorithm>
#include <cstdio>

#include "base/time_text.h"
#include "protocol/http.h"
#include "protocol/json_writer.h"
#include "services/s3/listing.h"
#include "services/s3/version_id.h"

namespace cumulite::s3 {
namespace {

/// "s3:ObjectCreated:*" and the name itself.
bool IsNamed(const std::vector<std::string>& events, std::string_view event) {
  return std::any_of(events.begin(), events.end(), [&](std::string_view wanted) {
    if (wanted.starts_with("s3:")) wanted.remove_prefix(3);
    if (!wanted.ends_with('*')) return wanted == event;
    wanted.remove_suffix(1);
    return event.starts_with(wanted);
  });
}

bool FiltersMatch(const std::optional<documents::NotificationConfigurationFilter>& filter,
                  std::string_view key) {
  if (!filter || !filter->key) return true;
  return std::all_of(filter->key->filter_rules.begin(), filter->key->filter_rules.end(),
                     [&](const documents::FilterRule& rule) {
                       const std::string value = rule.value.value_or("");
                       const std::string name = rule.name.value_or("");
                       return protocol::EqualsIgnoreCase(name, "prefix") ? key.starts_with(value)
                                                                         : key.ends_with(value);
                     });
}

template <class Configuration>
void Add(std::vector<EventTarget>& targets, const std::vector<Configuration>& configurations,
         std::string Configuration::*arn, EventTarget::Kind kind, std::string_view event,
         std::string_view key) {
  for (const Configuration& configuration : configurations) {
    if (!IsNamed(configuration.events, event) || !FiltersMatch(configuration.filter, key)) continue;
    targets.push_back({kind, configuration.*arn, configuration.id.value_or("")});
  }
}

/// Grows with the versions of a key.
std::string Sequencer(std::int64_t number) {
  char text[17];
  std::snprintf(text, sizeof text, "%016llX", static_cast<unsigned long long>(number));
  return text;
}

void Pair(protocol::JsonWriter& json, std::string_view name, std::string_view value) {
  json.Key(name);
  json.String(value);
}

void WriteObject(protocol::JsonWriter& json, std::string_view event, std::string_view key,
                 const Object& object) {
  json.OpenObject();
  Pair(json, "key", UrlEncodeForListing(key));
  if (!event.starts_with("ObjectRemoved:") && !event.starts_with("LifecycleExpiration:")) {
    json.Key("size");
    json.Int(static_cast<std::int64_t>(object.size));
    Pair(json, "eTag", object.etag);
  }
  if (!object.version_id.empty() && object.version_id != kNullVersion) {
    Pair(json, "versionId", object.version_id);
  }
  Pair(json, "sequencer", Sequencer(object.number));
  json.CloseObject();
}

void WriteS3(protocol::JsonWriter& json, const EventContext& context, std::string_view event,
             std::string_view configuration_id, std::string_view key, const Object& object) {
  json.OpenObject();
  Pair(json, "s3SchemaVersion", "1.0");
  Pair(json, "configurationId", configuration_id);
  json.Key("bucket");
  json.OpenObject();
  Pair(json, "name", context.bucket);
  json.Key("ownerIdentity");
  json.OpenObject();
  Pair(json, "principalId", context.owner);
  json.CloseObject();
  Pair(json, "arn", "arn:aws:s3:::" + context.bucket);
  json.CloseObject();
  json.Key("object");
  WriteObject(json, event, key, object);
  json.CloseObject();
}

/// What events of some kinds tell beside the object.
void WriteEventData(protocol::JsonWriter& json, const EventContext& context, std::string_view event,
                    const Object& object) {
  if (!context.replication_rule.empty()) {
    json.Key("replicationEventData");
    json.OpenObject();
    Pair(json, "replicationRuleId", context.replication_rule);
    Pair(json, "destinationBucket", context.replication_bucket);
    Pair(json, "s3Operation", context.replication_operation);
    Pair(json, "requestTime", base::FormatIso8601(object.modified));
    Pair(json, "failureReason", context.replication_failure);
    json.CloseObject();
  } else if (event == "ObjectRestore:Completed" && object.attributes.restored) {
    json.Key("glacierEventData");
    json.OpenObject();
    json.Key("restoreEventData");
    json.OpenObject();
    Pair(json, "lifecycleRestorationExpiryTime", base::FormatIso8601(*object.attributes.restored));
    Pair(json, "lifecycleRestoreStorageClass", object.attributes.StorageClass());
    json.CloseObject();
    json.CloseObject();
  } else if (event == "LifecycleTransition") {
    json.Key("lifecycleEventData");
    json.OpenObject();
    json.Key("transitionEventData");
    json.OpenObject();
    Pair(json, "destinationStorageClass", object.attributes.StorageClass());
    json.CloseObject();
    json.CloseObject();
  }
}

}  // namespace

std::vector<EventTarget> TargetsOf(const documents::NotificationConfiguration& configuration,
                                   std::string_view event, std::string_view key) {
  std::vector<EventTarget> targets;
  Add(targets, configuration.queue_configurations, &documents::QueueConfiguration::queue_arn,
      EventTarget::Kind::kQueue, event, key);
  Add(targets, configuration.topic_configurations, &documents::TopicConfiguration::topic_arn,
      EventTarget::Kind::kTopic, event, key);
  return targets;
}

std::string EventMessage(const EventContext& context, std::string_view event,
                         std::string_view configuration_id, std::string_view key, const Object& object,
                         base::TimePoint time) {
  std::string text;
  protocol::JsonWriter json(text);
  json.OpenObject();
  json.Key("Records");
  json.OpenArray();
  json.OpenObject();
  Pair(json, "eventVersion", "2.1");
  Pair(json, "eventSource", "aws:s3");
  Pair(json, "awsRegion", context.region);
  Pair(json, "eventTime", base::FormatIso8601(time));
  Pair(json, "eventName", event);
  json.Key("userIdentity");
  json.OpenObject();
  Pair(json, "principalId", context.principal);
  json.CloseObject();
  json.Key("requestParameters");
  json.OpenObject();
  Pair(json, "sourceIPAddress", context.address);
  json.CloseObject();
  json.Key("responseElements");
  json.OpenObject();
  Pair(json, "x-amz-request-id", context.request_id);
  Pair(json, "x-amz-id-2", context.host_id);
  json.CloseObject();
  json.Key("s3");
  WriteS3(json, context, event, configuration_id, key, object);
  WriteEventData(json, context, event, object);
  json.CloseObject();
  json.CloseArray();
  json.CloseObject();
  return text;
}

}  // namespace cumulite::s3
