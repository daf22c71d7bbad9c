#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/sns/filter_value.h"

namespace cumulite::sns::filter {

/// A text with * for any characters, split at them.
struct Wildcard {
  std::vector<std::string> parts;  // one more than there are *; "\*" is a star, "\\" a backslash
  bool Matches(std::string_view text) const;
};

/// The addresses of a network.
struct Cidr {
  std::array<unsigned char, 16> address{};
  std::size_t bytes = 4;  // 16 for IPv6
  unsigned prefix_bits = 0;
  bool Contains(std::string_view address_text) const;
};

/// One thing that a value may be.
struct Condition {
  enum class Kind : std::uint8_t {
    kText,
    kNumber,
    kTrue,
    kFalse,
    kNull,
    kPrefix,
    kSuffix,
    kEqualsIgnoreCase,
    kWildcard,
    kRange,
    kCidr,
    kExists,
    kAbsent,
    kAnythingBut,  // none of `others`
  };

  Kind kind = Kind::kNull;
  std::string text;  // in lower case where case is ignored
  double low = 0;    // kNumber: the number; all as Comparable gives them
  double high = 0;
  bool includes_low = true;
  bool includes_high = true;
  Wildcard wildcard;
  Cidr cidr;
  std::vector<Condition> others;

  /// Whether one scalar meets it; kExists and kAbsent are decided by whoever looks for values.
  bool Matches(const Value& value) const;
};

/// What an object must be: every key, and one branch of every $or.
struct Node {
  struct Key {
    std::string name;
    std::vector<Condition> any;    // of a leaf: one of them
    std::unique_ptr<Node> nested;  // of a key that holds keys
  };
  std::vector<Key> keys;
  std::vector<std::vector<Node>> ors;

  bool Matches(const Value& value) const;
};

}  // namespace cumulite::sns::filter
