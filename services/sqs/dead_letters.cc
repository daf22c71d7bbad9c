#include "services/sqs/dead_letters.h"

#include <utility>

#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
namespace {

/// Adds the message, which has left `source`, to `destination` and journals its row's move there. When that
/// fails `source` is loaded anew: its row is where it was.
void Transfer(SqsService& sqs, const std::shared_ptr<Queue>& source,
              const std::shared_ptr<Queue>& destination, const Departure& message, std::string source_arn,
              std::string deduplication_id) {
  sqs.cache().Remove(message.key);
  try {
    storage::Ticket ticket = destination->With([&](QueueState& state) {
      const Sent sent = state.Arrive(message, sqs.clock().Now());
      return sqs.store().JournalMove(
          {message.key, sent, message, std::move(source_arn), std::move(deduplication_id)},
          destination->ReserveBeyond(state));
    });
    sqs.CommitMove(source, destination, std::move(ticket));
  } catch (...) {
    source->Discard();
    throw;
  }
}

}  // namespace

std::shared_ptr<Queue> DeadLetterQueueOf(const SqsService& sqs, const Queue& source,
                                         const QueueAttributes& attributes) {
  const auto& policy = attributes.redrive_policy();
  if (!policy) return nullptr;
  auto queue = sqs.FindByArn(policy->dead_letter_arn);
  // A queue may be its own (recorded from AWS): then a dead message is where it belongs.
  return queue && queue.get() == &source ? nullptr : queue;
}

std::vector<std::shared_ptr<Queue>> SourcesOf(const SqsService& sqs, const Queue& dead_letter_queue) {
  auto sources = sqs.List(dead_letter_queue.name().account, dead_letter_queue.name().region, {});
  std::erase_if(sources, [&](const std::shared_ptr<Queue>& queue) {
    const auto description = queue->description();
    const auto& policy = description->attributes.redrive_policy();
    return !policy || policy->dead_letter_arn != dead_letter_queue.arn();
  });
  return sources;
}

void Bury(SqsService& sqs, const std::shared_ptr<Queue>& source,
          const std::shared_ptr<Queue>& dead_letter_queue, const std::vector<Departure>& dead) {
  for (const Departure& message : dead) {
    Departure buried = message;
    std::string deduplication_id;
    if (dead_letter_queue->fifo()) {
      buried.sent_at = sqs.clock().Now();
      deduplication_id = message.id.Text();
    }
    Transfer(sqs, source, dead_letter_queue, buried, source->arn(), std::move(deduplication_id));
  }
}

void Redrive(SqsService& sqs, const std::shared_ptr<Queue>& source, const std::shared_ptr<Queue>& destination,
             Departure message) {
  message.id = MessageId::Random();
  message.sent_at = sqs.clock().Now();
  message.first_received_at = {};
  message.receive_count = 0;
  Transfer(sqs, source, destination, message, {}, {});
}

}  // namespace cumulite::sqs
