#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "protocol/members.h"
#include "services/dynamodb/items/number.h"

namespace cumulite::dynamodb {

/// The ten types, in the order of AttributeValue's alternatives.
enum class AttributeType : std::uint8_t { kS, kN, kB, kSS, kNS, kBS, kBool, kNull, kL, kM };

/// "S", "N", "B", "SS", "NS", "BS", "BOOL", "NULL", "L", "M".
std::string_view TypeName(AttributeType type);

class AttributeValue;
struct Attribute;

struct Binary {
  std::string bytes;
  friend auto operator<=>(const Binary&, const Binary&) = default;
};
/// Members in their order and each once, so that equal sets are equal objects.
struct StringSet {
  std::vector<std::string> members;
  friend bool operator==(const StringSet&, const StringSet&) = default;
};
struct NumberSet {
  std::vector<Number> members;
  friend bool operator==(const NumberSet&, const NumberSet&) = default;
};
struct BinarySet {
  std::vector<Binary> members;
  friend bool operator==(const BinarySet&, const BinarySet&) = default;
};
struct Null {
  friend bool operator==(const Null&, const Null&) = default;
};
using List = std::vector<AttributeValue>;

/// An item, or the value of a map: attributes in the order of their names' bytes.
class AttributeMap {
 public:
  AttributeMap();
  AttributeMap(const AttributeMap&);
  AttributeMap(AttributeMap&&) noexcept;
  AttributeMap& operator=(const AttributeMap&);
  AttributeMap& operator=(AttributeMap&&) noexcept;
  ~AttributeMap();

  const AttributeValue* Find(std::string_view name) const;
  AttributeValue* Find(std::string_view name);
  bool Contains(std::string_view name) const { return Find(name) != nullptr; }
  /// The value under a new or existing name.
  AttributeValue& Set(std::string name, AttributeValue value);
  /// False when there was none.
  bool Erase(std::string_view name);
  void Clear();

  std::size_t size() const;
  bool empty() const;
  const Attribute* begin() const;
  const Attribute* end() const;

  friend bool operator==(const AttributeMap& a, const AttributeMap& b);

 private:
  std::vector<Attribute> attributes_;
};

/// One value of an attribute: a tree whose moves are cheap. Depth is bounded where it is read.
class AttributeValue {
 public:
  using Variant = std::variant<std::string, Number, Binary, StringSet, NumberSet, BinarySet, bool, Null, List,
                               AttributeMap>;

  AttributeValue() = default;  // an empty string
  template <class T>
  requires(!std::is_same_v<std::remove_cvref_t<T>, AttributeValue>) explicit AttributeValue(T&& value)
      : value_(std::forward<T>(value)) {}

  static AttributeValue OfString(std::string text) { return AttributeValue(std::move(text)); }
  static AttributeValue OfBinary(std::string bytes) { return AttributeValue(Binary{std::move(bytes)}); }

  AttributeType type() const { return static_cast<AttributeType>(value_.index()); }
  bool Is(AttributeType type) const { return this->type() == type; }

  /// The value as one alternative of Variant; it must be that one.
  template <class T>
  const T& As() const {
    return *std::get_if<T>(&value_);
  }
  template <class T>
  T& As() {
    return *std::get_if<T>(&value_);
  }
  /// Null when it is of another type.
  template <class T>
  const T* If() const {
    return std::get_if<T>(&value_);
  }
  template <class T>
  T* If() {
    return std::get_if<T>(&value_);
  }

  /// By value: numbers however written, sets and maps without order.
  friend bool operator==(const AttributeValue&, const AttributeValue&) = default;

 private:
  Variant value_;
};

struct Attribute {
  std::string name;
  AttributeValue value;
  friend bool operator==(const Attribute&, const Attribute&) = default;
};

/// How deep lists and maps may lie in each other.
inline constexpr int kMaxNesting = 32;

/// Appends {"S":"text"} and so on: one text for equal values.
void AppendJson(const AttributeValue& value, std::string& out);
/// Appends {"name":{"S":"text"},...}.
void AppendJson(const AttributeMap& attributes, std::string& out);
std::string ToJson(const AttributeMap& attributes);
/// A text that AppendJson wrote. At least 64 readable bytes need not follow.
AttributeMap ParseStoredItem(std::string_view json);

/// A value of a request. AWS tells what is wrong inside values only after all of the request was read and
/// its constraints were checked, so `problem` keeps the words of the first fault, for a ValidationException.
struct ValueInput {
  AttributeValue value;
  std::string problem;  // empty: none
  static const protocol::LeafCodec kLeafCodec;
};

/// A request's map of names to values: an item, a key, ExpressionAttributeValues.
struct ItemInput {
  AttributeMap attributes;
  std::string problem;       // of the first value that has one; empty: none
  std::string problem_name;  // whose it is
  static const protocol::LeafCodec kLeafCodec;
};

/// JSON that is in wire form already, for answers that copy bytes: one value, item or list.
struct RawJson {
  std::string text;
  static const protocol::LeafCodec kLeafCodec;
};

}  // namespace cumulite::dynamodb
