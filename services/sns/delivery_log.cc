#include "services/sns/delivery_log.h"

#include "services/sns/names.h"

namespace cumulite::sns {

std::size_t DeliveryLog::Weight(const Delivery& delivery) {
  constexpr std::size_t kOverhead = 256;
  return kOverhead + delivery.message->body.size();
}

void DeliveryLog::Add(std::vector<Delivery> deliveries) {
  const std::scoped_lock lock(mutex_);
  for (Delivery& delivery : deliveries) {
    bytes_ += Weight(delivery);
    entries_.push_back(std::move(delivery));
  }
  while (entries_.size() > kMaxEntries || bytes_ > kMaxBytes) {
    bytes_ -= Weight(entries_.front());
    entries_.pop_front();
  }
}

std::vector<Delivery> DeliveryLog::List() const {
  const std::scoped_lock lock(mutex_);
  return {entries_.begin(), entries_.end()};
}

void DeliveryLog::Clear(std::string_view account) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(entries_, [&](const Delivery& delivery) {
    if (account.empty()) return true;
    const std::string& owner = delivery.subscription ? delivery.subscription->topic_arn : delivery.endpoint;
    return AccountOf(owner) == account;
  });
  bytes_ = 0;
  for (const Delivery& delivery : entries_) bytes_ += Weight(delivery);
}

}  // namespace cumulite::sns
