#pragma once
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "services/elb/proxy/balancer.h"
#include "services/elb/proxy/counters.h"
#include "services/elb/proxy/rule_matcher.h"
#include "services/elb/proxy/rule_prefilter.h"
#include "services/elb/proxy/snapshot.h"
#include "services/elb/proxy/target_state.h"
#include "services/elb/proxy/transform.h"

namespace cumulite::elb::proxy {

/// What of a target group outlives snapshots. Thread: any.
struct GroupMemory {
  BalancerState balancer;
  GroupCounters counters;
};

struct LoadBalancerMemory {
  LoadBalancerCounters counters;
  std::atomic<std::uint64_t> zone_turn{0};
};

/// A target group in use: its settings with what lives on. Immutable but for what it points to.
struct GroupAtWork {
  std::shared_ptr<const TargetGroup> settings;
  std::shared_ptr<GroupMemory> memory;
  std::vector<std::shared_ptr<TargetState>> targets;  // as in settings
  std::uint64_t key = 0;                              // what a group's stickiness cookie calls it
};

struct RuleAtWork {
  struct Share {
    std::shared_ptr<const GroupAtWork> group;
    int weight = 0;
  };

  explicit RuleAtWork(const Rule& of) : rule(of), matcher(of), transformer(of.transforms) {}

  const Rule& rule;  // of the listener, which is kept beside it
  RuleMatcher matcher;
  Transformer transformer;
  std::vector<Share> groups;  // of a forward
  int weights = 0;            // their sum
};

struct ListenerAtWork {
  std::shared_ptr<const Listener> settings;
  std::vector<RuleAtWork> rules;
  RulePrefilter prefilter;  // of `rules`, by their numbers

  /// The default rule takes what no other does; null for a listener without rules.
  const RuleAtWork* RuleFor(const RequestFacts& facts, std::uint64_t& evaluated) const;
};

struct LoadBalancerAtWork {
  std::shared_ptr<const LoadBalancer> settings;
  std::shared_ptr<LoadBalancerMemory> memory;
  std::vector<ListenerAtWork> listeners;  // by port

  const ListenerAtWork* ListenerOn(std::uint16_t port) const;
};

/// Where a request goes: a load balancer, and its listener.
struct Entrance {
  const LoadBalancerAtWork* load_balancer = nullptr;
  const ListenerAtWork* listener = nullptr;
};

/// A snapshot, made ready for use. Requests hold on to the one that they began with.
///
/// Immutable. Thread: any.
class RoutingTable {
 public:
  /// What is kept from table to table.
  class Memory {
   public:
    std::shared_ptr<GroupMemory> Of(const TargetGroup& group);
    std::shared_ptr<LoadBalancerMemory> Of(const LoadBalancer& load_balancer);
    std::shared_ptr<TargetState> Of(const TargetGroup& group, const Target& target);
    /// Forgets what `table` has no use for.
    void Keep(const RoutingTable& table);

   private:
    std::unordered_map<std::string, std::shared_ptr<GroupMemory>> groups_;
    std::unordered_map<std::string, std::shared_ptr<LoadBalancerMemory>> load_balancers_;
    std::unordered_map<std::string, std::shared_ptr<TargetState>> targets_;
  };

  RoutingTable() = default;
  /// `own_address` is where the listeners' ports are: the address of targets that are load balancers.
  RoutingTable(std::shared_ptr<const Snapshot> snapshot, Memory& memory, const std::string& own_address);

  /// By Host ("name-id.region.elb.localhost:8080"): the listener of the port in it, or else the one of the
  /// lowest port. `port` overrides the one in Host unless it is 0.
  Entrance ByHost(std::string_view host, std::uint16_t port) const;
  /// Of those that listen on a port: whom Host names, else the oldest.
  Entrance ByPort(std::uint16_t port, std::string_view host) const;

  const std::map<std::uint16_t, std::vector<Entrance>>& ports() const { return ports_; }
  const std::vector<std::unique_ptr<LoadBalancerAtWork>>& load_balancers() const { return load_balancers_; }
  /// Those that an action refers to, by ARN.
  const std::unordered_map<std::string, std::shared_ptr<const GroupAtWork>>& groups() const {
    return groups_;
  }
  const Snapshot& snapshot() const { return *snapshot_; }

 private:
  std::shared_ptr<const GroupAtWork> Use(const std::shared_ptr<const TargetGroup>& group, Memory& memory,
                                         const std::string& own_address);
  void AddListener(LoadBalancerAtWork& load_balancer, const std::shared_ptr<const Listener>& listener,
                   Memory& memory, const std::string& own_address);
  const LoadBalancerAtWork* Named(std::string_view host) const;

  std::shared_ptr<const Snapshot> snapshot_ = std::make_shared<Snapshot>();
  std::vector<std::unique_ptr<LoadBalancerAtWork>> load_balancers_;
  std::unordered_map<std::string, const LoadBalancerAtWork*> by_host_;
  std::unordered_map<std::string, std::shared_ptr<const GroupAtWork>> groups_;
  std::map<std::uint16_t, std::vector<Entrance>> ports_;
};

}  // namespace cumulite::elb::proxy
