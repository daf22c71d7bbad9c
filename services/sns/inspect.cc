#include "services/sns/inspect.h"

#include <nlohmann/json.hpp>

#include "protocol/base64.h"
#include "services/sns/envelope.h"
#include "services/sns/names.h"
#include "services/sns/sns_service.h"

namespace cumulite::sns {
namespace {
using Json = nlohmann::ordered_json;

std::string Parameter(const protocol::HttpRequest& request, std::string_view name) {
  const auto parameters = protocol::ParseQuery(request.query);
  if (!parameters) return {};
  for (const protocol::QueryParam& parameter : *parameters) {
    if (parameter.name == name) return parameter.value;
  }
  return {};
}

std::string_view OutcomeName(Delivery::Outcome outcome) {
  switch (outcome) {
    case Delivery::Outcome::kDelivered:
      return "delivered";
    case Delivery::Outcome::kRecorded:
      return "recorded";
    case Delivery::Outcome::kRetrying:
      return "retrying";
    case Delivery::Outcome::kDeadLettered:
      return "dead-lettered";
    case Delivery::Outcome::kDropped:
      break;
  }
  return "dropped";
}

/// Bytes of a client as JSON text: what is no UTF-8 is replaced.
std::string Dump(const Json& json) {
  return json.dump(2, ' ', false, nlohmann::detail::error_handler_t::replace) + "\n";
}

Json Attributes(const Message& message) {
  Json attributes = Json::object();
  for (const Message::Attribute& attribute : message.attributes) {
    attributes[attribute.name] = {
        {"Type", attribute.type},
        {"Value", attribute.binary() ? protocol::Base64Encode(attribute.value) : attribute.value}};
  }
  return attributes;
}

Json Deliveries(const SnsService& sns, const protocol::HttpRequest& request) {
  const std::string topic = Parameter(request, "topic");
  Json list = Json::array();
  for (const Delivery& delivery : sns.delivery_log().List()) {
    const Message& message = *delivery.message;
    if (!topic.empty() && message.topic_arn != topic) continue;
    Json entry = {{"at", Timestamp(delivery.at)},
                  {"topic", message.topic_arn},
                  {"message_id", message.id},
                  {"subscription", delivery.subscription ? delivery.subscription->arn : ""},
                  {"protocol", delivery.Protocol()},
                  {"endpoint", delivery.Endpoint()},
                  {"outcome", OutcomeName(delivery.outcome)},
                  {"attempt", delivery.attempt}};
    if (!delivery.detail.empty()) entry["detail"] = delivery.detail;
    if (!message.subject.empty()) entry["subject"] = message.subject;
    entry["message"] = message.BodyFor(delivery.Protocol());
    entry["attributes"] = Attributes(message);
    list.push_back(std::move(entry));
  }
  return {{"deliveries", std::move(list)}, {"waiting", sns.outbox().Count()}};
}

/// One message of the lists that other emulators show, too.
Json Sent(const Delivery& delivery, std::string_view endpoint_name) {
  const Message& message = *delivery.message;
  Json sent = {{std::string(endpoint_name), delivery.Endpoint()},
               {"TopicArn", message.topic_arn.empty() ? Json() : Json(message.topic_arn)},
               {"SubscriptionArn", delivery.subscription ? Json(delivery.subscription->arn) : Json()},
               {"MessageId", message.id},
               {"Message", message.BodyFor(delivery.Protocol())},
               {"MessageAttributes", Attributes(message)},
               {"MessageStructure", message.bodies.empty() ? Json() : Json("json")},
               {"Subject", message.subject.empty() ? Json() : Json(message.subject)}};
  return sent;
}

std::string Or(std::string value, std::string_view fallback) {
  return value.empty() ? std::string(fallback) : value;
}

Json SentTo(const SnsService& sns, const protocol::HttpRequest& request, std::string_view protocol) {
  const bool sms = protocol == "sms";
  const std::string region = Or(Parameter(request, "region"), "us-east-1");
  const std::string only = Parameter(request, sms ? "phoneNumber" : "endpointArn");
  Json groups = Json::object();
  if (!only.empty()) groups[only] = Json::array();
  if (sms && only.empty()) groups = Json::array();
  for (const Delivery& delivery : sns.delivery_log().List()) {
    if (delivery.Protocol() != protocol) continue;
    if (!only.empty() && delivery.Endpoint() != only) continue;
    Json sent = Sent(delivery, sms ? "PhoneNumber" : "TargetArn");
    if (sms && only.empty()) {
      groups.push_back(std::move(sent));
    } else {
      groups[delivery.Endpoint()].push_back(std::move(sent));
    }
  }
  if (!sms) return {{"platform_endpoint_messages", std::move(groups)}, {"region", region}};
  Json by_number = Json::object();
  if (!only.empty()) {
    by_number = std::move(groups);
  } else {
    for (Json& sent : groups) by_number[sent["PhoneNumber"].get<std::string>()].push_back(std::move(sent));
  }
  return {{"sms_messages", std::move(by_number)}, {"region", region}};
}

Inspected Token(const SnsService& sns, std::string_view escaped_arn) {
  const std::string arn = protocol::PercentDecode(escaped_arn).value_or("");
  const SubscriptionPtr subscription = sns.store().FindSubscription(arn);
  if (!subscription) {
    return {404, Dump({{"error", "The provided SubscriptionARN is not found"}, {"subscription_arn", arn}})};
  }
  return {200, Dump({{"subscription_token", subscription->token}, {"subscription_arn", subscription->arn}})};
}

}  // namespace

std::optional<Inspected> Inspect(const SnsService& sns, std::string_view resource,
                                 const protocol::HttpRequest& request) {
  constexpr std::string_view kTokens = "subscription-tokens/";
  if (resource == "deliveries") return Inspected{200, Dump(Deliveries(sns, request))};
  if (resource == "sms-messages") return Inspected{200, Dump(SentTo(sns, request, "sms"))};
  if (resource == "platform-endpoint-messages") {
    return Inspected{200, Dump(SentTo(sns, request, "application"))};
  }
  if (resource.starts_with(kTokens)) return Token(sns, resource.substr(kTokens.size()));
  return std::nullopt;
}

}  // namespace cumulite::sns
