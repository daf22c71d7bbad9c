#pragma once
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "services/peers.h"

namespace cumulite::test {

/// The peers of a service that is alone: nobody made a network or a certificate, or uses one. Every object
/// that is asked for is `object`.
class NoPeers final : public services::Peers,
                      services::NetworkLookup,
                      services::ObjectDelivery,
                      services::CertificateLookup,
                      services::CertificateUsers {
 public:
  NetworkLookup& network() override { return *this; }
  ObjectDelivery& objects() override { return *this; }
  CertificateLookup& certificates() override { return *this; }
  CertificateUsers& certificate_users() override { return *this; }
  services::QueueDelivery& queues() override { throw std::logic_error("no queues here"); }
  services::TopicDelivery& topics() override { throw std::logic_error("no topics here"); }
  services::ObjectSource& object_source() override { throw std::logic_error("no listings here"); }

  std::string object;

 private:
  runtime::Task<std::vector<std::optional<Subnet>>> FindSubnets(std::string, std::string,
                                                                std::vector<std::string> ids) override {
    co_return std::vector<std::optional<Subnet>>(ids.size());
  }
  runtime::Task<std::vector<std::optional<std::string>>> FindVpcs(std::string, std::string,
                                                                  std::vector<std::string> ids) override {
    co_return std::vector<std::optional<std::string>>(ids.size());
  }
  runtime::Task<Outcome> Put(Name, std::string, std::string) override { co_return Outcome::kNoBucket; }
  runtime::Task<std::optional<std::string>> Read(Name, std::size_t) override { co_return object; }
  runtime::Task<std::optional<Certificate>> FindCertificate(std::string) override { co_return std::nullopt; }
  runtime::Task<std::vector<std::string>> UsersOf(std::string) override {
    co_return std::vector<std::string>();
  }
  runtime::Task<void> CertificateChanged(std::string) override { co_return; }
};

}  // namespace cumulite::test
