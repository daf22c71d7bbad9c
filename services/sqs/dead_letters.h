#pragma once
#include <memory>
#include <vector>

#include "services/sqs/queue.h"

namespace cumulite::sqs {
class SqsService;

/// The queue that takes this one's dead letters; null if it names none or it does not exist (then messages
/// stay, however often they are received), or if it names itself.
std::shared_ptr<Queue> DeadLetterQueueOf(const SqsService& sqs, const Queue& source,
                                         const QueueAttributes& attributes);

/// The queues that name this one as theirs, in the order of names.
std::vector<std::shared_ptr<Queue>> SourcesOf(const SqsService& sqs, const Queue& dead_letter_queue);

/// Hands messages that were received too often to the dead-letter queue. They keep id, content and count;
/// the age of a standard queue's counts on, a FIFO queue's begins anew and its deduplication id is the
/// message's own id.
/// `dead_letter_queue` is loaded. When it throws, `source` is loaded anew: what was not moved is where it
/// was.
/// Source: SQS Developer Guide "Setting-up dead-letter queue retention", "dead-letter queue redrive".
void Bury(SqsService& sqs, const std::shared_ptr<Queue>& source,
          const std::shared_ptr<Queue>& dead_letter_queue, const std::vector<Departure>& dead);

/// Puts a departed message into `destination` as a new one: new id, new age, never received.
/// Source: SQS Developer Guide "Learn how to configure a dead-letter queue redrive".
void Redrive(SqsService& sqs, const std::shared_ptr<Queue>& source, const std::shared_ptr<Queue>& destination,
             Departure message);

}  // namespace cumulite::sqs
