#include <simdjson.h>

#include <bit>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include "protocol/base64.h"
#include "protocol/json_codec.h"
#include "protocol/rpc_errors.h"
#include "protocol/validation.h"

namespace cumulite::protocol {
namespace {

namespace json = simdjson::ondemand;

/// Deeper than any request of AWS (a DynamoDB item of 32 levels takes 66), shallow enough for any stack.
constexpr int kMaxDepth = 256;

/// Not JSON at all: AWS answers SerializationException without a message.
[[noreturn]] void Malformed() { throw AwsError(kSerialization, {}); }

template <class T>
T Take(simdjson::simdjson_result<T> result) {
  T value;
  if (std::move(result).get(value) != simdjson::SUCCESS) Malformed();
  return value;
}

/// AWS's name for what stands where `target` was expected.
[[noreturn]] void WrongScalar(json::value& value, std::string_view target) {
  const json::json_type type = Take(value.type());
  std::string found;
  if (type == json::json_type::object) JsonValue::Fail("Start of structure or map found where not expected");
  if (type == json::json_type::array) JsonValue::Fail("Unrecognized collection type class java.lang.String");
  if (type == json::json_type::string) found = "STRING_VALUE";
  if (type == json::json_type::boolean) found = Take(value.get_bool()) ? "TRUE_VALUE" : "FALSE_VALUE";
  if (type == json::json_type::number) {
    const std::string_view text = value.raw_json_token();
    found = text.find_first_of(".eE") == std::string_view::npos ? "NUMBER_VALUE" : "DECIMAL_VALUE";
  }
  JsonValue::Fail(found + " cannot be converted to " + std::string(target));
}

/// A scalar, or null, where a list, map or struct belongs.
void ExpectContainer(json::value& value, json::json_type wanted, std::string_view other_container) {
  const json::json_type type = Take(value.type());
  if (type == wanted) return;
  if (type == json::json_type::object || type == json::json_type::array) {
    JsonValue::Fail(std::string(other_container));
  }
  JsonValue::Fail("Unexpected field type");
}

std::string_view ReadString(json::value& value) {
  if (Take(value.type()) != json::json_type::string) WrongScalar(value, "String");
  return Take(value.get_string());
}

std::int64_t ReadInteger(json::value& value, std::string_view target, std::int64_t min, std::int64_t max) {
  std::int64_t number = 0;
  if (Take(value.type()) != json::json_type::number || value.get_int64().get(number) != simdjson::SUCCESS ||
      number < min || number > max) {
    WrongScalar(value, target);
  }
  return number;
}

double ReadDouble(json::value& value) {
  if (Take(value.type()) != json::json_type::number) WrongScalar(value, "Double");
  return Take(value.get_double());
}

/// The texts that AWS takes for booleans besides true and false.
bool ReadBool(json::value& value) {
  const json::json_type type = Take(value.type());
  if (type == json::json_type::boolean) return Take(value.get_bool());
  if (type != json::json_type::string) WrongScalar(value, "Boolean");
  const std::string_view text = Take(value.get_string());
  if (text == "true" || text == "yes" || text == "1") return true;
  if (text == "false" || text == "no" || text == "0") return false;
  JsonValue::Fail("Unexpected token received from parser");
}

std::string ReadBlob(json::value& value) {
  if (Take(value.type()) != json::json_type::string) {
    JsonValue::Fail("only base-64-encoded strings are convertible to bytes");
  }
  const std::string_view text = Take(value.get_string());
  if (text.size() % 4 != 0) {
    JsonValue::Fail("Base64 encoded length is expected a multiple of 4 bytes but found: " +
                    std::to_string(text.size()));
  }
  auto bytes = Base64Decode(text);
  if (!bytes) JsonValue::Fail("Invalid last non-pad Base64 character dectected");  // AWS spells it so
  return std::move(*bytes);
}

Timestamp ReadTimestamp(json::value& value) {
  constexpr double kMaxSeconds = 253'402'300'800;  // the year 10000
  if (Take(value.type()) != json::json_type::number) WrongScalar(value, "Timestamp");
  const double seconds = Take(value.get_double());
  if (std::abs(seconds) > kMaxSeconds) WrongScalar(value, "Timestamp");
  return {.milliseconds = std::llround(seconds * 1000)};
}

/// Reads past a value that nobody wants, so that what is not JSON is refused wherever it stands.
void Skip(json::value& value, int depth) {
  if (depth > kMaxDepth) Malformed();
  switch (Take(value.type())) {
    case json::json_type::object:
      for (auto field : Take(value.get_object())) {
        json::field entry = Take(std::move(field));
        Take(entry.unescaped_key());
        Skip(entry.value(), depth + 1);
      }
      return;
    case json::json_type::array:
      for (auto element : Take(value.get_array())) {
        json::value item = Take(std::move(element));
        Skip(item, depth + 1);
      }
      return;
    case json::json_type::string:
      Take(value.get_string());
      return;
    case json::json_type::number:
      Take(value.get_double());
      return;
    case json::json_type::boolean:
      Take(value.get_bool());
      return;
    case json::json_type::null:
      if (!Take(simdjson::simdjson_result<bool>(value.is_null()))) Malformed();
      return;
  }
}

bool IsNull(json::value& value) {
  return Take(value.type()) == json::json_type::null &&
         Take(simdjson::simdjson_result<bool>(value.is_null()));
}

/// A parser for each thread, so that its buffers are allocated once.
class ThreadParser {
 public:
  json::document Parse(std::string_view body) {
    if (body.size() > capacity_) {
      capacity_ = std::max(kKept, std::bit_ceil(body.size()));
      if (parser_->allocate(capacity_) != simdjson::SUCCESS) throw std::bad_alloc();
    }
    const simdjson::padded_string_view padded(body.data(), body.size(),
                                              body.size() + simdjson::SIMDJSON_PADDING);
    json::document document;
    if (parser_->iterate(padded).get(document) != simdjson::SUCCESS) Malformed();
    return document;
  }

