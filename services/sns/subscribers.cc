#include "services/sns/subscribers.h"

#include <bit>
#include <optional>

#include "services/sns/filter_value.h"

namespace cumulite::sns {
namespace {

constexpr std::size_t kBits = 64;

/// What filter policies look at, made when the first of them asks.
class FilterView {
 public:
  explicit FilterView(const Message& message) : message_(message) {}

  bool Accepts(const FilterPolicy& policy) {
    if (policy.scope() == FilterScope::kMessageAttributes) return policy.Accepts(Attributes());
    return Body() && policy.Accepts(*Body());
  }
  const filter::Value& Attributes() {
    if (!attributes_) {
      attributes_.emplace().type = filter::Value::Type::kObject;
      for (const Message::Attribute& attribute : message_.attributes) {
        filter::AddAttribute(*attributes_, attribute.name, attribute.type, attribute.value);
      }
    }
    return *attributes_;
  }
  /// Nothing unless it is a JSON object.
  const std::optional<filter::Value>& Body() {
    if (!body_read_) body_ = filter::ReadBody(message_.body);
    body_read_ = true;
    return body_;
  }

 private:
  const Message& message_;
  std::optional<filter::Value> attributes_;
  std::optional<filter::Value> body_;
  bool body_read_ = false;
};

}  // namespace

Subscribers::Subscribers(SubscriptionList list)
    : list_(std::move(list)), always_((list_.size() + kBits - 1) / kBits) {
  std::vector<filter::Index::Entry> by_attributes;
  std::vector<filter::Index::Entry> by_body;
  std::vector<std::uint32_t> others;
  for (std::uint32_t place = 0; place < list_.size(); ++place) {
    const FilterPolicy* const policy = list_[place]->filter.get();
    filter_ |= policy != nullptr;
    if (policy == nullptr) {
      others.push_back(place);
    } else {
      auto& entries = policy->scope() == FilterScope::kMessageAttributes ? by_attributes : by_body;
      entries.push_back({place, &policy->root()});
    }
  }
  by_attributes_ = filter::Index(by_attributes, others);
  by_body_ = filter::Index(by_body, others);
  for (const std::uint32_t place : others) always_[place / kBits] |= std::uint64_t{1} << place % kBits;
}

std::vector<std::int64_t> Subscribers::WhoWants(const Message& message) const {
  std::vector<std::int64_t> numbers;
  if (!filter_) {
    numbers.reserve(list_.size());
    for (const SubscriptionPtr& subscription : list_) numbers.push_back(subscription->number);
    return numbers;
  }
  FilterView view(message);
  std::vector<std::uint64_t> places = always_;
  if (!by_attributes_.empty()) by_attributes_.Find(view.Attributes(), places);
  if (!by_body_.empty() && view.Body()) by_body_.Find(*view.Body(), places);
  for (std::size_t word = 0; word < places.size(); ++word) {
    for (std::uint64_t bits = places[word]; bits != 0; bits &= bits - 1) {
      const Subscription& subscription =
          *list_[word * kBits + static_cast<std::size_t>(std::countr_zero(bits))];
      if (!subscription.filter || view.Accepts(*subscription.filter)) {
        numbers.push_back(subscription.number);
      }
    }
  }
  return numbers;
}

}  // namespace cumulite::sns
