#pragma once
#include <memory>
#include <string>

#include "base/clock.h"
#include "protocol/policy.h"
#include "services/sns/attribute_map.h"

namespace cumulite::sns {
using base::TimePoint;

/// One topic, as its row says. Immutable once handed out.
struct Topic {
  std::string arn;
  std::string account;
  std::string region;
  AttributeMap attributes;  // as they were set; what has its default is not in it
  AttributeMap tags;
  std::string data_protection_policy;  // JSON; empty: none
  TimePoint created;
  /// The parsed Policy attribute; null where the default policy holds.
  std::shared_ptr<const protocol::Policy> policy;

  bool fifo() const { return ValueOf(attributes, "FifoTopic") == "true"; }
  bool deduplicates_by_content() const { return ValueOf(attributes, "ContentBasedDeduplication") == "true"; }
  /// Deduplication within a message group instead of within the topic.
  bool deduplicates_by_group() const { return ValueOf(attributes, "FifoThroughputScope") == "MessageGroup"; }
  bool archives() const { return !ValueOf(attributes, "ArchivePolicy").empty(); }
};
using TopicPtr = std::shared_ptr<const Topic>;

}  // namespace cumulite::sns
