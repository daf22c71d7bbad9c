#pragma once
#include <memory>

#include "protocol/http.h"

namespace cumulite::net {

class IoLoop;
struct ClientConnection;

/// A connection of ours that speaks something else than HTTP now; the loop's end breaks it. Null for null.
/// Thread: the loop's.
std::unique_ptr<protocol::ByteStream> Upgrade(IoLoop& loop, std::unique_ptr<ClientConnection> connection);

}  // namespace cumulite::net