  /// Gives back the buffers of an unusually long body: they take seven times its size.
  void Trim() {
    if (capacity_ <= kKept) return;
    parser_ = std::make_unique<json::parser>();
    capacity_ = 0;
  }

 private:
  static constexpr std::size_t kKept = 64 * 1024;
  std::unique_ptr<json::parser> parser_ = std::make_unique<json::parser>();
  std::size_t capacity_ = 0;
};

}  // namespace

class JsonDecoder {
 public:
  explicit JsonDecoder(Validation& validation) : validation_(validation) {}

  void Struct(json::object object, void* out, Members members, const Path* path, int depth) {
    if (depth > kMaxDepth) Malformed();
    SeenMembers seen = 0;
    std::size_t next = 0;  // clients write members in the order of the model more often than not
    for (auto field : object) {
      json::field entry = Take(std::move(field));
      const std::size_t index = FindMember(members, Take(entry.unescaped_key()), next);
      json::value& value = entry.value();
      if (index == members.size()) {
        Skip(value, depth);
      } else if (!IsNull(value)) {
        const SeenMembers bit = SeenMembers{1} << index;
        ReadMember(members[index], value, out, (seen & bit) != 0, path, depth);
        seen |= bit;
        next = index + 1;
      }
    }
    validation_.Check(out, members, seen, path);
  }

 private:
  static std::size_t FindMember(Members members, std::string_view key, std::size_t hint) {
    for (std::size_t i = hint; i < members.size(); ++i) {
      if (members[i].name == key) return i;
    }
    for (std::size_t i = 0; i < hint; ++i) {
      if (members[i].name == key) return i;
    }
    return members.size();
  }

  void ReadMember(const Member& member, json::value& value, void* out, bool again, const Path* path,
                  int depth) {
    void* target = member.address(out);
    if (member.type->optional) {
      target = member.type->engage(target);
    } else if (again) {
      member.type->reset(target);
    }
    const Path here = Path::ToMember(path, member.name);
    Value(member, *member.type, value, target, here, depth);
  }

  void Value(const Member& member, const TypeInfo& type, json::value& value, void* out, const Path& path,
             int depth) {
    switch (type.kind) {
      case Kind::kString:
        static_cast<std::string*>(out)->assign(ReadString(value));
        return;
      case Kind::kBlob:
        static_cast<Blob*>(out)->bytes = ReadBlob(value);
        return;
      case Kind::kInt32:
        *static_cast<std::int32_t*>(out) =
            static_cast<std::int32_t>(ReadInteger(value, "Integer", std::numeric_limits<std::int32_t>::min(),
                                                  std::numeric_limits<std::int32_t>::max()));
        return;
      case Kind::kInt64:
        *static_cast<std::int64_t*>(out) =
            ReadInteger(value, "Long", std::numeric_limits<std::int64_t>::min(),
                        std::numeric_limits<std::int64_t>::max());
        return;
      case Kind::kDouble:
        *static_cast<double*>(out) = ReadDouble(value);
        return;
      case Kind::kBool:
        *static_cast<bool*>(out) = ReadBool(value);
        return;
      case Kind::kTimestamp:
        *static_cast<Timestamp*>(out) = ReadTimestamp(value);
        return;
      case Kind::kStruct:
        ExpectContainer(value, json::json_type::object,
                        "Unrecognized collection type class java.lang.Object");
        return Struct(Take(value.get_object()), out, type.describe(), &path, depth + 1);
      case Kind::kList:
        return List(member, type, value, out, path, depth);
      case Kind::kMap:
        return Map(member, type, value, out, path, depth);
      case Kind::kLeaf:
        return Leaf(type, value, out, depth);
    }
  }

