#include "server/peers.h"

#include <utility>

#include "protocol/arn.h"

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

runtime::Task<std::vector<services::QueueDelivery::Outcome>> SlotPeers::Queues::DeliverEach(
    std::vector<Parcel> parcels) {
  if (slot == nullptr) co_return std::vector<Outcome>(parcels.size(), Outcome::kNoQueue);
  runtime::Task<services::QueueFanOut*> reached = Reach<services::QueueFanOut>(*slot);
  services::QueueFanOut* const sqs = co_await reached;
  if (sqs == nullptr) co_return std::vector<Outcome>(parcels.size(), Outcome::kFailed);
  runtime::Task<std::vector<Outcome>> delivered = sqs->DeliverEach(std::move(parcels));
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

runtime::Task<std::vector<std::optional<std::string>>> SlotPeers::Network::FindVpcs(
    std::string account, std::string region, std::vector<std::string> ids) {
  std::vector<std::optional<std::string>> unknown(ids.size());
  if (slot == nullptr) co_return unknown;
  runtime::Task<services::NetworkLookup*> reached = Reach<services::NetworkLookup>(*slot);
  services::NetworkLookup* const ec2 = co_await reached;
  if (ec2 == nullptr) co_return unknown;
  runtime::Task<std::vector<std::optional<std::string>>> found =
      ec2->FindVpcs(std::move(account), std::move(region), std::move(ids));
  co_return co_await found;
}

runtime::Task<std::optional<services::CertificateLookup::Certificate>>
SlotPeers::Certificates::FindCertificate(std::string arn) {
  const auto parsed = protocol::ParseArn(arn);
  ServiceSlot* const slot = !parsed ? nullptr : parsed->service == "iam" ? iam : acm;
  // One that was never called has no certificates, and need not be opened to say so.
  if (slot == nullptr || !slot->HasState()) co_return std::nullopt;
  runtime::Task<services::CertificateLookup*> reached = Reach<services::CertificateLookup>(*slot);
  services::CertificateLookup* const keeper = co_await reached;
  if (keeper == nullptr) co_return std::nullopt;
  runtime::Task<std::optional<Certificate>> found = keeper->FindCertificate(std::move(arn));
  co_return co_await found;
}

runtime::Task<std::vector<std::string>> SlotPeers::Users::UsersOf(std::string arn) {
  if (slot == nullptr || !slot->HasState()) co_return std::vector<std::string>{};
  runtime::Task<services::CertificateUsers*> reached = Reach<services::CertificateUsers>(*slot);
  services::CertificateUsers* const users = co_await reached;
  if (users == nullptr) co_return std::vector<std::string>{};
  runtime::Task<std::vector<std::string>> found = users->UsersOf(std::move(arn));
  co_return co_await found;
}

runtime::Task<void> SlotPeers::Users::CertificateChanged(std::string arn) {
  // Who is not open reads the certificate anew when it opens.
  auto* const users = slot == nullptr ? nullptr : dynamic_cast<services::CertificateUsers*>(slot->opened());
  if (users == nullptr) co_return;
  runtime::Task<void> changed = users->CertificateChanged(std::move(arn));
  co_await changed;
}

}  // namespace cumulite::server
