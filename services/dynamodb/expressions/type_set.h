#pragma once
#include <cstdint>

#include "services/dynamodb/items/attribute_value.h"

namespace cumulite::dynamodb {

/// Some of the ten types of values.
class TypeSet {
 public:
  template <typename... Types>
  static constexpr TypeSet Of(Types... types) {
    return TypeSet((Bit(types) | ...));
  }
  static constexpr TypeSet All() { return TypeSet(0x3FF); }

  constexpr bool Has(AttributeType type) const { return (bits_ & Bit(type)) != 0; }

 private:
  explicit constexpr TypeSet(unsigned bits) : bits_(bits) {}
  static constexpr unsigned Bit(AttributeType type) { return 1U << static_cast<unsigned>(type); }

  unsigned bits_;
};

/// What keys and <, <=, >, >= and BETWEEN take.
inline constexpr TypeSet kOrderedTypes = TypeSet::Of(AttributeType::kS, AttributeType::kN, AttributeType::kB);
inline constexpr TypeSet kSetTypes = TypeSet::Of(AttributeType::kSS, AttributeType::kNS, AttributeType::kBS);
/// What size() measures.
inline constexpr TypeSet kSizedTypes =
    TypeSet::Of(AttributeType::kS, AttributeType::kB, AttributeType::kSS, AttributeType::kNS,
                AttributeType::kBS, AttributeType::kL, AttributeType::kM);
/// What contains() looks into.
inline constexpr TypeSet kContainerTypes =
    TypeSet::Of(AttributeType::kS, AttributeType::kB, AttributeType::kSS, AttributeType::kNS,
                AttributeType::kBS, AttributeType::kL);

}  // namespace cumulite::dynamodb
