#include "services/sqs/errors.h"

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

AwsError Throttled() { return {kThrottled, "Request is throttled: too many writes are waiting."}; }

AwsError QueueDoesNotExist() { return {kQueueDoesNotExist, "The specified queue does not exist."}; }

}  // namespace cumulite::sqs
