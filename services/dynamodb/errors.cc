#include "services/dynamodb/errors.h"

#include "services/storage/error.h"

namespace cumulite::dynamodb {

AwsError Invalid(std::string message) { return {kValidation, std::move(message)}; }

AwsError InvalidValue(std::string_view message) {
  return {kValidation, "One or more parameter values were invalid: " + std::string(message)};
}

std::optional<AwsError> Explain(const std::exception& failure) {
  if (dynamic_cast<const storage::QueueFull*>(&failure) != nullptr) {
    return AwsError(kThrottled, "Request rate exceeded: too many writes are waiting.");
  }
  if (dynamic_cast<const storage::StorageError*>(&failure) != nullptr) {
    return AwsError(protocol::kServiceUnavailable, "The change could not be stored; try again.");
  }
  return std::nullopt;
}

}  // namespace cumulite::dynamodb
