#include "services/elb/proxy/routing_table.h"

#include <algorithm>
#include <charconv>
#include <unordered_set>

#include "base/text.h"
#include "services/elb/proxy/pattern.h"
#include "services/elb/proxy/request_headers.h"
#include "services/elb/proxy/sticky_cookie.h"

namespace cumulite::elb::proxy {
namespace {
using Standing = TargetState::Standing;

/// Another registration, another address or another protocol is another target.
std::string IdentityOf(const TargetGroup& group, const Target& target) {
  return group.arn + ' ' + target.id + ' ' + std::to_string(target.port) + ' ' + target.address + ' ' +
         std::to_string(target.registration);
}

/// What the API says of the target comes before what its checks say.
void Place(const TargetGroup& group, const Target& target, TargetState& state) {
  if (target.deregistered_at) return state.set_standing(Standing::kDraining);
  if (target.stopped) return state.set_standing(Standing::kUnused);
  if (!group.health_check.enabled) return state.set_standing(Standing::kHealthy);
  using State = TargetHealthMachine::State;
  const State health = state.WithHealth([](const TargetHealthMachine& machine) { return machine.state(); });
  state.set_standing(health == State::kHealthy   ? Standing::kHealthy
                     : health == State::kInitial ? Standing::kInitial
                                                 : Standing::kUnhealthy);
}

std::uint16_t PortIn(std::string_view host) {
  const std::string_view name = HostWithoutPort(host);
  std::uint16_t port = 0;
  if (name.size() < host.size()) {
    std::from_chars(host.data() + name.size() + 1, host.data() + host.size(), port);
  }
  return port;
}
}  // namespace

const RuleAtWork* ListenerAtWork::RuleFor(const RequestFacts& facts, std::uint64_t& evaluated) const {
  for (std::size_t i = 0; i < rules.size(); ++i) {
    ++evaluated;
    if (prefilter.MayMatch(i, facts) && rules[i].matcher.Matches(facts)) return &rules[i];
  }
  return nullptr;
}

const ListenerAtWork* LoadBalancerAtWork::ListenerOn(std::uint16_t port) const {
  const auto found =
      std::ranges::find(listeners, port, [](const ListenerAtWork& l) { return l.settings->port; });
  return found == listeners.end() ? nullptr : &*found;
}

std::shared_ptr<GroupMemory> RoutingTable::Memory::Of(const TargetGroup& group) {
  std::shared_ptr<GroupMemory>& memory = groups_[group.arn];
  if (!memory) memory = std::make_shared<GroupMemory>();
  return memory;
}

std::shared_ptr<LoadBalancerMemory> RoutingTable::Memory::Of(const LoadBalancer& load_balancer) {
  std::shared_ptr<LoadBalancerMemory>& memory = load_balancers_[load_balancer.arn];
  if (!memory) memory = std::make_shared<LoadBalancerMemory>();
  return memory;
}

std::shared_ptr<TargetState> RoutingTable::Memory::Of(const TargetGroup& group, const Target& target) {
  std::shared_ptr<TargetState>& state = targets_[IdentityOf(group, target)];
  if (!state) state = std::make_shared<TargetState>(group, target);
  return state;
}

void RoutingTable::Memory::Keep(const RoutingTable& table) {
  std::unordered_set<const TargetState*> used;
  for (const auto& [arn, group] : table.groups()) {
    for (const auto& target : group->targets) used.insert(target.get());
  }
  std::erase_if(targets_, [&](const auto& entry) { return !used.contains(entry.second.get()); });
  std::unordered_set<std::string_view> known;
  for (const auto& group : table.snapshot().target_groups) known.insert(group->arn);
  for (const auto& load_balancer : table.snapshot().load_balancers) known.insert(load_balancer->arn);
  for (const auto& [arn, group] : table.groups()) known.insert(arn);
  std::erase_if(groups_, [&](const auto& entry) { return !known.contains(entry.first); });
  std::erase_if(load_balancers_, [&](const auto& entry) { return !known.contains(entry.first); });
}

RoutingTable::RoutingTable(std::shared_ptr<const Snapshot> snapshot, Memory& memory,
                           const std::string& own_address)
    : snapshot_(std::move(snapshot)) {
  for (const std::shared_ptr<const LoadBalancer>& load_balancer : snapshot_->load_balancers) {
    auto at_work = std::make_unique<LoadBalancerAtWork>();
    at_work->settings = load_balancer;
    at_work->memory = memory.Of(*load_balancer);
    auto listeners = load_balancer->listeners;
    std::ranges::stable_sort(listeners, {}, [](const auto& listener) { return listener->port; });
    at_work->listeners.reserve(listeners.size());
    for (const auto& listener : listeners) AddListener(*at_work, listener, memory, own_address);
    by_host_.emplace(base::ToLower(load_balancer->dns_name), at_work.get());
    load_balancers_.push_back(std::move(at_work));
  }
  for (const auto& load_balancer : load_balancers_) {
    for (const ListenerAtWork& listener : load_balancer->listeners) {
      ports_[listener.settings->port].push_back({load_balancer.get(), &listener});
    }
  }
  memory.Keep(*this);
}

void RoutingTable::AddListener(LoadBalancerAtWork& load_balancer,
                               const std::shared_ptr<const Listener>& listener, Memory& memory,
                               const std::string& own_address) {
  ListenerAtWork& at_work = load_balancer.listeners.emplace_back();
  at_work.settings = listener;
  at_work.rules.reserve(listener->rules.size());
  for (const Rule& rule : listener->rules) {
    RuleAtWork& added = at_work.rules.emplace_back(rule);
    at_work.prefilter.Add(rule);
    const auto* const forward = std::get_if<Forward>(&rule.action);
    if (forward == nullptr) continue;
    for (const Forward::Group& group : forward->groups) {
      added.groups.push_back({Use(group.group, memory, own_address), group.weight});
      added.weights += group.weight;
    }
  }
}

std::shared_ptr<const GroupAtWork> RoutingTable::Use(const std::shared_ptr<const TargetGroup>& group,
                                                     Memory& memory, const std::string& own_address) {
  std::shared_ptr<const GroupAtWork>& known = groups_[group->arn];
  if (known) return known;
  auto at_work = std::make_shared<GroupAtWork>();
  at_work->settings = group;
  at_work->memory = memory.Of(*group);
  at_work->key = KeyOf(group->arn);
  for (const Target& target : group->targets) {
    Target with_address = target;
    if (group->type == TargetGroup::Type::kAlb) with_address.address = own_address;
    std::shared_ptr<TargetState> state = memory.Of(*group, with_address);
    Place(*group, target, *state);
    at_work->targets.push_back(std::move(state));
  }
  return known = std::move(at_work);
}

const LoadBalancerAtWork* RoutingTable::Named(std::string_view host) const {
  const auto found = by_host_.find(base::ToLower(std::string(HostWithoutPort(host))));
  return found == by_host_.end() ? nullptr : found->second;
}

Entrance RoutingTable::ByHost(std::string_view host, std::uint16_t port) const {
  const LoadBalancerAtWork* const load_balancer = Named(host);
  if (load_balancer == nullptr) return {};
  const ListenerAtWork* listener = load_balancer->ListenerOn(port != 0 ? port : PortIn(host));
  if (listener == nullptr && port == 0 && !load_balancer->listeners.empty()) {
    listener = &load_balancer->listeners.front();
  }
  return {load_balancer, listener};
}

Entrance RoutingTable::ByPort(std::uint16_t port, std::string_view host) const {
  const auto found = ports_.find(port);
  if (found == ports_.end()) return {};
  const std::vector<Entrance>& here = found->second;
  if (here.size() == 1) return here.front();
  const LoadBalancerAtWork* const named = Named(host);
  const auto entrance = std::ranges::find(here, named, &Entrance::load_balancer);
  return entrance == here.end() ? here.front() : *entrance;
}

}  // namespace cumulite::elb::proxy
