#include "services/sns/errors.h"

#include "services/storage/error.h"

namespace cumulite::sns {

AwsError Invalid(std::string_view what) {
  return {kInvalidParameter, "Invalid parameter: " + std::string(what)};
}

AwsError Invalid(std::string_view parameter, std::string_view reason) {
  return {kInvalidParameter,
          "Invalid parameter: " + std::string(parameter) + " Reason: " + std::string(reason)};
}

AwsError TopicDoesNotExist() { return {kNotFound, "Topic does not exist"}; }

AwsError SubscriptionDoesNotExist() { return {kNotFound, "Subscription does not exist"}; }

std::optional<AwsError> Explain(const std::exception& failure) {
  if (dynamic_cast<const storage::QueueFull*>(&failure) != nullptr)
    return AwsError(kThrottled, "Rate exceeded");
  if (dynamic_cast<const storage::StorageError*>(&failure) != nullptr) {
    return AwsError(protocol::kServiceUnavailable, "The change could not be stored; try again.");
  }
  return std::nullopt;
}

}  // namespace cumulite::sns
