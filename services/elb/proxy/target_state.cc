#include "services/elb/proxy/target_state.h"

#include "services/elb/proxy/sticky_cookie.h"
#include "services/elb/proxy/transaction.h"

namespace cumulite::elb::proxy {
namespace {
std::string InUrl(const std::string& address) {
  return address.find(':') == std::string::npos ? address : "[" + address + "]";
}

std::string_view SchemeOf(TargetGroup::Protocol protocol) {
  const bool tls = protocol == TargetGroup::Protocol::kHttps || protocol == TargetGroup::Protocol::kTls;
  return tls ? "https://" : "http://";
}
}  // namespace

TargetState::TargetState(const TargetGroup& group, const Target& target)
    : id(target.id),
      port(target.port),
      zone(target.zone),
      address(InUrl(target.address)),
      authority(address + ":" + std::to_string(port)),
      url(std::string(SchemeOf(group.protocol)) + authority),
      key(KeyOf(group.arn + " " + target.id + " " + std::to_string(target.port))) {}

TargetState::InFlight::iterator TargetState::Enter(std::weak_ptr<Transaction> transaction) {
  in_flight.fetch_add(1, std::memory_order_relaxed);
  const std::scoped_lock lock(mutex_);
  return transactions_.insert(transactions_.end(), std::move(transaction));
}

void TargetState::Leave(InFlight::iterator position) {
  in_flight.fetch_sub(1, std::memory_order_relaxed);
  const std::scoped_lock lock(mutex_);
  transactions_.erase(position);
}

void TargetState::EvictAll() {
  std::vector<std::shared_ptr<Transaction>> all;
  {
    const std::scoped_lock lock(mutex_);
    for (const auto& weak : transactions_) {
      if (auto transaction = weak.lock()) all.push_back(std::move(transaction));
    }
  }
  // The last reference to one may be ours: it then leaves, which takes the lock.
  for (const auto& transaction : all) transaction->Evict();
}

}  // namespace cumulite::elb::proxy
