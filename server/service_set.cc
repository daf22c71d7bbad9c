#include "server/service_set.h"

namespace cumulite::server {

std::vector<std::unique_ptr<services::Service>> OpenServices(
    [[maybe_unused]] const config::Settings& settings, [[maybe_unused]] const storage::DataDirectory& data,
    [[maybe_unused]] config::Clock& clock, [[maybe_unused]] Metrics& metrics) {
  std::vector<std::unique_ptr<services::Service>> all;
  return all;
}

}  // namespace cumulite::server
