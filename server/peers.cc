#include "server/peers.h"

#include <utility>

namespace cumulite::server {
namespace {

/// The interface of an opened peer; null when it could not be opened, which the slot has logged.
template <class Interface>
runtime::Task<Interface*> Reach(ServiceSlot& slot) {
  services::Service* service = slot.opened();
  if (service == nullptr) {
    try {
      runtime::Task<services::Service*> opening = slot.Open();
      service = co_await opening;
    } catch (const std::exception&) {
      co_return nullptr;
    }
  }
  co_return dynamic_cast<Interface*>(service);
}

}  // namespace

void SlotPeers::Connect(ServiceSlot* sqs, ServiceSlot* sns) {
  queues_.slot = sqs;
  topics_.slot = sns;
}

runtime::Task<services::QueueDelivery::Outcome> SlotPeers::Queues::Deliver(services::QueueMessage message) {
  if (slot == nullptr) co_return Outcome::kNoQueue;
  runtime::Task<services::QueueDelivery*> reached = Reach<services::QueueDelivery>(*slot);
  services::QueueDelivery* const sqs = co_await reached;
  if (sqs == nullptr) co_return Outcome::kFailed;
  runtime::Task<Outcome> delivered = sqs->Deliver(std::move(message));
  co_return co_await delivered;
}

runtime::Task<services::TopicDelivery::Outcome> SlotPeers::Topics::Publish(services::TopicMessage message) {
  if (slot == nullptr) co_return Outcome::kNoTopic;
  runtime::Task<services::TopicDelivery*> reached = Reach<services::TopicDelivery>(*slot);
  services::TopicDelivery* const sns = co_await reached;
  if (sns == nullptr) co_return Outcome::kFailed;
  runtime::Task<Outcome> published = sns->Publish(std::move(message));
  co_return co_await published;
}

}  // namespace cumulite::server
