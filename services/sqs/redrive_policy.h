#pragma once
#include <string>
#include <string_view>

#include "services/sqs/queue_attributes.h"

namespace cumulite::sqs {

/// Errors: InvalidParameterValue in the words of AWS.
RedrivePolicy ParseRedrivePolicy(std::string_view json);
RedriveAllowPolicy ParseRedriveAllowPolicy(std::string_view json);

/// As GetQueueAttributes shows it: {"deadLetterTargetArn":"...","maxReceiveCount":5}
std::string Format(const RedrivePolicy& policy);

}  // namespace cumulite::sqs
