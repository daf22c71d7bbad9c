#include "protocol/base64.h"
#include "protocol/json_codec.h"
#include "protocol/json_writer.h"

namespace cumulite::protocol {
namespace {

template <class T>
const T& As(const void* value) {
  return *static_cast<const T*>(value);
}

void WriteStruct(JsonWriter& json, const void* object, Members members);
void WriteValue(JsonWriter& json, const TypeInfo& type, const void* value);

void WriteMap(JsonWriter& json, const TypeInfo& type, const void* map) {
  struct State {
    JsonWriter& json;
    const TypeInfo& element;
  } state{json, *type.element};
  json.OpenObject();
  type.each(map, &state, [](void* opaque, const std::string& key, const void* value) {
    auto& [writer, element] = *static_cast<State*>(opaque);
    writer.Key(key);
    WriteValue(writer, element, value);
  });
  json.CloseObject();
}

void WriteList(JsonWriter& json, const TypeInfo& type, const void* list) {
  json.OpenArray();
  const std::size_t size = type.size(list);
  for (std::size_t i = 0; i < size; ++i) WriteValue(json, *type.element, type.at(list, i));
  json.CloseArray();
}

void WriteValue(JsonWriter& json, const TypeInfo& type, const void* value) {
  switch (type.kind) {
    case Kind::kString:
      return json.String(As<std::string>(value));
    case Kind::kBlob:
      return json.String(Base64Encode(As<Blob>(value).bytes));
    case Kind::kInt32:
      return json.Int(As<std::int32_t>(value));
    case Kind::kInt64:
      return json.Int(As<std::int64_t>(value));
    case Kind::kDouble:
      return json.Double(As<double>(value));
    case Kind::kBool:
      return json.Bool(As<bool>(value));
    case Kind::kTimestamp:
      return json.Seconds(As<Timestamp>(value).milliseconds);
    case Kind::kStruct:
      return WriteStruct(json, value, type.describe());
    case Kind::kList:
      return WriteList(json, type, value);
    case Kind::kMap:
      return WriteMap(json, type, value);
    case Kind::kLeaf:
      return type.leaf->write_json(value, json.Value());
  }
}

void WriteStruct(JsonWriter& json, const void* object, Members members) {
  json.OpenObject();
  for (const Member& member : members) {
    const TypeInfo& type = *member.type;
    const void* value = member.const_address(object);
    if (type.optional) value = type.peek(value);
    if (value == nullptr) continue;
    const bool container = type.kind == Kind::kList || type.kind == Kind::kMap;
    if (container && !member.keep_empty && type.size(value) == 0) continue;
    json.Key(member.name);
    WriteValue(json, type, value);
  }
  json.CloseObject();
}

}  // namespace

void EncodeJson(const void* response, Members members, std::string& out) {
  JsonWriter json(out);
  WriteStruct(json, response, members);
}

}  // namespace cumulite::protocol
