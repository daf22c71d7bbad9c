#include "services/sqs/queue_attributes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <stdexcept>

#include "protocol/http.h"
#include "protocol/policy_edit.h"
#include "services/sqs/errors.h"
#include "services/sqs/redrive_policy.h"

namespace cumulite::sqs {
namespace {

struct NumberRule {
  std::string_view name;
  std::int64_t min;
  std::int64_t max;
  std::string_view initial;  // "" : not set at first
};
constexpr std::array kNumbers{
    NumberRule{"DelaySeconds", 0, 900, "0"},
    NumberRule{"KmsDataKeyReusePeriodSeconds", 60, 86'400, ""},
    NumberRule{"MaximumMessageSize", 1'024, 1'048'576, "1048576"},
    NumberRule{"MessageRetentionPeriod", 60, 1'209'600, "345600"},
    NumberRule{"ReceiveMessageWaitTimeSeconds", 0, 20, "0"},
    NumberRule{"VisibilityTimeout", 0, 43'200, "30"},
};

// Computed, never set.
constexpr std::array<std::string_view, 6> kReadOnly{"ApproximateNumberOfMessages",
                                                    "ApproximateNumberOfMessagesDelayed",
                                                    "ApproximateNumberOfMessagesNotVisible",
                                                    "CreatedTimestamp",
                                                    "LastModifiedTimestamp",
                                                    "QueueArn"};
constexpr std::array<std::string_view, 4> kTexts{"KmsMasterKeyId", "Policy", "RedriveAllowPolicy",
                                                 "RedrivePolicy"};
constexpr std::array<std::string_view, 4> kFifoOnly{"ContentBasedDeduplication", "DeduplicationScope",
                                                    "FifoQueue", "FifoThroughputLimit"};

template <class List>
bool Has(const List& list, std::string_view name) {
  return std::find(list.begin(), list.end(), name) != list.end();
}

const NumberRule* FindNumber(std::string_view name) {
  const auto found = std::find_if(kNumbers.begin(), kNumbers.end(),
                                  [name](const NumberRule& rule) { return rule.name == name; });
  return found == kNumbers.end() ? nullptr : &*found;
}

AwsError UnknownAttribute(std::string_view name) {
  return {kInvalidAttributeName, "Unknown Attribute " + std::string(name) + "."};
}

std::string CanonicalNumber(const NumberRule& rule, std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool valid = error == std::errc{} && end == text.data() + text.size();
  if (!valid || number < rule.min || number > rule.max) throw InvalidAttribute(rule.name);
  return std::to_string(number);
}

std::string CanonicalBool(std::string_view name, std::string_view text) {
  if (protocol::EqualsIgnoreCase(text, "true")) return "true";
  if (protocol::EqualsIgnoreCase(text, "false")) return "false";
  throw InvalidAttribute(name);
}

std::string CanonicalChoice(std::string_view name, std::string_view text, std::string_view one,
                            std::string_view other) {
  if (text != one && text != other) throw InvalidAttribute(name);
  return std::string(text);
}

protocol::Policy ParsePolicy(std::string_view text) {
  try {
    return protocol::Policy::Parse(text);
  } catch (const std::invalid_argument&) {
    throw InvalidAttribute("Policy");
  }
}

/// Source: SQS Developer Guide "Amazon SQS policy quotas".
void CheckPolicyQuotas(std::string_view text, const protocol::Policy::Extent& extent) {
  static constexpr std::size_t kMaxBytes = 8'192;
  if (text.size() > kMaxBytes) throw AwsError(kOverLimit, "Submitted policy is over max allowed size.");
  const auto at_most = [](std::size_t limit, std::size_t count, std::string_view what) {
    if (count <= limit) return;
    std::string message = std::to_string(count);
    throw AwsError(kOverLimit, message.append(" ").append(what).append(" submitted policy, max allowed is ") +
                                   std::to_string(limit));
  };
  at_most(20, extent.statements, "statements were found in the");
  at_most(50, extent.principals, "principals were found in the");
  at_most(10, extent.conditions, "conditions were found in the");
  at_most(7, extent.most_actions, "actions were found in a statement from the");
}

std::string CanonicalPolicy(std::string_view text) {
  const protocol::Policy policy = ParsePolicy(text);
  if (!policy.IsOfResource()) throw InvalidAttribute("Policy");
  std::string compact = *protocol::CompactJsonObject(text);
  CheckPolicyQuotas(compact, policy.extent());
  return compact;
}

/// The value as it is kept. `name` is one that queues of this type have.
std::string Canonical(const std::string& name, const std::string& text) {
  if (const NumberRule* rule = FindNumber(name)) return CanonicalNumber(*rule, text);
  if (name == "DeduplicationScope") return CanonicalChoice(name, text, "queue", "messageGroup");
  if (name == "FifoThroughputLimit") return CanonicalChoice(name, text, "perQueue", "perMessageGroupId");
  if (name == "Policy") return text.empty() ? text : CanonicalPolicy(text);
  if (name == "RedrivePolicy") return text.empty() ? text : Format(ParseRedrivePolicy(text));
  if (name == "RedriveAllowPolicy") {
    if (text.empty()) return text;
    ParseRedriveAllowPolicy(text);
    return *protocol::CompactJsonObject(text);
  }
  if (name == "KmsMasterKeyId") return text;
  return CanonicalBool(name, text);  // ContentBasedDeduplication, FifoQueue, SqsManagedSseEnabled
}

void CheckFifoOnly(const std::string& name, const std::string& value, QueueType type,
                   QueueAttributes::Occasion occasion) {
  if (type == QueueType::kStandard) {
    if (name == "DeduplicationScope" || name == "FifoThroughputLimit") {
      throw AwsError(kInvalidAttributeName,
                     "You can specify the " + name + " only when FifoQueue is set to true.");
    }
    throw UnknownAttribute(name);
  }
  if (name == "FifoQueue" && CanonicalBool(name, value) == "false") {
    if (occasion == QueueAttributes::Occasion::kCreate) throw UnknownAttribute(name);
    throw InvalidAttribute(name, "Modifying queue type is not supported.");
  }
}

void CheckEncryption(const AttributeMap& changes) {
  const auto key = changes.find("KmsMasterKeyId");
  const auto managed = changes.find("SqsManagedSseEnabled");
  if (key == changes.end() || managed == changes.end()) return;
  if (key->second.empty() || !protocol::EqualsIgnoreCase(managed->second, "true")) return;
  throw AwsError(
      kInvalidAttributeName,
      "You can use one type of server-side encryption (SSE) at one time. You can either enable KMS SSE or "
      "SQS SSE.");
}

std::int64_t Number(const AttributeMap& values, const std::string& name) {
  const std::string& text = values.at(name);
  std::int64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

std::string_view Text(const AttributeMap& values, const std::string& name) {
  const auto found = values.find(name);
  return found == values.end() ? std::string_view() : std::string_view(found->second);
}

}  // namespace

QueueAttributes::QueueAttributes(QueueType type) {
  rules_.type = type;
  for (const NumberRule& rule : kNumbers) {
    if (!rule.initial.empty()) values_.emplace(rule.name, rule.initial);
  }
  values_["SqsManagedSseEnabled"] = "true";
  if (type == QueueType::kFifo) {
    values_["FifoQueue"] = "true";
    values_["ContentBasedDeduplication"] = "false";
    values_["DeduplicationScope"] = "queue";
    values_["FifoThroughputLimit"] = "perQueue";
  }
  Read();
}

QueueAttributes QueueAttributes::FromStored(QueueType type, AttributeMap values) {
  QueueAttributes attributes(type);
  attributes.values_ = std::move(values);
  attributes.Read();
  return attributes;
}

void QueueAttributes::Apply(const AttributeMap& changes, Occasion occasion) {
  CheckEncryption(changes);
  AttributeMap changed = values_;
  for (const auto& [name, value] : changes) {
    const bool known = FindNumber(name) != nullptr || Has(kTexts, name) || Has(kFifoOnly, name) ||
                       name == "SqsManagedSseEnabled";
    if (!known) throw UnknownAttribute(name);
    if (Has(kFifoOnly, name)) CheckFifoOnly(name, value, rules_.type, occasion);
    std::string canonical = Canonical(name, value);
    if (canonical.empty()) {
      changed.erase(name);
    } else {
      changed[name] = std::move(canonical);
    }
  }
  if (Text(changed, "FifoThroughputLimit") == "perMessageGroupId" &&
      Text(changed, "DeduplicationScope") == "queue") {
    throw InvalidAttribute("FifoThroughputLimit",
                           "perMessageGroupId is allowed only when DeduplicationScope is messageGroup.");
  }
  const auto key = changes.find("KmsMasterKeyId");
  // It stays off when the key is removed later.
  if (key != changes.end() && !key->second.empty()) changed["SqsManagedSseEnabled"] = "false";
  const auto managed = changes.find("SqsManagedSseEnabled");
  if (managed != changes.end() && changed["SqsManagedSseEnabled"] == "true") changed.erase("KmsMasterKeyId");
  const bool key_removed = values_.contains("KmsMasterKeyId") && !changed.contains("KmsMasterKeyId");
  if (key_removed) changed.erase("KmsDataKeyReusePeriodSeconds");
  values_ = std::move(changed);
  Read();
}

const std::string* QueueAttributes::FirstDifference(const QueueAttributes& wanted,
                                                    const AttributeMap& named) const {
  for (const auto& [name, value] : named) {
    if (Text(values_, name) != Text(wanted.values_, name)) return &name;
  }
  return nullptr;
}

void QueueAttributes::Read() {
  rules_.delay = std::chrono::seconds{Number(values_, "DelaySeconds")};
  rules_.retention = std::chrono::seconds{Number(values_, "MessageRetentionPeriod")};
  rules_.deduplication_scope = Text(values_, "DeduplicationScope") == "messageGroup"
                                   ? DeduplicationScope::kMessageGroup
                                   : DeduplicationScope::kQueue;
  visibility_timeout_ = std::chrono::seconds{Number(values_, "VisibilityTimeout")};
  receive_wait_ = std::chrono::seconds{Number(values_, "ReceiveMessageWaitTimeSeconds")};
  maximum_message_size_ = static_cast<std::size_t>(Number(values_, "MaximumMessageSize"));
  content_based_deduplication_ = Text(values_, "ContentBasedDeduplication") == "true";

  const std::string_view redrive = Text(values_, "RedrivePolicy");
  redrive_policy_.reset();
  if (!redrive.empty()) redrive_policy_ = ParseRedrivePolicy(redrive);
  const std::string_view allow = Text(values_, "RedriveAllowPolicy");
  redrive_allow_policy_ = allow.empty() ? RedriveAllowPolicy{} : ParseRedriveAllowPolicy(allow);
  const std::string_view policy = Text(values_, "Policy");
  policy_ =
      policy.empty() ? nullptr : std::make_shared<const protocol::Policy>(protocol::Policy::Parse(policy));
}

bool IsAttributeName(std::string_view name) {
  return name == "All" || name == "SqsManagedSseEnabled" || FindNumber(name) != nullptr ||
         Has(kReadOnly, name) || Has(kTexts, name) || Has(kFifoOnly, name);
}

}  // namespace cumulite::sqs
