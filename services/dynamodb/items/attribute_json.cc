#include <algorithm>
#include <cstring>
#include <optional>

#include "protocol/base64.h"
#include "protocol/json_codec.h"
#include "protocol/json_writer.h"
#include "services/dynamodb/items/attribute_value.h"

namespace cumulite::dynamodb {
namespace {
using protocol::AppendJsonString;
using protocol::JsonValue;

constexpr std::string_view kInvalid = "One or more parameter values were invalid: ";

// ---- writing ----

void AppendBinary(std::string& out, const Binary& binary) {
  out += '"';
  out += protocol::Base64Encode(binary.bytes);
  out += '"';
}

void AppendNumber(std::string& out, const Number& number) {
  out += '"';
  number.AppendTo(out);
  out += '"';
}

template <class Container, class Append>
void AppendList(std::string& out, const Container& container, Append append) {
  out += '[';
  bool first = true;
  for (const auto& element : container) {
    if (!first) out += ',';
    first = false;
    append(out, element);
  }
  out += ']';
}

struct Writer {
  std::string& out;
  void operator()(const std::string& text) const { AppendJsonString(out, text); }
  void operator()(const Number& number) const { AppendNumber(out, number); }
  void operator()(const Binary& binary) const { AppendBinary(out, binary); }
  void operator()(const StringSet& set) const {
    AppendList(out, set.members, [](std::string& o, const std::string& text) { AppendJsonString(o, text); });
  }
  void operator()(const NumberSet& set) const { AppendList(out, set.members, AppendNumber); }
  void operator()(const BinarySet& set) const { AppendList(out, set.members, AppendBinary); }
  void operator()(bool value) const { out += value ? "true" : "false"; }
  void operator()(Null) const { out += "true"; }
  void operator()(const List& list) const {
    AppendList(out, list, [](std::string& o, const AttributeValue& value) { AppendJson(value, o); });
  }
  void operator()(const AttributeMap& map) const { AppendJson(map, out); }
};

// ---- reading ----

/// Reads values and keeps the words of the first thing that is wrong inside them.
class Reader {
 public:
  explicit Reader(std::string& problem) : problem_(problem) {}

  AttributeValue Value(JsonValue& in, int depth, bool inside) {
    ExpectObject(in, inside);
    AttributeValue result;
    int types = 0;
    in.Members([&](std::string_view key, JsonValue& member) {
      if (member.type() == JsonValue::Type::kNull) return;
      if (Member(key, member, depth, result)) ++types;
    });
    if (types == 0) {
      Problem("Supplied AttributeValue is empty, must contain exactly one of the supported datatypes");
    } else if (types > 1) {
      Problem(
          "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the "
          "supported "
          "datatypes");
    }
    return result;
  }

  AttributeMap Map(JsonValue& in, int depth) {
    AttributeMap map;
    ExpectMap(in);
    in.Members([&](std::string_view key, JsonValue& value) {
      std::string name(key);  // the parser may reuse its bytes
      if (value.type() == JsonValue::Type::kNull) return;
      map.Set(std::move(name), Value(value, depth, true));
    });
    return map;
  }

  static void ExpectMap(JsonValue& in) {
    const auto type = in.type();
    if (type == JsonValue::Type::kArray) JsonValue::Fail("Unrecognized collection type class java.util.Map");
    if (type != JsonValue::Type::kObject) JsonValue::Fail("Unexpected field type");
  }

 private:
  static void ExpectObject(JsonValue& in, bool inside) {
    const auto type = in.type();
    if (type == JsonValue::Type::kObject) return;
    if (type == JsonValue::Type::kArray) {
      JsonValue::Fail("Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue");
    }
    JsonValue::Fail(inside ? "Unexpected value type in payload" : "Unexpected field type");
  }

  void Problem(std::string text) {
    if (problem_.empty()) problem_ = std::move(text);
  }
  void Invalid(std::string_view text) { Problem(std::string(kInvalid) + std::string(text)); }

  /// Whether `key` is a type.
  bool Member(std::string_view key, JsonValue& in, int depth, AttributeValue& out) {
    if (key == "S") {
      out = AttributeValue(std::string(in.String()));
    } else if (key == "N") {
      out = AttributeValue(ReadNumber(in));
    } else if (key == "B") {
      out = AttributeValue(Binary{in.Blob()});
    } else if (key == "SS") {
      out = AttributeValue(Strings(in));
    } else if (key == "NS") {
      out = AttributeValue(Numbers(in));
    } else if (key == "BS") {
      out = AttributeValue(Binaries(in));
    } else if (key == "BOOL") {
      out = AttributeValue(in.Bool());
    } else if (key == "NULL") {
      if (!in.Bool()) Invalid("Null attribute value types must have the value of true");
      out = AttributeValue(Null{});
    } else if (key == "L") {
      out = AttributeValue(ReadList(in, depth));
    } else if (key == "M") {
      out = AttributeValue(Nested(depth) ? Map(in, depth + 1) : AttributeMap());
    } else {
      return false;
    }
    return true;
  }

  /// False past the deepest level, which is told once and not read.
  bool Nested(int depth) {
    if (depth < kMaxNesting) return true;
    Problem(
        "Nesting Levels have exceeded supported limits: Attributes or condition values can be nested up to "
        "32 "
        "levels");
    return false;
  }

  Number ReadNumber(JsonValue& in) {
    const std::string_view text = in.String();
    const auto parsed = Number::Parse(text);
    if (const auto* number = std::get_if<Number>(&parsed)) return *number;
    Problem(Explain(std::get<NumberProblem>(parsed), text));
    return {};
  }

