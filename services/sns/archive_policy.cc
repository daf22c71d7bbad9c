#include "services/sns/archive_policy.h"

#include <algorithm>
#include <charconv>
#include <nlohmann/json.hpp>

#include "services/sns/envelope.h"
#include "services/sns/errors.h"

namespace cumulite::sns {
namespace {

constexpr std::int64_t kMaxDays = 365;
constexpr const char* kBeginning = "BeginningArchiveTime";

/// 0 for what is no number of days.
std::int64_t ReadDays(const nlohmann::json& document) {
  const auto found = document.find("MessageRetentionPeriod");
  if (found == document.end()) return 0;
  if (found->is_number_integer()) return found->get<std::int64_t>();
  if (!found->is_string()) return 0;
  const auto& text = found->get_ref<const std::string&>();
  std::int64_t days = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), days);
  return read.ptr == text.data() + text.size() ? days : 0;
}

}  // namespace

std::string CheckArchivePolicy(std::string value, bool fifo, std::string_view where) {
  if (!fifo) throw Invalid(std::string(where) + "ArchivePolicy: Only FIFO topics support message archiving.");
  if (value.empty()) return value;
  const nlohmann::json document = nlohmann::json::parse(value, nullptr, false);
  if (document.is_object() && document.empty()) return {};
  const std::int64_t days = document.is_object() ? ReadDays(document) : 0;
  if (days < 1 || days > kMaxDays) {
    throw Invalid(std::string(where) +
                  "ArchivePolicy: MessageRetentionPeriod must be an integer between 1 and 365");
  }
  return document.dump();
}

std::chrono::milliseconds ArchiveRetention(const Topic& topic) {
  const std::string_view policy = ValueOf(topic.attributes, "ArchivePolicy");
  if (policy.empty()) return {};
  return std::chrono::days(ReadDays(nlohmann::json::parse(policy, nullptr, false)));
}

void NoteArchiveBeginning(AttributeMap& attributes, TimePoint now) {
  if (ValueOf(attributes, "ArchivePolicy").empty()) {
    attributes.erase(kBeginning);
  } else {
    attributes.try_emplace(kBeginning, Timestamp(now));
  }
}

void ShowArchiveBeginning(const Topic& topic, TimePoint now, AttributeMap& shown) {
  if (!topic.archives()) return;
  // Both have one form, in which the later is the greater text.
  const std::string oldest = Timestamp(now - ArchiveRetention(topic));
  std::string& beginning = shown[kBeginning];
  beginning = std::max(beginning, oldest);
}

}  // namespace cumulite::sns
