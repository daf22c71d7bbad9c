#pragma once
#include <memory>

#include "base/clock.h"
#include "protocol/http.h"
#include "runtime/worker_pool.h"
#include "services/s3/select/request.h"
#include "services/s3/select/sql.h"

namespace cumulite::s3::select {

/// The event stream that answers SelectObjectContent: Records as they are found, Progress if asked for, then
/// Stats and End; an error that is found on the way ends it as a message of its own. Memory is bounded by one
/// record and some hundred KiB, whatever the object's size.
///
/// `input`: the object's bytes, from `first` on. Reading them is the loop's, everything else a worker's.
/// Thread: as protocol::BodySource.
std::unique_ptr<protocol::BodySource> MakeAnswer(SelectRequest request, Query query,
                                                 std::unique_ptr<protocol::BodySource> input,
                                                 std::uint64_t first, base::TimePoint now,
                                                 runtime::Workers& workers);

}  // namespace cumulite::s3::select
