// How a filter policy is read and checked.
#include "services/sns/filter_policy.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>

#include "services/sns/errors.h"
#include "services/sns/filter_rules.h"

namespace cumulite::sns {
namespace filter {
namespace {
using Json = nlohmann::ordered_json;
using Kind = Condition::Kind;

constexpr std::size_t kMaxBytes = 256 * 1024;
constexpr std::size_t kMaxKeys = 5;
constexpr std::uint64_t kMaxCombinations = 150;
constexpr double kMaxNumber = 1e9;
constexpr std::size_t kMaxWildcards = 3;

class Compiler {
 public:
  Compiler(FilterScope scope, std::string_view prefix) : scope_(scope), prefix_(prefix) {}

  Node Root(std::string_view text) const {
    if (text.size() > kMaxBytes) Refuse("Filter policy is too large");
    const Json document = Json::parse(text, nullptr, false);
    if (document.is_discarded()) Refuse("failed to parse JSON.");
    if (!document.is_object()) Refuse("Filter is not an object");
    if (document.size() > kMaxKeys) Refuse("Filter policy can not have more than 5 keys");
    std::uint64_t combinations = 1;
    Node root;
    Keys(document, root, 1, combinations);
    return root;
  }

 private:
  [[noreturn]] void Refuse(std::string_view what) const { throw Invalid(prefix_ + std::string(what)); }

  void Multiply(std::uint64_t& combinations, std::uint64_t factor) const {
    combinations *= factor;
    if (combinations > kMaxCombinations) Refuse("Filter policy is too complex");
  }

  /// Compiles the members of an object into `node`; `combinations` grows by what they add.
  void Keys(const Json& object, Node& node, std::uint64_t depth, std::uint64_t& combinations) const {
    if (depth > kMaxCombinations) Refuse("Filter policy is too complex");
    for (const auto& [name, value] : object.items()) {
      if (name == "$or" && IsOr(value)) {
        Or(value, node, depth, combinations);
      } else if (scope_ == FilterScope::kMessageAttributes) {
        Leaf(name, value, node, depth, combinations);
      } else {
        Dotted(name, name, value, node, depth, combinations);
      }
    }
  }

  static bool IsOr(const Json& value) {
    return value.is_array() && !value.empty() &&
           std::ranges::all_of(value, [](const Json& branch) { return branch.is_object(); });
  }

  /// A policy that holds one of its branches costs as much as all of them together.
  void Or(const Json& value, Node& node, std::uint64_t depth, std::uint64_t& combinations) const {
    std::vector<Node>& branches = node.ors.emplace_back();
    std::uint64_t sum = 0;
    for (const Json& branch : value) {
      std::uint64_t product = 1;
      Keys(branch, branches.emplace_back(), depth, product);
      sum += product;
    }
    Multiply(combinations, sum);
  }

  /// "a.b" is key "b" below key "a".
  void Dotted(std::string_view whole, std::string_view name, const Json& value, Node& node,
              std::uint64_t depth, std::uint64_t& combinations) const {
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos && !value.is_object()) {
      return Leaf(name, value, node, depth, combinations);
    }
    if (depth > kMaxCombinations) Refuse("Filter policy is too complex");
    Node& inner = Below(node, name.substr(0, dot));
    if (dot == std::string_view::npos) return Keys(value, inner, depth + 1, combinations);
    Dotted(whole, name.substr(dot + 1), value, inner, depth + 1, combinations);
  }

  static Node& Below(Node& node, std::string_view name) {
    for (Node::Key& key : node.keys) {
      if (key.name == name && key.nested) return *key.nested;
    }
    Node::Key& key = node.keys.emplace_back();
    key.name = name;
    key.nested = std::make_unique<Node>();
    return *key.nested;
  }

  void Leaf(std::string_view name, const Json& value, Node& node, std::uint64_t depth,
            std::uint64_t& combinations) const {
    if (value.is_object()) {
      throw Invalid("Filter policy scope MessageAttributes does not support nested filter policy");
    }
    if (!value.is_array()) Refuse("\"" + std::string(name) + "\" must be an object or an array");
    if (value.empty()) Refuse("Empty arrays are not allowed");
    const bool nested_counts = scope_ == FilterScope::kMessageBody;
    Multiply(combinations, value.size() * (nested_counts ? depth : 1));
    Node::Key& key = node.keys.emplace_back();
    key.name = name;
    for (const Json& element : value) key.any.push_back(Element(element));
  }

