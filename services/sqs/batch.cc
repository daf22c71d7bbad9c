#include "services/sqs/batch.h"

#include <algorithm>
#include <utility>

#include "services/sqs/errors.h"
#include "services/sqs/queue.h"

namespace cumulite::sqs {
namespace {
using protocol::Wire;

constexpr std::size_t kMaxIdLength = 80;

bool IsEntryId(std::string_view id) {
  return !id.empty() && id.size() <= kMaxIdLength && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
  });
}

}  // namespace

protocol::Members BatchResultEntry::Describe() {
  static constexpr protocol::Member kMembers[] = {Wire<&BatchResultEntry::id>("Id")};
  return kMembers;
}

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

void CheckBatchIds(std::span<const std::string_view> ids, std::string_view entry_name) {
  if (ids.empty()) {
    throw AwsError(kEmptyBatchRequest,
                   "There should be at least one " + std::string(entry_name) + " in the request.");
  }
  if (ids.size() > kMaxBatchEntries) {
    throw AwsError(kTooManyEntries, "Maximum number of entries per request are 10. You have sent " +
                                        std::to_string(ids.size()) + ".");
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!IsEntryId(ids[i])) {
      throw AwsError(kInvalidBatchEntryId,
                     "A batch entry id can only contain alphanumeric characters, hyphens and underscores. "
                     "It can be at most 80 letters long.");
    }
    if (std::find(ids.begin(), ids.begin() + static_cast<std::ptrdiff_t>(i), ids[i]) !=
        ids.begin() + static_cast<std::ptrdiff_t>(i)) {
      throw AwsError(kBatchEntryIdsNotDistinct, "Id " + std::string(ids[i]) + " repeated.");
    }
  }
}

ReceiptHandle DecodeHandle(const std::string& text, const Queue& queue) {
  const auto handle = ReceiptHandle::Decode(text);
  if (!handle) {
    throw AwsError(kReceiptHandleIsInvalid,
                   "The input receipt handle \"" + text + "\" is not a valid receipt handle.");
  }
  if (QueueNumberOf(handle->key) != queue.number()) {
    throw AwsError(kReceiptHandleIsInvalid,
                   "The receipt handle \"" + text + "\" is not valid for this queue.");
  }
  return *handle;
}

}  // namespace cumulite::sqs
