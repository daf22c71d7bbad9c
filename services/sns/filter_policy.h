#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace cumulite::sns {

/// What a filter policy looks at.
enum class FilterScope : std::uint8_t { kMessageAttributes, kMessageBody };

namespace filter {
struct Node;   // filter_rules.h
struct Value;  // filter_value.h: what is matched
}  // namespace filter

/// A subscription's FilterPolicy, compiled once and matched against every message.
///
/// Thread: any, once compiled.
/// Source: SNS Developer Guide "Amazon SNS subscription filter policies", "Filter policy constraints".
class FilterPolicy {
 public:
  /// Errors: InvalidParameter in AWS's words; `prefix` begins most of them: "FilterPolicy: " or
  /// "Attributes Reason: FilterPolicy: ".
  static FilterPolicy Compile(std::string_view json, FilterScope scope, std::string_view prefix);

  FilterScope scope() const { return scope_; }
  /// Whether a message passes; `message` is the object that ReadBody or FromAttributes made of it.
  bool Accepts(const filter::Value& message) const;
  const filter::Node& root() const { return *root_; }

 private:
  FilterPolicy(FilterScope scope, std::shared_ptr<const filter::Node> root)
      : scope_(scope), root_(std::move(root)) {}

  FilterScope scope_;
  std::shared_ptr<const filter::Node> root_;
};

}  // namespace cumulite::sns
