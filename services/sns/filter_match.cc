// How a compiled filter policy decides about a message.
#include <arpa/inet.h>

#include <algorithm>
#include <cstring>

#include "protocol/http.h"
#include "services/sns/filter_policy.h"
#include "services/sns/filter_rules.h"

namespace cumulite::sns {
namespace filter {
namespace {

const Value kNothing{.type = Value::Type::kObject};

/// Position of `part` in `text` from `from` on, in linear time whatever the two are.
std::size_t FindPart(std::string_view text, std::size_t from, std::string_view part) {
  if (part.empty()) return from;
  const void* found = memmem(text.data() + from, text.size() - from, part.data(), part.size());
  if (found == nullptr) return std::string_view::npos;
  return static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

/// Whether a scalar, or one of the scalars of a list, meets one of the conditions.
bool AnyMatches(const std::vector<Condition>& conditions, const Value& value) {
  if (value.type == Value::Type::kArray) {
    return std::ranges::any_of(value.elements,
                               [&](const Value& element) { return AnyMatches(conditions, element); });
  }
  if (value.type == Value::Type::kObject) return false;
  return std::ranges::any_of(conditions,
                             [&](const Condition& condition) { return condition.Matches(value); });
}

/// Whether there is a leaf to look at.
bool HasScalar(const Value& value) {
  if (value.type == Value::Type::kArray) return std::ranges::any_of(value.elements, &HasScalar);
  return value.type != Value::Type::kObject;
}

bool LeafMatches(const std::vector<Condition>& conditions, const Value* value) {
  const bool exists = value != nullptr && HasScalar(*value);
  const auto wanted = exists ? Condition::Kind::kExists : Condition::Kind::kAbsent;
  if (std::ranges::find(conditions, wanted, &Condition::kind) != conditions.end()) return true;
  return exists && AnyMatches(conditions, *value);
}

}  // namespace

bool Wildcard::Matches(std::string_view text) const {
  if (parts.size() == 1) return text == parts.front();
  if (!text.starts_with(parts.front())) return false;
  std::size_t at = parts.front().size();
  for (std::size_t i = 1; i + 1 < parts.size(); ++i) {
    at = FindPart(text, at, parts[i]);
    if (at == std::string_view::npos) return false;
    at += parts[i].size();
  }
  return text.size() - at >= parts.back().size() && text.ends_with(parts.back());
}

bool Cidr::Contains(std::string_view address_text) const {
  const std::string terminated(address_text.substr(0, INET6_ADDRSTRLEN));
  std::array<unsigned char, 16> other{};
  if (inet_pton(bytes == 4 ? AF_INET : AF_INET6, terminated.c_str(), other.data()) != 1) return false;
  const std::size_t whole = prefix_bits / 8;
  if (std::memcmp(address.data(), other.data(), whole) != 0) return false;
  const unsigned rest = prefix_bits % 8;
  return rest == 0 || (address[whole] ^ other[whole]) >> (8 - rest) == 0;
}

bool Condition::Matches(const Value& value) const {
  const bool is_text = value.type == Value::Type::kString;
  switch (kind) {
    case Kind::kText:
      return is_text && value.text == text;
    case Kind::kNumber:
      return value.type == Value::Type::kNumber && Comparable(value.number) == low;
    case Kind::kTrue:
    case Kind::kFalse:
      return value.type == Value::Type::kBool && value.truth == (kind == Kind::kTrue);
    case Kind::kNull:
      return value.type == Value::Type::kNull;
    case Kind::kPrefix:
      return is_text && value.text.starts_with(text);
    case Kind::kSuffix:
      return is_text && value.text.ends_with(text);
    case Kind::kEqualsIgnoreCase:
      return is_text && protocol::EqualsIgnoreCase(value.text, text);
    case Kind::kWildcard:
      return is_text && wildcard.Matches(value.text);
    case Kind::kRange: {
      if (value.type != Value::Type::kNumber) return false;
      const double number = Comparable(value.number);
      return (includes_low ? number >= low : number > low) &&
             (includes_high ? number <= high : number < high);
    }
    case Kind::kCidr:
      return is_text && cidr.Contains(value.text);
    case Kind::kAnythingBut:
      return std::ranges::none_of(others, [&](const Condition& other) { return other.Matches(value); });
    case Kind::kExists:
    case Kind::kAbsent:
      return false;
  }
  return false;
}

bool Node::Matches(const Value& value) const {
  if (value.type == Value::Type::kArray) {
    // One record must satisfy all keys. A list without records is as if nothing were there.
    if (value.elements.empty()) return Matches(kNothing);
    return std::ranges::any_of(value.elements, [this](const Value& element) { return Matches(element); });
  }
  const Value& object = value.type == Value::Type::kObject ? value : kNothing;
  for (const Key& key : keys) {
    const Value* child = object.Find(key.name);
    const bool matches =
        key.nested ? key.nested->Matches(child == nullptr ? kNothing : *child) : LeafMatches(key.any, child);
    if (!matches) return false;
  }
  return std::ranges::all_of(ors, [&](const std::vector<Node>& branches) {
    return std::ranges::any_of(branches, [&](const Node& branch) { return branch.Matches(object); });
  });
}

}  // namespace filter

bool FilterPolicy::Accepts(const filter::Value& message) const { return root_->Matches(message); }

}  // namespace cumulite::sns
