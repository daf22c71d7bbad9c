#include "services/sns/filter_index.h"

#include <algorithm>

namespace cumulite::sns::filter {
namespace {

bool IsIndexed(const Condition& condition) {
  return condition.kind == Condition::Kind::kText || condition.kind == Condition::Kind::kPrefix ||
         condition.kind == Condition::Kind::kNumber;
}

bool FindsPolicies(const Node::Key& key) {
  return !key.nested && !key.any.empty() && std::ranges::all_of(key.any, IsIndexed);
}

/// How many policies want that under that key.
using Uses = std::unordered_map<std::string, std::uint64_t>;

std::string NameOf(const Node::Key& key, const Condition& condition) {
  std::string name = key.name;
  name += '\0';
  name += static_cast<char>(condition.kind);
  return condition.kind == Condition::Kind::kNumber ? name + std::to_string(condition.low)
                                                    : name + condition.text;
}

/// The key by which the fewest others would be found along with the policy; null if it has none to go by.
const Node::Key* BestKey(const Node& policy, const Uses& uses) {
  const Node::Key* best = nullptr;
  std::uint64_t least = 0;
  for (const Node::Key& key : policy.keys) {
    if (!FindsPolicies(key)) continue;
    std::uint64_t most = 0;
    for (const Condition& condition : key.any) most += uses.at(NameOf(key, condition));
    if (best == nullptr || most < least) {
      best = &key;
      least = most;
    }
  }
  return best;
}

}  // namespace

Index::Index(std::span<const Entry> entries, std::vector<std::uint32_t>& others) {
  Uses uses;
  for (const Entry& entry : entries) {
    for (const Node::Key& key : entry.policy->keys) {
      if (!FindsPolicies(key)) continue;
      for (const Condition& condition : key.any) ++uses[NameOf(key, condition)];
    }
  }
  for (const Entry& entry : entries) {
    const Node::Key* const key = BestKey(*entry.policy, uses);
    key == nullptr ? others.push_back(entry.place) : Add(entry.place, *key);
  }
  for (auto& [name, key] : keys_) {
    for (const auto& [prefix, places] : key.prefixes) key.prefix_lengths.push_back(prefix.size());
    std::ranges::sort(key.prefix_lengths);
    const auto repeated = std::ranges::unique(key.prefix_lengths);
    key.prefix_lengths.erase(repeated.begin(), repeated.end());
  }
}

void Index::Add(std::uint32_t place, const Node::Key& key) {
  Key& indexed = keys_[key.name];
  for (const Condition& condition : key.any) {
    if (condition.kind == Condition::Kind::kText) {
      indexed.texts[condition.text].push_back(place);
    } else if (condition.kind == Condition::Kind::kPrefix) {
      indexed.prefixes[condition.text].push_back(place);
    } else {
      indexed.numbers[condition.low].push_back(place);
    }
  }
}

void Index::Look(const Key& key, const Value& value, Found& found) {
  if (value.type == Value::Type::kArray) {
    for (const Value& element : value.elements) Look(key, element, found);
  } else if (value.type == Value::Type::kNumber) {
    const auto number = key.numbers.find(Comparable(value.number));
    if (number != key.numbers.end()) found.push_back(&number->second);
  } else if (value.type == Value::Type::kString) {
    const std::string_view text = value.text;
    const auto whole = key.texts.find(text);
    if (whole != key.texts.end()) found.push_back(&whole->second);
    for (const std::size_t length : key.prefix_lengths) {
      if (length > text.size()) break;
      const auto prefix = key.prefixes.find(text.substr(0, length));
      if (prefix != key.prefixes.end()) found.push_back(&prefix->second);
    }
  }
}

void Index::Find(const Value& object, std::vector<std::uint64_t>& places) const {
  constexpr std::uint32_t kBits = 64;
  Found found;
  for (const auto& [name, key] : keys_) {
    const Value* const value = object.Find(name);
    if (value != nullptr) Look(key, *value, found);
  }
  // A list may name the same thousands of times.
  std::ranges::sort(found);
  const auto repeated = std::ranges::unique(found);
  found.erase(repeated.begin(), repeated.end());
  for (const Places* const one : found) {
    for (const std::uint32_t place : *one) places[place / kBits] |= std::uint64_t{1} << place % kBits;
  }
}

}  // namespace cumulite::sns::filter
