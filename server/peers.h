#pragma once
#include "server/service_slot.h"
#include "services/peers.h"

namespace cumulite::server {

/// The peers of one world: each call opens the slot that it needs. A null slot: no such service here.
/// Thread: an I/O thread.
class SlotPeers final : public services::Peers {
 public:
  services::QueueDelivery& queues() override { return queues_; }
  services::TopicDelivery& topics() override { return topics_; }
  services::NetworkLookup& network() override { return network_; }

  /// Once, when the slots are there and before any is opened.
  void Connect(ServiceSlot* sqs, ServiceSlot* sns, ServiceSlot* ec2);

 private:
  class Queues final : public services::QueueDelivery {
   public:
    runtime::Task<Outcome> Deliver(services::QueueMessage message) override;
    ServiceSlot* slot = nullptr;
  };
  class Topics final : public services::TopicDelivery {
   public:
    runtime::Task<Outcome> Publish(services::TopicMessage message) override;
    ServiceSlot* slot = nullptr;
  };

  class Network final : public services::NetworkLookup {
   public:
    runtime::Task<std::vector<std::optional<Subnet>>> FindSubnets(std::string account, std::string region,
                                                                  std::vector<std::string> ids) override;
    ServiceSlot* slot = nullptr;
  };

  Queues queues_;
  Topics topics_;
  Network network_;
};

}  // namespace cumulite::server
