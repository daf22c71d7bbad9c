#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/operation.h"
#include "services/messaging/batch.h"
#include "services/sqs/receipt_handle.h"

namespace cumulite::sqs {
class Queue;

using messaging::BatchResultErrorEntry;
using messaging::Failure;
using messaging::kMaxBatchEntries;

/// An entry of a batch that was done.
struct BatchResultEntry {
  std::string id;
  static protocol::Members Describe();
};

/// What every batch must be: 1 to 10 entries with distinct ids of the right form. `entry_name` is that of the
/// Query protocol.
/// Errors: EmptyBatchRequest, TooManyEntriesInBatchRequest, InvalidBatchEntryId, BatchEntryIdsNotDistinct.
void CheckBatchIds(std::span<const std::string_view> ids, std::string_view entry_name);

template <class Entry>
void CheckBatch(const std::vector<Entry>& entries, std::string_view entry_name) {
  std::vector<std::string_view> ids;
  ids.reserve(entries.size());
  for (const Entry& entry : entries) ids.push_back(entry.id);
  CheckBatchIds(ids, entry_name);
}

/// Reads a ReceiptHandle that must be of this queue.
/// Errors: ReceiptHandleIsInvalid.
ReceiptHandle DecodeHandle(const std::string& text, const Queue& queue);

}  // namespace cumulite::sqs
