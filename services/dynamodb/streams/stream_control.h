#pragma once
#include <cstdint>

#include "services/dynamodb/streams/stream_store.h"
#include "services/dynamodb/tables/table_lookup.h"
#include "services/dynamodb/tables/table_record.h"

namespace cumulite::dynamodb {

/// Errors: ValidationException for a view without a stream and a stream without a view.
void CheckStreamSpecification(const StreamSpecification& asked);

/// Job: begins a stream of the table, of so many shards, and notes it in `record`.
void OpenStream(StreamStore& streams, const TableAddress& table, const StreamSpecification& asked,
                std::int64_t shards, std::int64_t now_ms, TableRecord& record);

/// Job: ends the table's stream, which stays readable.
void CloseStream(StreamStore& streams, std::int64_t now_ms, TableRecord& record);

}  // namespace cumulite::dynamodb
