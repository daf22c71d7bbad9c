#include "services/ec2/errors.h"

#include <utility>

#include "services/storage/error.h"

namespace cumulite::ec2 {

AwsError Invalid(std::string message) { return {kInvalidParameterValue, std::move(message)}; }

void RefuseMissing(const protocol::Member&, std::string_view path) {
  throw AwsError(kMissingParameter, "The request must contain the parameter " + std::string(path));
}

void RefuseValue(const protocol::Member&, std::string_view path, std::string_view value) {
  throw Invalid("Value (" + std::string(value) + ") for parameter " + std::string(path) + " is invalid.");
}

std::optional<AwsError> Explain(const std::exception& failure) {
  if (dynamic_cast<const storage::QueueFull*>(&failure) != nullptr)
    return AwsError(kThrottled, "Request limit exceeded.");
  if (dynamic_cast<const storage::StorageError*>(&failure) != nullptr) {
    return AwsError(kUnavailable, "The change could not be stored; try again.");
  }
  return std::nullopt;
}

}  // namespace cumulite::ec2
