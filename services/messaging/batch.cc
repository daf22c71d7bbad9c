#include "services/messaging/batch.h"

#include <algorithm>
#include <utility>

namespace cumulite::messaging {
namespace {
using protocol::Wire;
using enum BatchFault::Kind;

constexpr std::size_t kMaxIdLength = 80;

bool IsIdCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

}  // namespace

protocol::Members BatchResultErrorEntry::Describe() {
  using E = BatchResultErrorEntry;
  static constexpr protocol::Member kMembers[] = {
      Wire<&E::id>("Id"),
      Wire<&E::sender_fault>("SenderFault"),
      Wire<&E::code>("Code"),
      Wire<&E::message>("Message"),
  };
  return kMembers;
}

BatchResultErrorEntry Failure(std::string id, const protocol::AwsError& error) {
  return {std::move(id), error.kind().fault == protocol::Fault::kSender,
          std::string(error.kind().QueryCode()), error.message()};
}

std::optional<BatchFault> FindBatchFault(std::span<const std::string_view> ids) {
  if (ids.empty()) return BatchFault{kEmpty};
  if (ids.size() > kMaxBatchEntries) return BatchFault{kTooMany};
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (ids[i].empty() || ids[i].size() > kMaxIdLength) return BatchFault{kIdLength, i};
    if (!std::ranges::all_of(ids[i], IsIdCharacter)) return BatchFault{kIdCharacter, i};
    const auto before = ids.first(i);
    if (std::ranges::find(before, ids[i]) != before.end()) return BatchFault{kRepeatedId, i};
  }
  return std::nullopt;
}

}  // namespace cumulite::messaging
