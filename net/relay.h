#pragma once
#include "protocol/http.h"
#include "runtime/task.h"

namespace cumulite::net {

/// Carries bytes both ways until both sides have finished, or one is broken; each side is read only as fast
/// as the other takes it. A side that finishes is told on: the other half goes on.
runtime::Task<void> Relay(protocol::ByteStream& a, protocol::ByteStream& b);

}  // namespace cumulite::net
