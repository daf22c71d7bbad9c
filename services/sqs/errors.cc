#include "services/sqs/errors.h"

#include "services/storage/error.h"

namespace cumulite::sqs {

AwsError InvalidValue(std::string_view value, std::string_view parameter, std::string_view reason) {
  std::string message = "Value ";
  message.append(value)
      .append(" for parameter ")
      .append(parameter)
      .append(" is invalid. Reason: ")
      .append(reason);
  return {kInvalidParameterValue, std::move(message)};
}

AwsError InvalidAttribute(std::string_view attribute, std::string_view reason) {
  std::string message = "Invalid value for the parameter ";
  message.append(attribute).append(".");
  if (!reason.empty()) message.append(" Reason: ").append(reason);
  return {kInvalidAttributeValue, std::move(message)};
}

AwsError Missing(std::string_view parameter) {
  return {kMissingParameter, "The request must contain the parameter " + std::string(parameter) + "."};
}

AwsError QueueDoesNotExist() { return {kQueueDoesNotExist, "The specified queue does not exist."}; }

AwsError MissingDeduplicationId() {
  return {kInvalidParameterValue,
          "The queue should either have ContentBasedDeduplication enabled or MessageDeduplicationId provided "
          "explicitly"};
}

std::optional<AwsError> Explain(const std::exception& failure) {
  if (dynamic_cast<const storage::QueueFull*>(&failure) != nullptr) {
    return AwsError(kThrottled, "Request is throttled: too many writes are waiting.");
  }
  if (dynamic_cast<const storage::StorageError*>(&failure) != nullptr) {
    return AwsError(protocol::kServiceUnavailable, "The change could not be stored; try again.");
  }
  return std::nullopt;
}

}  // namespace cumulite::sqs
