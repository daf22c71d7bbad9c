#pragma once
#include <cstddef>
#include <optional>
#include <string>

#include "server/service_slot.h"
#include "services/object_delivery.h"

namespace cumulite::server {

/// Objects for other services, by S3Request.
/// Differs from AWS: no bucket policy is asked whether a service may deliver.
/// Thread: an I/O thread.
class ObjectPeer final : public services::ObjectDelivery {
 public:
  runtime::Task<Outcome> Put(Name name, std::string bytes, std::string content_type) override;
  runtime::Task<std::optional<std::string>> Read(Name name, std::size_t limit) override;

  ServiceSlot* slot = nullptr;
};

}  // namespace cumulite::server
