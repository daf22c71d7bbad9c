#include "services/sqs/batch.h"

#include "services/sqs/errors.h"
#include "services/sqs/queue.h"

namespace cumulite::sqs {
using protocol::Wire;

protocol::Members BatchResultEntry::Describe() {
  static constexpr protocol::Member kMembers[] = {Wire<&BatchResultEntry::id>("Id")};
  return kMembers;
}

void CheckBatchIds(std::span<const std::string_view> ids, std::string_view entry_name) {
  const auto fault = messaging::FindBatchFault(ids);
  if (!fault) return;
  using enum messaging::BatchFault::Kind;
  switch (fault->kind) {
    case kEmpty:
      throw AwsError(kEmptyBatchRequest,
                     "There should be at least one " + std::string(entry_name) + " in the request.");
    case kTooMany:
      throw AwsError(kTooManyEntries, "Maximum number of entries per request are 10. You have sent " +
                                          std::to_string(ids.size()) + ".");
    case kIdLength:
    case kIdCharacter:
      throw AwsError(kInvalidBatchEntryId,
                     "A batch entry id can only contain alphanumeric characters, hyphens and underscores. "
                     "It can be at most 80 letters long.");
    case kRepeatedId:
      throw AwsError(kBatchEntryIdsNotDistinct, "Id " + std::string(ids[fault->entry]) + " repeated.");
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
