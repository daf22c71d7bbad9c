#include "services/sqs/redrive_check.h"

#include "services/sqs/errors.h"
#include "services/sqs/redrive_policy.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {

void CheckRedrive(const SqsService& sqs, const QueueName& source, const QueueAttributes& attributes) {
  const auto& policy = attributes.redrive_policy();
  if (!policy) return;
  const auto refuse = [&](std::string_view reason) {
    return InvalidValue(Format(*policy), "RedrivePolicy", reason);
  };
  const auto target = ParseQueueArn(policy->dead_letter_arn);
  if (target->account != source.account || target->region != source.region) {
    throw refuse("Dead-letter target owner should be same as the source.");
  }
  const auto queue = sqs.FindByName(*target);
  if (!queue) throw refuse("Dead letter target does not exist.");
  if (TypeOfName(target->name) != TypeOfName(source.name)) {
    throw refuse("Dead-letter queue must be same type of queue as the source.");
  }
  if (!queue->description()->attributes.redrive_allow_policy().Allows(source.Arn())) {
    throw refuse("Queue " + queue->arn() + " does not allow this queue to use it as a dead-letter queue.");
  }
}

}  // namespace cumulite::sqs
