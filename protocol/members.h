#pragma once
#include <cstddef>
#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// The tables that describe requests and responses. One constexpr table a struct; the codecs (json_codec.h,
/// query_codec.h, xml_codec.h) and the test against botocore's service models all walk the same tables, so an
/// operation carries no code per protocol and no codec is instantiated per type.
namespace cumulite::protocol {

struct Member;
using Members = std::span<const Member>;

/// Bytes that travel as base64.
struct Blob {
  std::string bytes;
  friend bool operator==(const Blob&, const Blob&) = default;
};

/// Seconds since the epoch with milliseconds; JSON: a number, XML: ISO 8601.
struct Timestamp {
  std::int64_t milliseconds = 0;
  friend bool operator==(const Timestamp&, const Timestamp&) = default;
};

enum class Kind : std::uint8_t {
  kString,
  kBlob,
  kInt32,
  kInt64,
  kDouble,
  kBool,
  kTimestamp,
  kStruct,
  kList,
  kMap,
  kLeaf
};

class JsonValue;  // json_codec.h: a value being read

/// A type that reads and writes itself (DynamoDB's AttributeValue).
struct LeafCodec {
  void (*read_json)(void* out, JsonValue& in);
  void (*write_json)(const void* value, std::string& out);
};

/// How to reach into a value of one C++ type without knowing it.
struct TypeInfo {
  Kind kind;
  void (*reset)(void* value) = nullptr;       // back to T{}: a key that comes twice, the last one wins
  bool optional = false;                      // std::optional<T>: the rest describes T
  void* (*engage)(void* optional) = nullptr;  // emplaces, returns the T
  const void* (*peek)(const void* optional) = nullptr;  // the T, or null when absent
  const TypeInfo* element = nullptr;                    // of a list or map
  void* (*append)(void* list) = nullptr;                // a new last element
  std::size_t (*size)(const void* container) = nullptr;
  const void* (*at)(const void* list, std::size_t index) = nullptr;
  void* (*insert)(void* map, std::string key) = nullptr;  // the value under a new (or existing) key
  /// Calls `visit` for each entry in key order.
  void (*each)(const void* map, void* state,
               void (*visit)(void* state, const std::string& key, const void* value)) = nullptr;
  Members (*describe)() = nullptr;  // of a struct
  const LeafCodec* leaf = nullptr;
};

namespace detail {
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsMap : std::false_type {};
template <class V>
struct IsMap<std::map<std::string, V>> : std::true_type {};
template <class T>
concept HasLeafCodec = requires {
  T::kLeafCodec;
};

template <class T>
constexpr TypeInfo Describe();

template <class T>
inline constexpr TypeInfo kTypeInfo = Describe<T>();

template <class T>
constexpr TypeInfo DescribeShape();

template <class T>
constexpr TypeInfo Describe() {
  TypeInfo info = DescribeShape<T>();
  info.reset = [](void* value) { *static_cast<T*>(value) = T{}; };
  return info;
}

template <class T>
constexpr TypeInfo DescribeShape() {
  if constexpr (IsOptional<T>::value) {
    TypeInfo info = Describe<typename T::value_type>();
    info.optional = true;
    info.engage = [](void* o) -> void* { return &static_cast<T*>(o)->emplace(); };
    info.peek = [](const void* o) -> const void* {
      const T& value = *static_cast<const T*>(o);
      return value ? &*value : nullptr;
    };
    return info;
  } else if constexpr (IsVector<T>::value) {
    TypeInfo info{.kind = Kind::kList};
    info.element = &kTypeInfo<typename T::value_type>;
    info.append = [](void* l) -> void* { return &static_cast<T*>(l)->emplace_back(); };
    info.size = [](const void* l) { return static_cast<const T*>(l)->size(); };
    info.at = [](const void* l, std::size_t i) -> const void* { return &(*static_cast<const T*>(l))[i]; };
    return info;
  } else if constexpr (IsMap<T>::value) {
    TypeInfo info{.kind = Kind::kMap};
    info.element = &kTypeInfo<typename T::mapped_type>;
    info.insert = [](void* m, std::string key) -> void* { return &(*static_cast<T*>(m))[std::move(key)]; };
    info.size = [](const void* m) { return static_cast<const T*>(m)->size(); };
    info.each = [](const void* m, void* state, void (*visit)(void*, const std::string&, const void*)) {
      for (const auto& [key, value] : *static_cast<const T*>(m)) visit(state, key, &value);
    };
    return info;
  } else if constexpr (std::is_same_v<T, std::string>) {
    return {.kind = Kind::kString};
  } else if constexpr (std::is_same_v<T, Blob>) {
    return {.kind = Kind::kBlob};
  } else if constexpr (std::is_same_v<T, std::int32_t>) {
    return {.kind = Kind::kInt32};
  } else if constexpr (std::is_same_v<T, std::int64_t>) {
    return {.kind = Kind::kInt64};
  } else if constexpr (std::is_same_v<T, double>) {
    return {.kind = Kind::kDouble};
  } else if constexpr (std::is_same_v<T, bool>) {
    return {.kind = Kind::kBool};
  } else if constexpr (std::is_same_v<T, Timestamp>) {
    return {.kind = Kind::kTimestamp};
  } else if constexpr (HasLeafCodec<T>) {
    TypeInfo info{.kind = Kind::kLeaf};
    info.leaf = &T::kLeafCodec;
    return info;
  } else {
    TypeInfo info{.kind = Kind::kStruct};
    info.describe = &T::Describe;
    return info;
  }
}

template <class T>
struct MemberPointer;
template <class S, class T>
struct MemberPointer<T S::*> {
  using Struct = S;
  using Type = T;
};
}  // namespace detail

inline constexpr std::int64_t kNoMinimum = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t kNoMaximum = std::numeric_limits<std::int64_t>::max();

/// What a value may be; of a list or map also what its elements and keys may be:
///   constexpr Limits kTableName = Limits{}.Length(3, 255).Pattern("[a-zA-Z0-9_.-]+");
///   Wire<&R::request_items>("RequestItems").Length(1, 25).Keys(kTableName)
struct Limits {
  bool has_range = false;  // numbers: min..max; strings and blobs: length in characters; lists: size
  std::int64_t min = 0;
  std::int64_t max = 0;
  std::span<const std::string_view> values = {};  // an enum's values
  std::string_view pattern = {};                  // as AWS's message shows it
  bool (*matches)(std::string_view) = nullptr;    // decides instead of MatchesPattern(pattern)
  const Limits* elements = nullptr;               // of a list's elements or a map's values
  const Limits* keys = nullptr;                   // of a map's keys