  Condition Element(const Json& value) const {
    if (value.is_object()) return Expression(value);
    if (value.is_array()) Refuse("Match value must be String, number, true, false, or null");
    return Scalar(value);
  }

  Condition Scalar(const Json& value) const {
    Condition condition;
    if (value.is_string()) {
      condition.kind = Kind::kText;
      condition.text = value.get<std::string>();
    } else if (value.is_number()) {
      condition.kind = Kind::kNumber;
      condition.low = Number(value);
    } else if (value.is_boolean()) {
      condition.kind = value.get<bool>() ? Kind::kTrue : Kind::kFalse;
    } else {
      condition.kind = Kind::kNull;
    }
    return condition;
  }

  double Number(const Json& value) const {
    const double number = value.get<double>();
    if (std::abs(number) > kMaxNumber) Refuse("Value must be between -1.0E9 and 1.0E9, inclusive");
    return Comparable(number);
  }

  Condition Expression(const Json& object) const {
    if (object.size() != 1) Refuse("Only one key allowed in match expression");
    const std::string& name = object.begin().key();
    const Json& value = *object.begin();
    if (name == "anything-but") return AnythingBut(value);
    if (name == "numeric") return Numeric(value);
    if (name == "exists") return Exists(value);
    if (name == "cidr") return Network(value);
    if (auto condition = Text(name, value)) return std::move(*condition);
    Refuse("Unrecognized match type " + name);
  }

  /// prefix, suffix, equals-ignore-case and wildcard.
  std::optional<Condition> Text(std::string_view name, const Json& value) const {
    Condition condition;
    if (name == "prefix") {
      condition.kind = Kind::kPrefix;
    } else if (name == "suffix") {
      condition.kind = Kind::kSuffix;
    } else if (name == "equals-ignore-case") {
      condition.kind = Kind::kEqualsIgnoreCase;
    } else if (name == "wildcard") {
      condition.kind = Kind::kWildcard;
    } else {
      return std::nullopt;
    }
    if (!value.is_string()) Refuse(std::string(name) + " match pattern must be a string");
    condition.text = value.get<std::string>();
    if (condition.kind == Kind::kWildcard) condition.wildcard = ReadWildcard(condition.text);
    return condition;
  }

  Wildcard ReadWildcard(std::string_view pattern) const {
    Wildcard wildcard;
    wildcard.parts.emplace_back();
    for (std::size_t i = 0; i < pattern.size(); ++i) {
      if (pattern[i] == '\\') {
        if (i + 1 == pattern.size() || (pattern[i + 1] != '*' && pattern[i + 1] != '\\')) {
          Refuse("Invalid escape character at pos " + std::to_string(i));
        }
        wildcard.parts.back() += pattern[++i];
      } else if (pattern[i] == '*') {
        if (i > 0 && pattern[i - 1] == '*' && wildcard.parts.back().empty()) {
          Refuse("Consecutive wildcard characters at pos " + std::to_string(i - 1));
        }
        wildcard.parts.emplace_back();
      } else {
        wildcard.parts.back() += pattern[i];
      }
    }
    if (wildcard.parts.size() > kMaxWildcards + 1) Refuse("Filter policy is too complex");
    return wildcard;
  }

  Condition Exists(const Json& value) const {
    if (!value.is_boolean()) Refuse("exists match pattern must be either true or false.");
    Condition condition;
    condition.kind = value.get<bool>() ? Kind::kExists : Kind::kAbsent;
    return condition;
  }

  Condition AnythingBut(const Json& value) const {
    Condition condition;
    condition.kind = Kind::kAnythingBut;
    if (value.is_object()) {
      if (value.size() != 1) Refuse("Only one key allowed in match expression");
      const std::string& name = value.begin().key();
      const bool known =
          name == "prefix" || name == "suffix" || name == "wildcard" || name == "equals-ignore-case";
      if (!known) Refuse("Unsupported anything-but pattern: " + name);
      ForEach(*value.begin(), [&](const Json& one) { condition.others.push_back(*Text(name, one)); });
      return condition;
    }
    ForEach(value, [&](const Json& one) {
      if (!one.is_string() && !one.is_number()) {
        Refuse("Inside anything but list, start|null|boolean is not supported.");
      }
      condition.others.push_back(Scalar(one));
    });
    return condition;
  }

