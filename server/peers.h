#pragma once
#include "server/object_peer.h"
#include "server/object_source_peer.h"
#include "server/service_slot.h"
#include "services/peers.h"
#include "services/queue_fan_out.h"

namespace cumulite::server {

/// The peers of one world: each call opens the slot that it needs. A null slot: no such service here.
/// Thread: an I/O thread.
class SlotPeers final : public services::Peers {
 public:
  services::QueueDelivery& queues() override { return queues_; }
  services::TopicDelivery& topics() override { return topics_; }
  services::NetworkLookup& network() override { return network_; }
  services::ObjectDelivery& objects() override { return objects_; }
  services::ObjectSource& object_source() override { return object_source_; }
  services::CertificateLookup& certificates() override { return certificates_; }
  services::CertificateUsers& certificate_users() override { return certificate_users_; }

  /// Once, when the slots are there and before any is opened. `find` gives a service's slot by its name.
  template <class Find>
  void Connect(Find find) {
    queues_.slot = find("sqs");
    topics_.slot = find("sns");
    network_.slot = find("ec2");
    objects_.slot = find("s3");
    object_source_.slot = find("s3");
    certificates_.acm = find("acm");
    certificates_.iam = find("iam");
    certificate_users_.slot = find("elb");
  }

 private:
  class Queues final : public services::QueueFanOut {
   public:
    runtime::Task<Outcome> Deliver(services::QueueMessage message) override;
    runtime::Task<std::vector<Outcome>> DeliverEach(std::vector<Parcel> parcels) override;
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
    runtime::Task<std::vector<std::optional<std::string>>> FindVpcs(std::string account, std::string region,
                                                                    std::vector<std::string> ids) override;
    ServiceSlot* slot = nullptr;
  };

  class Certificates final : public services::CertificateLookup {
   public:
    runtime::Task<std::optional<Certificate>> FindCertificate(std::string arn) override;
    ServiceSlot* acm = nullptr;
    ServiceSlot* iam = nullptr;
  };

  class Users final : public services::CertificateUsers {
   public:
    runtime::Task<std::vector<std::string>> UsersOf(std::string arn) override;
    runtime::Task<void> CertificateChanged(std::string arn) override;
    ServiceSlot* slot = nullptr;
  };

  Queues queues_;
  Topics topics_;
  Network network_;
  ObjectPeer objects_;
  ObjectSourcePeer object_source_;
  Certificates certificates_;
  Users certificate_users_;
};

}  // namespace cumulite::server
