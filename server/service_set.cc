#include "server/service_set.h"

#include "services/sts/sts_service.h"

namespace cumulite::server {

std::vector<std::unique_ptr<services::Service>> OpenServices(
    [[maybe_unused]] const config::Settings& settings, [[maybe_unused]] const storage::DataDirectory& data,
    [[maybe_unused]] config::Clock& clock) {
  std::vector<std::unique_ptr<services::Service>> all;
  all.push_back(std::make_unique<sts::StsService>());
  return all;
}

}  // namespace cumulite::server
