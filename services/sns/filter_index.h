#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "services/sns/filter_rules.h"

namespace cumulite::sns::filter {

/// Which of many policies an object may pass, without asking each.
///
/// A policy is found by one of its keys, if that wants nothing but certain texts, beginnings of texts and
/// numbers: what has none of these under that key does not pass. Immutable once built. Thread: any.
class Index {
 public:
  struct Entry {
    std::uint32_t place;
    const Node* policy;
  };
  Index() = default;
  /// Policies that cannot be found by a key are left out: their places are in `others`.
  Index(std::span<const Entry> entries, std::vector<std::uint32_t>& others);

  bool empty() const { return keys_.empty(); }
  /// Sets the bit of each place that the object may pass.
  void Find(const Value& object, std::vector<std::uint64_t>& places) const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  using Places = std::vector<std::uint32_t>;
  using ByText = std::unordered_map<std::string, Places, Hash, std::equal_to<>>;
  struct Key {
    ByText texts;
    ByText prefixes;
    std::vector<std::size_t> prefix_lengths;  // growing
    std::unordered_map<double, Places> numbers;
  };
  using Found = std::vector<const Places*>;

  void Add(std::uint32_t place, const Node::Key& key);
  static void Look(const Key& key, const Value& value, Found& found);

  std::map<std::string, Key, std::less<>> keys_;
};

}  // namespace cumulite::sns::filter
