#pragma once
#include <cstddef>
#include <optional>
#include <string>

#include "server/service_slot.h"
#include "services/object_delivery.h"

namespace cumulite::server {

/// The peer's service, opened if need be; null when it could not be opened, which the slot has logged.
runtime::Task<services::Service*> OpenedOrNull(ServiceSlot& slot);

/// Objects for other services: requests to S3 that come over no connection, so that all that S3 does with a
/// request it does with these.
/// Differs from AWS: no bucket policy is asked whether a service may deliver.
/// Thread: an I/O thread.
class ObjectPeer final : public services::ObjectDelivery {
 public:
  runtime::Task<Outcome> Put(Name name, std::string bytes, std::string content_type) override;
  runtime::Task<std::optional<std::string>> Read(Name name, std::size_t limit) override;

  ServiceSlot* slot = nullptr;
};

}  // namespace cumulite::server
