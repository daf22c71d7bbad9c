#include <algorithm>
#include <bit>
#include <limits>
#include <memory>
#include <new>
#include <stdexcept>
#include <utility>

#include "protocol/json_codec.h"
#include "protocol/json_read.h"
#include "protocol/validation.h"

namespace cumulite::protocol {
namespace {

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
    if (parser_->iterate(padded).get(document) != simdjson::SUCCESS) ThrowMalformedJson();
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
    if (depth > kMaxJsonDepth) ThrowMalformedJson();
    SeenMembers seen = 0;
    std::size_t next = 0;  // clients write members in the order of the model more often than not
    for (auto field : object) {
      json::field entry = Take(std::move(field));
      const std::size_t index = FindMember(members, Take(entry.unescaped_key()), next);
      json::value& value = entry.value();
      if (index == members.size()) {
        SkipJson(value, depth);
      } else if (!TakeJsonNull(value)) {
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
    const Path here = Path::ToMember(path, member);
    Value(member, *member.type, value, target, here, depth);
  }

  void Value(const Member& member, const TypeInfo& type, json::value& value, void* out, const Path& path,
             int depth) {
    switch (type.kind) {
      case Kind::kString:
        static_cast<std::string*>(out)->assign(ReadJsonString(value));
        return;
      case Kind::kBlob:
        static_cast<Blob*>(out)->bytes = ReadJsonBlob(value);
        return;
      case Kind::kInt32:
        *static_cast<std::int32_t*>(out) = static_cast<std::int32_t>(
            ReadJsonInteger(value, "Integer", std::numeric_limits<std::int32_t>::min(),
                            std::numeric_limits<std::int32_t>::max()));
        return;
      case Kind::kInt64:
        *static_cast<std::int64_t*>(out) =
            ReadJsonInteger(value, "Long", std::numeric_limits<std::int64_t>::min(),
                            std::numeric_limits<std::int64_t>::max());
        return;
      case Kind::kDouble:
        *static_cast<double*>(out) = ReadJsonDouble(value);
        return;
      case Kind::kBool:
        *static_cast<bool*>(out) = ReadJsonBool(value);
        return;
      case Kind::kTimestamp:
        *static_cast<Timestamp*>(out) = ReadJsonTimestamp(value);
        return;
      case Kind::kStruct:
        ExpectJsonContainer(value, json::json_type::object,
                            "Unrecognized collection type class java.lang.Object");
        return Struct(Take(value.get_object()), out, type.describe(), &path, depth + 1);
      case Kind::kList:
        return List(member, type, value, out, path, depth);
      case Kind::kMap:
        return Map(member, type, value, out, path, depth);
      case Kind::kLeaf:
        return Leaf(member, type, value, out, path, depth);
    }
  }

  void List(const Member& member, const TypeInfo& type, json::value& value, void* out, const Path& path,
            int depth) {
    if (depth > kMaxJsonDepth) ThrowMalformedJson();
    ExpectJsonContainer(value, json::json_type::array, "Start of structure or map found where not expected");
    std::size_t position = 0;
    for (auto element : Take(value.get_array())) {
      json::value item = Take(std::move(element));
      const Path here = Path::ToIndex(&path, ++position);
      Element(member, *type.element, item, here, depth, [&] { return type.append(out); });
    }
  }

  void Map(const Member& member, const TypeInfo& type, json::value& value, void* out, const Path& path,
           int depth) {
    if (depth > kMaxJsonDepth) ThrowMalformedJson();
    ExpectJsonContainer(value, json::json_type::object,
                        "Unrecognized collection type class java.lang.String");
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
    if (type.kind != Kind::kLeaf && TakeJsonNull(value)) {
      validation_.NullElement(member, path);
      return;
    }
    const bool scalar =
        Take(value.type()) != json::json_type::object && Take(value.type()) != json::json_type::array;
    if (type.kind == Kind::kStruct && scalar) JsonValue::Fail("Unexpected value type in payload");
    Value(member, type, value, place(), path, depth + 1);
  }

  void Leaf(const Member& member, const TypeInfo& type, json::value& value, void* out, const Path& path,
            int depth) {
    JsonValue leaf(&value, depth, {&validation_, &member, &path});
    type.leaf->read_json(out, leaf);
    leaf.Finish();
  }

  Validation& validation_;
};

namespace {

/// Reads all of `body`; what breaks the tables' constraints is left in `validation`.
void Decode(std::string_view body, Validation& validation, void* request, Members members) {
  static thread_local ThreadParser parser;
  JsonDecoder decoder(validation);
  if (body.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    validation.Check(request, members, 0, nullptr);  // nothing at all reads as {}
    return;
  }
  const struct Trimmer {
    ~Trimmer() { parser.Trim(); }
  } trimmer;
  json::document document = parser.Parse(body);
  if (Take(document.type()) != json::json_type::object) JsonValue::Fail("Unexpected field type");
  decoder.Struct(Take(document.get_object()), request, members, nullptr, 1);
  if (document.current_location().error() != simdjson::OUT_OF_BOUNDS)
    ThrowMalformedJson();  // more after the end
}

}  // namespace

void DecodeJson(std::string_view body, const RpcModel& model, void* request, Members members) {
  Validation validation;
  Decode(body, validation, request, members);
  validation.ThrowIfBroken(model);
}

namespace {

/// Copies a text to where the parser may read past its end, and gives the room back if it was large.
class PaddedCopy {
 public:
  explicit PaddedCopy(std::string_view text) : size_(text.size()) {
    bytes_.reserve(text.size() + simdjson::SIMDJSON_PADDING);
    bytes_ = text;
  }
  std::string_view text() const { return {bytes_.data(), size_}; }

 private:
  std::string bytes_;
  std::size_t size_;
};

}  // namespace

void DecodeStoredJson(std::string_view text, void* out, Members members) {
  const PaddedCopy copy(text);
  Validation ignored;  // it was checked when it was a request
  try {
    Decode(copy.text(), ignored, out, members);
  } catch (const AwsError& wrong) {  // no fault of whoever calls
    throw std::runtime_error(wrong.what());
  }
}

void ReadJsonLeaf(std::string_view text, const LeafCodec& codec, void* out) {
  static thread_local ThreadParser parser;
  const PaddedCopy copy(text);
  json::document document = parser.Parse(copy.text());
  json::value root = Take(document.get_value());
  JsonValue value(&root, 1);
  codec.read_json(out, value);
  parser.Trim();
}

}  // namespace cumulite::protocol
