#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/policy.h"
#include "services/sqs/queue_name.h"
#include "services/sqs/queue_rules.h"

namespace cumulite::sqs {

/// RedrivePolicy: where messages go that were received too often.
struct RedrivePolicy {
  std::string dead_letter_arn;
  std::uint32_t max_receive_count = 0;
};

/// RedriveAllowPolicy: which queues may name this one as their dead-letter queue.
struct RedriveAllowPolicy {
  enum class Permission : std::uint8_t { kAllowAll, kDenyAll, kByQueue } permission = Permission::kAllowAll;
  std::vector<std::string> source_arns;

  bool Allows(std::string_view source_arn) const;
};

using AttributeMap = std::map<std::string, std::string>;

/// The attributes of a queue that can be set, by name, with their meaning.
///
/// Values are kept as AWS gives them back: numbers in decimal, booleans in lower case, documents without
/// blanks. A copy is cheap enough to change and put back; readers get an immutable one.
class QueueAttributes {
 public:
  /// The defaults of a queue of that type.
  explicit QueueAttributes(QueueType type);

  enum class Occasion : std::uint8_t { kCreate, kSet };
  /// Checks `changes` and takes them over, all or nothing. "" removes Policy, RedrivePolicy,
  /// RedriveAllowPolicy and KmsMasterKeyId.
  ///
  /// Errors: InvalidAttributeName, InvalidAttributeValue, InvalidParameterValue. What needs other queues
  /// (does the dead-letter queue exist?) is the caller's to check.
  /// Source: SQS API Reference "CreateQueue" and "SetQueueAttributes".
  void Apply(const AttributeMap& changes, Occasion occasion);

  /// The first of `wanted` that differs from what is there, in the order of names; null if none does.
  const std::string* FirstDifference(const QueueAttributes& wanted, const AttributeMap& named) const;

  /// The stored values, without those that a queue only computes.
  const AttributeMap& values() const { return values_; }
  static QueueAttributes FromStored(QueueType type, AttributeMap values);

  const QueueRules& rules() const { return rules_; }
  std::chrono::seconds visibility_timeout() const { return visibility_timeout_; }
  std::chrono::seconds receive_wait() const { return receive_wait_; }
  std::size_t maximum_message_size() const { return maximum_message_size_; }
  bool content_based_deduplication() const { return content_based_deduplication_; }
  const std::optional<RedrivePolicy>& redrive_policy() const { return redrive_policy_; }
  const RedriveAllowPolicy& redrive_allow_policy() const { return redrive_allow_policy_; }
  /// Null when the queue has none.
  const std::shared_ptr<const protocol::Policy>& policy() const { return policy_; }

 private:
  void Read();

  AttributeMap values_;
  QueueRules rules_;
  std::chrono::seconds visibility_timeout_{};
  std::chrono::seconds receive_wait_{};
  std::size_t maximum_message_size_ = 0;
  bool content_based_deduplication_ = false;
  std::optional<RedrivePolicy> redrive_policy_;
  RedriveAllowPolicy redrive_allow_policy_;
  std::shared_ptr<const protocol::Policy> policy_;
};

/// Whether GetQueueAttributes knows the name ("All" included).
bool IsAttributeName(std::string_view name);

}  // namespace cumulite::sqs
