#pragma once
#include "protocol/members.h"
#include "protocol/query_params.h"
#include "protocol/rpc.h"

namespace cumulite::protocol {

/// Fills `request` from Query parameters by its table: "QueueUrl=…", lists "Id.1" (flattened) and
/// "Id.member.1", maps "Tag.1.Key" (flattened) and "Tag.entry.1.key", structs "Filter.Name". List indices
/// give the order only; they may have gaps. Unknown parameters are ignored.
///
/// Errors: MalformedInput for a value of a wrong type, before any constraint of the table; then those of
/// Validation. Source: Smithy "AWS Query protocol".
void DecodeQuery(const QueryParams& params, const RpcModel& model, void* request, Members members);

}  // namespace cumulite::protocol
