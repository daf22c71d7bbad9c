#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/elb/shapes.h"

/// What the store keeps of each resource: its shape as the API shows it, and what the API shows elsewhere.
/// whole(): it has what every record of its kind was written with, so that it may be relied upon.
namespace cumulite::elb {

/// Attributes that were set; those that were not have their defaults (attributes.h).
using AttributeMap = std::map<std::string, std::string>;

/// How a resource is found besides its ARN.
struct ResourceKey {
  std::string_view kind;    // "loadbalancer", as in the ARN
  std::string_view parent;  // a listener's load balancer, a rule's listener; empty
  std::string_view name;    // unique of its kind in an account and region, unless empty
  std::int64_t position;    // a listener's port, a rule's priority; orders those of a parent
};

struct LoadBalancerRecord {
  static constexpr std::string_view kKind = "loadbalancer";
  LoadBalancer shown;
  AttributeMap attributes;
  std::vector<Tag> tags;
  std::optional<std::int32_t> capacity_units;
  std::optional<protocol::Timestamp> capacity_changed;

  const std::string& arn() const { return *shown.load_balancer_arn; }
  const std::string& type() const { return *shown.type; }
  ResourceKey key() const { return {kKind, {}, *shown.load_balancer_name, 0}; }
  bool whole() const { return shown.load_balancer_arn && shown.load_balancer_name && shown.type; }
  static protocol::Members Describe();
};

struct ListenerRecord {
  static constexpr std::string_view kKind = "listener";
  Listener shown;  // its certificates: the default one alone; its actions are its default rule's
  std::vector<std::string> more_certificates;
  AttributeMap attributes;
  std::vector<Tag> tags;

  const std::string& arn() const { return *shown.listener_arn; }
  ResourceKey key() const { return {kKind, *shown.load_balancer_arn, {}, shown.port.value_or(0)}; }
  bool whole() const { return shown.listener_arn && shown.load_balancer_arn; }
  static protocol::Members Describe();
};

struct RuleRecord {
  static constexpr std::string_view kKind = "listener-rule";
  /// Of default rules, which are the last.
  static constexpr std::int64_t kLast = 1'000'000;
  Rule shown;
  std::string listener_arn;
  std::vector<Tag> tags;

  const std::string& arn() const { return *shown.rule_arn; }
  bool is_default() const { return *shown.is_default; }
  std::int64_t priority() const { return is_default() ? kLast : std::stoll(*shown.priority); }
  ResourceKey key() const { return {kKind, listener_arn, {}, priority()}; }
  bool whole() const { return shown.rule_arn && shown.is_default && shown.priority; }
  static protocol::Members Describe();
};

struct TargetGroupRecord {
  static constexpr std::string_view kKind = "targetgroup";
  TargetGroup shown;  // without its load balancers
  AttributeMap attributes;
  std::vector<Tag> tags;

  const std::string& arn() const { return *shown.target_group_arn; }
  const std::string& type() const { return *shown.target_type; }
  /// Empty for lambda.
  std::string protocol() const { return shown.protocol.value_or(""); }
  ResourceKey key() const { return {kKind, {}, *shown.target_group_name, 0}; }
  bool whole() const { return shown.target_group_arn && shown.target_group_name && shown.target_type; }
  static protocol::Members Describe();
};

/// A revocation list of a trust store.
struct RevocationRecord {
  std::int64_t id = 0;
  std::string type;  // "CRL"
  std::int64_t entries = 0;
  std::string pem;
  static protocol::Members Describe();
};

struct TrustStoreRecord {
  static constexpr std::string_view kKind = "truststore";
  TrustStore shown;
  std::string bundle_pem;
  std::vector<RevocationRecord> revocations;
  std::int64_t next_revocation = 1;
  std::vector<Tag> tags;

  const std::string& arn() const { return *shown.trust_store_arn; }
  ResourceKey key() const { return {kKind, {}, *shown.name, 0}; }
  bool whole() const { return shown.trust_store_arn && shown.name; }
  static protocol::Members Describe();
};

/// A registered target.
struct TargetRecord {
  std::int64_t registration = 0;  // grows with each
  std::string id;
  std::int32_t port = 0;
  bool has_port = true;  // lambda targets have none
  std::string zone;
  std::optional<std::int64_t> deregistered_ms;
};

}  // namespace cumulite::elb
