#pragma once
#include <memory>
#include <vector>

#include "base/clock.h"
#include "config/settings.h"
#include "net/http_client.h"
#include "protocol/session.h"
#include "services/service.h"
#include "services/storage/data_directory.h"

namespace cumulite::server {

/// The services of this server, each opened on its own database. A new service is one line here.
/// Errors: storage::StorageError.
std::vector<std::unique_ptr<services::Service>> OpenServices(const config::Settings& settings,
                                                             const storage::DataDirectory& data,
                                                             base::Clock& clock,
                                                             const protocol::SessionIssuer& sessions,
                                                             net::HttpClient& http);

}  // namespace cumulite::server
