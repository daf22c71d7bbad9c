#pragma once
#include <string>

#include "server/service_slot.h"
#include "services/object_source.h"

namespace cumulite::server {

/// Objects that other services read: requests to S3 that come over no connection, judged as a client's are.
/// Thread: an I/O thread.
class ObjectSourcePeer final : public services::ObjectSource {
 public:
  runtime::Task<Listing> ListObjects(services::BucketReader reader, std::string bucket, std::string prefix,
                                     std::string after) override;
  runtime::Task<Opened> OpenObject(services::BucketReader reader, std::string bucket,
                                   std::string key) override;

  ServiceSlot* slot = nullptr;
};

}  // namespace cumulite::server
