#include "server/peers.h"

#include <utility>

namespace cumulite::server {
namespace {

/// The interface of an opened peer; null when it could not be opened, which the slot has logged.
template <class Interface>
runtime::Task<Interface*> Reach(ServiceSlot& slot) {
  runtime::Task<services::Service*> opening = OpenedOrNull(slot);
  co_return dynamic_cast<Interface*>(co_await opening);
}

}  // namespace

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

runtime::Task<std::vector<std::optional<services::NetworkLookup::Subnet>>> SlotPeers::Network::FindSubnets(
    std::string account, std::string region, std::vector<std::string> ids) {
  std::vector<std::optional<Subnet>> unknown(ids.size());
  if (slot == nullptr) co_return unknown;
  runtime::Task<services::NetworkLookup*> reached = Reach<services::NetworkLookup>(*slot);
  services::NetworkLookup* const ec2 = co_await reached;
  if (ec2 == nullptr) co_return unknown;
  runtime::Task<std::vector<std::optional<Subnet>>> found =
      ec2->FindSubnets(std::move(account), std::move(region), std::move(ids));
  co_return co_await found;
}

}  // namespace cumulite::server
