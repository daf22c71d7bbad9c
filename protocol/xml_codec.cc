#include "protocol/xml_codec.h"

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

#include "protocol/base64.h"

namespace cumulite::protocol {
namespace {

template <class T>
const T& As(const void* value) {
  return *static_cast<const T*>(value);
}

void WriteValue(XmlWriter& xml, const Member& member, const TypeInfo& type, const void* value);

bool IsAttribute(const Member& member) { return member.QueryName().find(':') != std::string_view::npos; }

/// <name>, or <name xsi:type="..."> for a struct whose first member is an attribute.
void OpenElement(XmlWriter& xml, std::string_view name, const TypeInfo& type, const void* value) {
  const Members members = type.kind == Kind::kStruct ? type.describe() : Members{};
  if (members.empty() || !IsAttribute(members.front())) return xml.Open(name);
  const Member& attribute = members.front();
  xml.OpenInstance(name, attribute.QueryName(), As<std::string>(attribute.const_address(value)));
}

void WriteDouble(XmlWriter& xml, double number) {
  if (!std::isfinite(number))
    return xml.Text(std::isnan(number) ? "NaN" : number > 0 ? "Infinity" : "-Infinity");
  std::array<char, 32> digits;
  const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  xml.Text({digits.data(), end});
}

void WriteList(XmlWriter& xml, const Member& member, const TypeInfo& type, const void* list,
               std::string_view element) {
  const std::size_t size = type.size(list);
  for (std::size_t i = 0; i < size; ++i) {
    const void* value = type.at(list, i);
    OpenElement(xml, element, *type.element, value);
    WriteValue(xml, member, *type.element, value);
    xml.Close(element);
  }
}

void WriteMap(XmlWriter& xml, const Member& member, const TypeInfo& type, const void* map,
              std::string_view element) {
  struct State {
    XmlWriter& xml;
    const Member& member;
    const TypeInfo& type;
    std::string_view element;
  } state{xml, member, *type.element, element};
  type.each(map, &state, [](void* opaque, const std::string& key, const void* value) {
    auto& [writer, row, value_type, entry] = *static_cast<State*>(opaque);
    writer.Open(entry);
    writer.Element(row.key_name, std::string_view(key));
    writer.Open(row.value_name);
    WriteValue(writer, row, value_type, value);
    writer.Close(row.value_name);
    writer.Close(entry);
  });
}

void WriteValue(XmlWriter& xml, const Member& member, const TypeInfo& type, const void* value) {
  switch (type.kind) {
    case Kind::kString:
      return xml.Text(As<std::string>(value));
    case Kind::kBlob:
      return xml.Text(Base64Encode(As<Blob>(value).bytes));
    case Kind::kInt32:
      return xml.Int(As<std::int32_t>(value));
    case Kind::kInt64:
      return xml.Int(As<std::int64_t>(value));
    case Kind::kDouble:
      return WriteDouble(xml, As<double>(value));
    case Kind::kBool:
      return xml.Text(As<bool>(value) ? "true" : "false");
    case Kind::kTimestamp:
      return xml.Time(As<Timestamp>(value).milliseconds);
    case Kind::kStruct:
      return EncodeXml(value, type.describe(), xml);
    case Kind::kList:
      return WriteList(xml, member, type, value, member.item_name);
    case Kind::kMap:
      return WriteMap(xml, member, type, value, "entry");
    case Kind::kLeaf:
      throw std::logic_error("a type of the JSON protocol in an XML answer");
  }
}

void WriteContainer(XmlWriter& xml, const Member& member, const void* value) {
  const TypeInfo& type = *member.type;
  const std::string_view name = member.QueryName();
  if (type.size(value) == 0) {
    if (member.keep_empty) xml.Empty(name);
  } else if (member.flattened) {
    type.kind == Kind::kList ? WriteList(xml, member, type, value, name)
                             : WriteMap(xml, member, type, value, name);
  } else {
    xml.Open(name);
    WriteValue(xml, member, type, value);
    xml.Close(name);
  }
}

}  // namespace

void EncodeXml(const void* response, Members members, XmlWriter& xml) {
  for (const Member& member : members) {
    const void* value = member.const_address(response);
    if (member.type->optional) value = member.type->peek(value);
    if (value == nullptr || IsAttribute(member)) continue;
    if (member.type->kind == Kind::kList || member.type->kind == Kind::kMap) {
      WriteContainer(xml, member, value);
    } else {
      OpenElement(xml, member.QueryName(), *member.type, value);
      WriteValue(xml, member, *member.type, value);
      xml.Close(member.QueryName());
    }
  }
}

}  // namespace cumulite::protocol
