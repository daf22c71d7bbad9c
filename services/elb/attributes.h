#pragma once
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/elb/records.h"

/// The attributes of load balancers, listeners and target groups: names, defaults and what they may be.
namespace cumulite::elb {

/// One attribute of a kind of resource. Which ones a resource has depends on its type or protocol.
struct AttributeRow {
  std::string_view key;
  std::string_view fallback;
  std::uint32_t where;  // bits: the kinds of resource that have it
  /// Whether a value will do; the text says what it has to be, as the end of a sentence.
  bool (*fits)(std::string_view value);
  std::string_view must;  // "must be 'true' or 'false'"
};

/// The attributes that a resource has, with how AWS calls it in its refusals.
struct AttributeSet {
  std::span<const AttributeRow> rows;
  std::uint32_t where;
  std::string_view what;  // "Load balancer"
  std::string kind;       // "load balancers with type 'network'"

  /// Null for what it has not.
  const AttributeRow* Find(std::string_view key) const;
  /// All, those that were set with their values, in AWS's order.
  std::vector<std::pair<std::string, std::string>> Show(const AttributeMap& set) const;
  std::string Get(const AttributeMap& set, std::string_view key) const;
  /// Errors: ValidationError for a key that no such resource has; InvalidConfigurationRequest for one that
  /// this kind has not, or a value that will not do.
  void Check(std::string_view key, std::string_view value) const;
};

AttributeSet AttributesOf(const LoadBalancerRecord& load_balancer);
AttributeSet AttributesOf(const TargetGroupRecord& target_group);
/// `load_balancer_type`: "application", "network", "gateway".
AttributeSet AttributesOf(const ListenerRecord& listener, std::string_view load_balancer_type);

/// What a load balancer's or a target group's attributes are now.
std::string Attribute(const LoadBalancerRecord& load_balancer, std::string_view key);
std::string Attribute(const TargetGroupRecord& target_group, std::string_view key);

/// As the answers list them.
template <class A>
std::vector<A> Listed(const AttributeSet& known, const AttributeMap& attributes) {
  std::vector<A> list;
  for (auto& [key, value] : known.Show(attributes)) list.push_back({std::move(key), std::move(value)});
  return list;
}

/// Errors: ValidationError for a key without text.
std::string_view RequireKey(const std::optional<std::string>& key);

/// What Modify...Attributes asks for. Errors: those of Check.
template <class A>
void Apply(const AttributeSet& known, const std::vector<A>& changes, AttributeMap& attributes) {
  for (const A& change : changes) {
    const std::string_view key = RequireKey(change.key);
    known.Check(key, change.value.value_or(""));
    attributes[std::string(key)] = change.value.value_or("");
  }
}

}  // namespace cumulite::elb
