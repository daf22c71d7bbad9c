#include "server/service_set.h"

#include "services/s3/s3_service.h"
#include "services/sts/sts_service.h"

namespace cumulite::server {

std::vector<std::unique_ptr<services::Service>> OpenServices(const config::Settings& settings,
                                                             const storage::DataDirectory& data,
                                                             config::Clock& clock) {
  const auto durability = settings.durability == config::Durability::kPower ? storage::Durability::kPower
                                                                            : storage::Durability::kProcess;
  std::vector<std::unique_ptr<services::Service>> all;
  all.push_back(std::make_unique<s3::S3Service>(data.path(), durability, clock));
  all.push_back(std::make_unique<sts::StsService>());
  return all;
}

}  // namespace cumulite::server
