#include "services/sqs/redrive_policy.h"

#include <simdjson.h>

#include <algorithm>
#include <charconv>

#include "protocol/json_writer.h"
#include "services/sqs/errors.h"

namespace cumulite::sqs {
namespace {
namespace dom = simdjson::dom;

constexpr std::int64_t kMaxReceiveCount = 1000;
constexpr std::size_t kMaxSourceQueues = 10;

[[noreturn]] void Refuse(std::string_view json, std::string_view attribute, std::string_view reason) {
  throw InvalidValue(json, attribute, reason);
}

dom::object Object(dom::parser& parser, std::string_view json, std::string_view attribute) {
  dom::object object;
  if (parser.parse(json.data(), json.size()).get(object) != simdjson::SUCCESS) {
    Refuse(json, attribute, "Amazon SQS can't parse the redrive policy as a JSON object.");
  }
  return object;
}

/// A number, or a string of digits.
std::optional<std::int64_t> Integer(dom::element value) {
  std::int64_t number = 0;
  if (value.get(number) == simdjson::SUCCESS) return number;
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

bool RedriveAllowPolicy::Allows(std::string_view source_arn) const {
  if (permission != Permission::kByQueue) return permission == Permission::kAllowAll;
  return std::find(source_arns.begin(), source_arns.end(), source_arn) != source_arns.end();
}

RedrivePolicy ParseRedrivePolicy(std::string_view json) {
  static constexpr std::string_view kName = "RedrivePolicy";
  dom::parser parser;
  RedrivePolicy policy;
  bool has_arn = false;
  bool has_count = false;
  bool has_others = false;
  for (const auto& [key, value] : Object(parser, json, kName)) {
    if (key == "deadLetterTargetArn") {
      std::string_view arn;
      has_arn = value.get(arn) == simdjson::SUCCESS;
      policy.dead_letter_arn = arn;
    } else if (key == "maxReceiveCount") {
      const auto count = Integer(value);
      if (!count || *count < 1 || *count > kMaxReceiveCount) {
        Refuse(json, kName,
               "Invalid value for maxReceiveCount: " + simdjson::minify(value) +
                   ", valid values are from 1 to 1000 both inclusive.");
      }
      policy.max_receive_count = static_cast<std::uint32_t>(*count);
      has_count = true;
    } else {
      has_others = true;
    }
  }
  // In this order: AWS misses maxReceiveCount in {}, and a misspelt name is a missing one first.
  if (!has_count)
    Refuse(json, kName, "Redrive policy does not contain mandatory attribute: maxReceiveCount.");
  if (!has_arn)
    Refuse(json, kName, "Redrive policy does not contain mandatory attribute: deadLetterTargetArn.");
  if (has_others)
    Refuse(json, kName, "Only following attributes are supported: [deadLetterTargetArn, maxReceiveCount].");
  if (!ParseQueueArn(policy.dead_letter_arn)) {
    Refuse(json, kName, "Invalid value for deadLetterTargetArn.");
  }
  return policy;
}

RedriveAllowPolicy ParseRedriveAllowPolicy(std::string_view json) {
  static constexpr std::string_view kName = "RedriveAllowPolicy";
  using Permission = RedriveAllowPolicy::Permission;
  dom::parser parser;
  RedriveAllowPolicy policy;
  bool has_permission = false;
  for (const auto& [key, value] : Object(parser, json, kName)) {
    if (key == "redrivePermission") {
      std::string_view permission;
      if (value.get(permission) != simdjson::SUCCESS) permission = {};
      has_permission = permission == "allowAll" || permission == "denyAll" || permission == "byQueue";
      policy.permission = permission == "denyAll"   ? Permission::kDenyAll
                          : permission == "byQueue" ? Permission::kByQueue
                                                    : Permission::kAllowAll;
    } else if (key == "sourceQueueArns" && value.is_array()) {
      for (const dom::element item : dom::array(value)) {
        std::string_view arn;
        if (item.get(arn) != simdjson::SUCCESS || !ParseQueueArn(arn)) {
          Refuse(json, kName, "Invalid value for sourceQueueArns.");
        }
        policy.source_arns.emplace_back(arn);
      }
    } else {
      Refuse(json, kName, "Only following attributes are supported: [redrivePermission, sourceQueueArns].");
    }
  }
  if (!has_permission) {
    Refuse(json, kName,
           "Invalid value for redrivePermission, valid values are: [allowAll, denyAll, byQueue].");
  }
  const bool by_queue = policy.permission == Permission::kByQueue;
  if (by_queue == policy.source_arns.empty() || policy.source_arns.size() > kMaxSourceQueues) {
    Refuse(json, kName,
           "sourceQueueArns must name 1 to 10 queues when redrivePermission is byQueue, none otherwise.");
  }
  return policy;
}

std::string Format(const RedrivePolicy& policy) {
  std::string text;
  protocol::JsonWriter json(text);
  json.OpenObject();
  json.Key("deadLetterTargetArn");
  json.String(policy.dead_letter_arn);
  json.Key("maxReceiveCount");
  json.Int(policy.max_receive_count);
  json.CloseObject();
  return text;
}

}  // namespace cumulite::sqs