  template <class Visit>
  void ForEach(const Json& value, Visit visit) const {
    if (!value.is_array()) return visit(value);
    if (value.empty()) Refuse("Empty arrays are not allowed");
    for (const Json& one : value) visit(one);
  }

  /// ["=", 5], [">", 1], [">=", 1, "<", 9]
  Condition Numeric(const Json& value) const {
    if (!value.is_array()) Refuse("Value of numeric must be an array.");
    if (value.empty() || !value[0].is_string()) {
      Refuse("Invalid member in numeric match: " + (value.empty() ? std::string("]") : value[0].dump()));
    }
    const auto first = value[0].get<std::string>();
    if (first != "=" && !IsLower(first) && !IsUpper(first)) {
      Refuse("Unrecognized numeric range operator: " + first);
    }
    Condition condition;
    if (value.size() < 2 || !value[1].is_number()) {
      Refuse("Value of " + (first == "=" ? std::string("equals") : first) + " must be numeric");
    }
    const double bound = Number(value[1]);
    if (first == "=") {
      if (value.size() > 2) Refuse("Too many elements in numeric expression");
      condition.kind = Kind::kNumber;
      condition.low = bound;
      return condition;
    }
    condition.kind = Kind::kRange;
    condition.low = -std::numeric_limits<double>::infinity();
    condition.high = std::numeric_limits<double>::infinity();
    if (IsUpper(first)) {
      if (value.size() > 2) Refuse("Too many elements in numeric expression");
      condition.high = bound;
      condition.includes_high = first == "<=";
      return condition;
    }
    condition.low = bound;
    condition.includes_low = first == ">=";
    if (value.size() > 2) UpperBound(value, condition);
    return condition;
  }

  void UpperBound(const Json& value, Condition& condition) const {
    if (!value[2].is_string()) Refuse("Bad value in numeric range: " + value[2].dump());
    const auto second = value[2].get<std::string>();
    if (!IsUpper(second)) Refuse("Bad numeric range operator: " + second);
    if (value.size() < 4 || !value[3].is_number()) Refuse("Value of " + second + " must be numeric");
    condition.high = Number(value[3]);
    condition.includes_high = second == "<=";
    if (condition.low >= condition.high) Refuse("Bottom must be less than top");
    if (value.size() > 4) Refuse("Too many terms in numeric range expression");
  }

  static bool IsLower(std::string_view text) { return text == ">" || text == ">="; }
  static bool IsUpper(std::string_view text) { return text == "<" || text == "<="; }

  Condition Network(const Json& value) const {
    if (!value.is_string()) Refuse("prefix match pattern must be a string");
    const auto text = value.get<std::string>();
    if (std::ranges::count(text, '/') != 1) Refuse("Malformed CIDR, one '/' required");
    const std::size_t slash = text.find('/');
    const std::string address = text.substr(0, slash);
    const std::string mask = text.substr(slash + 1);
    Condition condition;
    condition.kind = Kind::kCidr;
    condition.cidr.bytes = address.find(':') == std::string::npos ? 4 : 16;
    const int family = condition.cidr.bytes == 4 ? AF_INET : AF_INET6;
    if (inet_pton(family, address.c_str(), condition.cidr.address.data()) != 1) {
      Refuse("Nonstandard IP address: " + address);
    }
    const char* end = mask.data() + mask.size();
    const auto read = std::from_chars(mask.data(), end, condition.cidr.prefix_bits);
    if (mask.empty() || read.ec != std::errc{} || read.ptr != end) {
      Refuse("Malformed CIDR, mask bits must be an integer");
    }
    if (condition.cidr.prefix_bits > condition.cidr.bytes * 8) {
      Refuse("IP address mask bits must not be greater than " + std::to_string(condition.cidr.bytes * 8));
    }
    return condition;
  }

  const FilterScope scope_;
  const std::string prefix_;
};

}  // namespace
}  // namespace filter

FilterPolicy FilterPolicy::Compile(std::string_view json, FilterScope scope, std::string_view prefix) {
  return {scope, std::make_shared<const filter::Node>(filter::Compiler(scope, prefix).Root(json))};
}

}  // namespace cumulite::sns
