#include "services/acm/errors.h"

#include <utility>

#include "protocol/rpc_errors.h"
#include "services/storage/error.h"

namespace cumulite::acm {

AwsError Invalid(std::string message) { return {protocol::kValidation, std::move(message)}; }

std::optional<AwsError> Explain(const std::exception& failure) {
  if (dynamic_cast<const storage::QueueFull*>(&failure) != nullptr)
    return AwsError(protocol::kThrottling, "Rate exceeded");
  if (dynamic_cast<const storage::StorageError*>(&failure) != nullptr) {
    return AwsError(protocol::kServiceUnavailable, "The change could not be stored; try again.");
  }
  return std::nullopt;
}

}  // namespace cumulite::acm