  constexpr bool Any() const {
    return has_range || !values.empty() || !pattern.empty() || elements != nullptr || keys != nullptr;
  }

  constexpr Limits Range(std::int64_t low, std::int64_t high) const {
    Limits copy = *this;
    copy.has_range = true;
    copy.min = low;
    copy.max = high;
    return copy;
  }
  constexpr Limits Length(std::int64_t low, std::int64_t high) const { return Range(low, high); }
  constexpr Limits Values(std::span<const std::string_view> list) const {
    Limits copy = *this;
    copy.values = list;
    return copy;
  }
  constexpr Limits Pattern(std::string_view text, bool (*check)(std::string_view) = nullptr) const {
    Limits copy = *this;
    copy.pattern = text;
    copy.matches = check;
    return copy;
  }
  constexpr Limits Elements(const Limits& limits) const {
    Limits copy = *this;
    copy.elements = &limits;
    return copy;
  }
  constexpr Limits Keys(const Limits& limits) const {
    Limits copy = *this;
    copy.keys = &limits;
    return copy;
  }
};

/// One member of a request or response: names, limits, and how to reach it in the struct.
struct Member : Limits {
  std::string_view name;             // the shape's member name: JSON key, default Query name
  std::string_view query_name = {};  // Query parameter and XML element, where it differs
  const TypeInfo* type;
  void* (*address)(void* object);
  const void* (*const_address)(const void* object);

  bool required = false;
  bool flattened = false;                 // Query/XML lists and maps without the "member"/"entry" level
  bool keep_empty = false;                // an empty list or map is written as such instead of being left out
  std::string_view item_name = "member";  // element of a list that is not flattened
  std::string_view key_name = "key";      // of a map's entries
  std::string_view value_name = "value";

  // First, since clang instantiates it where it is used.
  template <class T, class V>
  constexpr Member Set(T Member::*field, V value) const {
    Member copy = *this;
    copy.*field = value;
    return copy;
  }

  constexpr Member Required() const { return Set(&Member::required, true); }
  constexpr Member InQuery(std::string_view text) const { return Set(&Member::query_name, text); }
  constexpr Member Flattened() const { return Set(&Member::flattened, true); }
  constexpr Member KeepEmpty() const { return Set(&Member::keep_empty, true); }
  constexpr Member Items(std::string_view text) const { return Set(&Member::item_name, text); }
  constexpr Member Entries(std::string_view key, std::string_view value) const {
    return Set(&Member::key_name, key).Set(&Member::value_name, value);
  }

  /// Limits that several rows share; calls after it add to them.
  constexpr Member Within(const Limits& limits) const {
    Member copy = *this;
    static_cast<Limits&>(copy) = limits;
    return copy;
  }
  constexpr Member Range(std::int64_t low, std::int64_t high) const {
    return Within(Limits::Range(low, high));
  }
  constexpr Member Length(std::int64_t low, std::int64_t high) const { return Range(low, high); }
  constexpr Member Values(std::span<const std::string_view> list) const {
    return Within(Limits::Values(list));
  }
  constexpr Member Pattern(std::string_view text, bool (*check)(std::string_view) = nullptr) const {
    return Within(Limits::Pattern(text, check));
  }
  constexpr Member Elements(const Limits& limits) const { return Within(Limits::Elements(limits)); }
  constexpr Member Keys(const Limits& limits) const { return Within(Limits::Keys(limits)); }

  constexpr std::string_view QueryName() const { return query_name.empty() ? name : query_name; }
};

/// Starts a row: Wire<&R::queue_url>("QueueUrl").Required()
template <auto M>
constexpr Member Wire(std::string_view name) {
  using S = typename detail::MemberPointer<decltype(M)>::Struct;
  using T = typename detail::MemberPointer<decltype(M)>::Type;
  return Member{.name = name,
                .query_name = {},
                .type = &detail::kTypeInfo<T>,
                .address = [](void* object) -> void* { return &(static_cast<S*>(object)->*M); },
                .const_address = [](const void* object) -> const void* {
                  return &(static_cast<const S*>(object)->*M);
                }};
}

}  // namespace cumulite::protocol
