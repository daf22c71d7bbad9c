#pragma once
#include "services/sqs/queue_attributes.h"

namespace cumulite::sqs {
class SqsService;

/// Checks what a RedrivePolicy says against the queue that it names: it must exist, be of the same account,
/// region and type, and allow this source.
/// Errors: InvalidParameterValue.
/// Source: SQS Developer Guide "Using dead-letter queues in Amazon SQS".
void CheckRedrive(const SqsService& sqs, const QueueName& source, const QueueAttributes& attributes);

}  // namespace cumulite::sqs
