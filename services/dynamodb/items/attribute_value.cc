#include "services/dynamodb/items/attribute_value.h"

#include <algorithm>
#include <array>

namespace cumulite::dynamodb {
namespace {
constexpr std::size_t kUsual = 4;  // attributes: for them the array need not grow

auto Position(auto& attributes, std::string_view name) {
  return std::ranges::lower_bound(
      attributes, name, {}, [](const Attribute& attribute) -> std::string_view { return attribute.name; });
}
}  // namespace

std::string_view TypeName(AttributeType type) {
  static constexpr std::array<std::string_view, 10> kNames = {"S",  "N",    "B",    "SS", "NS",
                                                              "BS", "BOOL", "NULL", "L",  "M"};
  return kNames[static_cast<std::size_t>(type)];
}

AttributeMap::AttributeMap() = default;
AttributeMap::AttributeMap(const AttributeMap&) = default;
AttributeMap::AttributeMap(AttributeMap&&) noexcept = default;
AttributeMap& AttributeMap::operator=(const AttributeMap&) = default;
AttributeMap& AttributeMap::operator=(AttributeMap&&) noexcept = default;
AttributeMap::~AttributeMap() = default;

const AttributeValue* AttributeMap::Find(std::string_view name) const {
  const auto at = Position(attributes_, name);
  return at == attributes_.end() || at->name != name ? nullptr : &at->value;
}

AttributeValue* AttributeMap::Find(std::string_view name) {
  const auto at = Position(attributes_, name);
  return at == attributes_.end() || at->name != name ? nullptr : &at->value;
}

AttributeValue& AttributeMap::Set(std::string name, AttributeValue value) {
  if (attributes_.empty()) attributes_.reserve(kUsual);
  // Names in order, as stored items have them, cost no search.
  if (attributes_.empty() || attributes_.back().name < name) {
    return attributes_.emplace_back(Attribute{std::move(name), std::move(value)}).value;
  }
  const auto at = Position(attributes_, name);
  if (at->name == name) return at->value = std::move(value);
  return attributes_.insert(at, Attribute{std::move(name), std::move(value)})->value;
}

bool AttributeMap::Erase(std::string_view name) {
  const auto at = Position(attributes_, name);
  if (at == attributes_.end() || at->name != name) return false;
  attributes_.erase(at);
  return true;
}

void AttributeMap::Clear() { attributes_.clear(); }
std::size_t AttributeMap::size() const { return attributes_.size(); }
bool AttributeMap::empty() const { return attributes_.empty(); }
const Attribute* AttributeMap::begin() const { return attributes_.data(); }
const Attribute* AttributeMap::end() const { return attributes_.data() + attributes_.size(); }

bool operator==(const AttributeMap& a, const AttributeMap& b) { return a.attributes_ == b.attributes_; }

}  // namespace cumulite::dynamodb