  void List(const Member& member, const TypeInfo& type, json::value& value, void* out, const Path& path,
            int depth) {
    if (depth > kMaxDepth) Malformed();
    ExpectContainer(value, json::json_type::array, "Start of structure or map found where not expected");
    std::size_t position = 0;
    for (auto element : Take(value.get_array())) {
      json::value item = Take(std::move(element));
      const Path here = Path::ToIndex(&path, ++position);
      Element(member, *type.element, item, here, depth, [&] { return type.append(out); });
    }
  }

  void Map(const Member& member, const TypeInfo& type, json::value& value, void* out, const Path& path,
           int depth) {
    if (depth > kMaxDepth) Malformed();
    ExpectContainer(value, json::json_type::object, "Unrecognized collection type class java.lang.String");
    for (auto field : Take(value.get_object())) {
      json::field entry = Take(std::move(field));
      const std::string_view key = Take(entry.unescaped_key());
      const Path here = Path::ToKey(&path, key);
      Element(member, *type.element, entry.value(), here, depth, [&] {
        const std::size_t before = type.size(out);
        void* target = type.insert(out, std::string(key));
        if (type.size(out) == before) type.element->reset(target);
        return target;
      });
    }
  }

  template <class Place>
  void Element(const Member& member, const TypeInfo& type, json::value& value, const Path& path, int depth,
               Place place) {
    if (type.kind != Kind::kLeaf && IsNull(value)) {
      validation_.NullElement(member, path);
      return;
    }
    const bool scalar =
        Take(value.type()) != json::json_type::object && Take(value.type()) != json::json_type::array;
    if (type.kind == Kind::kStruct && scalar) JsonValue::Fail("Unexpected value type in payload");
    Value(member, type, value, place(), path, depth + 1);
  }

  static void Leaf(const TypeInfo& type, json::value& value, void* out, int depth) {
    JsonValue leaf(&value, depth);
    type.leaf->read_json(out, leaf);
    leaf.Finish();
  }

  Validation& validation_;
};

namespace {
json::value& Of(void* value) { return *static_cast<json::value*>(value); }
}  // namespace

void JsonValue::Fail(std::string message) { throw AwsError(kSerialization, std::move(message)); }

JsonValue::Type JsonValue::type() {
  switch (Take(Of(value_).type())) {
    case json::json_type::object:
      return Type::kObject;
    case json::json_type::array:
      return Type::kArray;
    case json::json_type::string:
      return Type::kString;
    case json::json_type::number:
      return Type::kNumber;
    case json::json_type::boolean:
      return Type::kBool;
    case json::json_type::null:
      break;
  }
  return Type::kNull;
}

std::string_view JsonValue::String() {
  read_ = true;
  return ReadString(Of(value_));
}

std::string_view JsonValue::NumberText() {
  read_ = true;
  json::value& value = Of(value_);
  if (Take(value.type()) != json::json_type::number) WrongScalar(value, "Number");
  const std::string_view token = value.raw_json_token();
  Take(value.get_double());
  return token.substr(0, token.find_last_not_of(" \t\r\n") + 1);
}

bool JsonValue::Bool() {
  read_ = true;
  return ReadBool(Of(value_));
}

void JsonValue::EachMember(void* state, void (*visit)(void*, std::string_view, JsonValue&)) {
  read_ = true;
  if (depth_ > kMaxDepth) Malformed();
  ExpectContainer(Of(value_), json::json_type::object, "Unrecognized collection type class java.lang.Object");
  for (auto field : Take(Of(value_).get_object())) {
    json::field entry = Take(std::move(field));
    const std::string_view key = Take(entry.unescaped_key());
    JsonValue value(&entry.value(), depth_ + 1);
    visit(state, key, value);
    value.Finish();
  }
}

void JsonValue::EachElement(void* state, void (*visit)(void*, JsonValue&)) {
  read_ = true;
  if (depth_ > kMaxDepth) Malformed();
  ExpectContainer(Of(value_), json::json_type::array, "Start of structure or map found where not expected");
  for (auto element : Take(Of(value_).get_array())) {
    json::value item = Take(std::move(element));
    JsonValue value(&item, depth_ + 1);
    visit(state, value);
    value.Finish();
  }
}

void JsonValue::Finish() {
  if (!read_) Skip(Of(value_), depth_);
}

void DecodeJson(std::string_view body, const RpcModel& model, void* request, Members members) {
  static thread_local ThreadParser parser;
  Validation validation;
  JsonDecoder decoder(validation);
  if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    validation.Check(request, members, 0, nullptr);  // nothing at all reads as {}
  } else {
    const struct Trimmer {
      ~Trimmer() { parser.Trim(); }
    } trimmer;
    json::document document = parser.Parse(body);
    if (Take(document.type()) != json::json_type::object) JsonValue::Fail("Unexpected field type");
    decoder.Struct(Take(document.get_object()), request, members, nullptr, 1);
    if (document.current_location().error() != simdjson::OUT_OF_BOUNDS) Malformed();  // more after the end
  }
  validation.ThrowIfBroken(model);
}

}  // namespace cumulite::protocol