  List ReadList(JsonValue& in, int depth) {
    List list;
    if (!Nested(depth)) return list;
    in.Elements([&](JsonValue& element) {
      if (element.type() != JsonValue::Type::kNull) list.push_back(Value(element, depth + 1, true));
    });
    return list;
  }

  StringSet Strings(JsonValue& in) {
    StringSet set;
    in.Elements([&](JsonValue& element) { set.members.emplace_back(element.String()); });
    if (set.members.empty()) Invalid("An string set  may not be empty");  // AWS's two blanks
    const auto shown = [](const std::string& text) { return text; };
    SortOut(set.members, [&](const auto& written) {
      Invalid("Input collection [" + Join(written, shown) + "] contains duplicates.");
    });
    return set;
  }

  NumberSet Numbers(JsonValue& in) {
    NumberSet set;
    in.Elements([&](JsonValue& element) { set.members.push_back(ReadNumber(element)); });
    if (set.members.empty()) Invalid("An number set  may not be empty");
    SortOut(set.members, [&](const auto&) { Problem("Input collection contains duplicates"); });
    return set;
  }

  BinarySet Binaries(JsonValue& in) {
    BinarySet set;
    in.Elements([&](JsonValue& element) { set.members.push_back(Binary{element.Blob()}); });
    if (set.members.empty()) Invalid("Binary sets should not be empty");
    const auto shown = [](const Binary& binary) { return protocol::Base64Encode(binary.bytes); };
    SortOut(set.members, [&](const auto& written) {
      Invalid("Input collection [" + Join(written, shown) + "]of type BS contains duplicates.");  // sic
    });
    return set;
  }

  /// Into their order; calls `complain` with the members as they were written if one comes twice.
  template <class T, class Complain>
  static void SortOut(std::vector<T>& members, Complain complain) {
    if (std::ranges::adjacent_find(members, [](const T& a, const T& b) { return !(a < b); }) == members.end())
      return;
    std::vector<T> sorted = members;
    std::ranges::sort(sorted);
    const auto [first, last] = std::ranges::unique(sorted);
    if (first != last) complain(members);
    sorted.erase(first, last);
    members = std::move(sorted);
  }

  template <class T, class Show>
  static std::string Join(const std::vector<T>& members, Show show) {
    std::string text;
    for (const T& member : members) {
      if (!text.empty()) text += ", ";
      text += show(member);
    }
    return text;
  }

  std::string& problem_;
};

void ReadValue(void* out, JsonValue& in) {
  auto& input = *static_cast<ValueInput*>(out);
  input.value = Reader(input.problem).Value(in, 0, false);
}

void ReadItem(void* out, JsonValue& in) {
  auto& input = *static_cast<ItemInput*>(out);
  Reader::ExpectMap(in);
  in.Members([&](std::string_view key, JsonValue& value) {
    std::string name(key);
    if (value.type() == JsonValue::Type::kNull) return;
    const bool sound = input.problem.empty();
    AttributeValue read = Reader(input.problem).Value(value, 0, true);
    if (sound && !input.problem.empty()) input.problem_name = name;
    input.attributes.Set(std::move(name), std::move(read));
  });
}

}  // namespace

void AppendJson(const AttributeValue& value, std::string& out) {
  out += "{\"";
  out += TypeName(value.type());
  out += "\":";
  switch (value.type()) {
    case AttributeType::kS:
      Writer{out}(value.As<std::string>());
      break;
    case AttributeType::kN:
      Writer{out}(value.As<Number>());
      break;
    case AttributeType::kB:
      Writer{out}(value.As<Binary>());
      break;
    case AttributeType::kSS:
      Writer{out}(value.As<StringSet>());
      break;
    case AttributeType::kNS:
      Writer{out}(value.As<NumberSet>());
      break;
    case AttributeType::kBS:
      Writer{out}(value.As<BinarySet>());
      break;
    case AttributeType::kBool:
      Writer{out}(value.As<bool>());
      break;
    case AttributeType::kNull:
      Writer{out}(value.As<Null>());
      break;
    case AttributeType::kL:
      Writer{out}(value.As<List>());
      break;
    case AttributeType::kM:
      Writer{out}(value.As<AttributeMap>());
      break;
  }
  out += '}';
}

void AppendJson(const AttributeMap& attributes, std::string& out) {
  out += '{';
  bool first = true;
  for (const auto& [name, value] : attributes) {
    if (!first) out += ',';
    first = false;
    AppendJsonString(out, name);
    out += ':';
    AppendJson(value, out);
  }
  out += '}';
}

std::string ToJson(const AttributeMap& attributes) {
  std::string text;
  AppendJson(attributes, text);
  return text;
}

AttributeMap ParseStoredItem(std::string_view json) {
  ItemInput item;
  protocol::ReadJsonLeaf(json, ItemInput::kLeafCodec, &item);
  return std::move(item.attributes);
}

constexpr protocol::LeafCodec ValueInput::kLeafCodec{
    .read_json = &ReadValue, .write_json = [](const void* value, std::string& out) {
      AppendJson(static_cast<const ValueInput*>(value)->value, out);
    }};

constexpr protocol::LeafCodec ItemInput::kLeafCodec{
    .read_json = &ReadItem, .write_json = [](const void* item, std::string& out) {
      AppendJson(static_cast<const ItemInput*>(item)->attributes, out);
    }};

constexpr protocol::LeafCodec RawJson::kLeafCodec{
    .read_json = [](void*, JsonValue&) {},
    .write_json = [](const void* value,
                     std::string& out) { out += static_cast<const RawJson*>(value)->text; }};

}  // namespace cumulite::dynamodb
