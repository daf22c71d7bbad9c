#include "protocol/xml_decode.h"

#include <algorithm>
#include <charconv>

#include "base/time_text.h"
#include "protocol/base64.h"
#include "protocol/http.h"
#include "protocol/utf8.h"

namespace cumulite::protocol {
namespace {

using SeenMembers = std::uint64_t;  // bit i for row i

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlanks) - first + 1);
}

template <class T>
bool ReadNumber(std::string_view text, void* out) {
  text = Trim(text);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *static_cast<T*>(out));
  return error == std::errc() && end == text.data() + text.size();
}

bool ReadBool(std::string_view text, bool& out) {
  text = Trim(text);
  out = EqualsIgnoreCase(text, "true") || text == "1";
  return out || EqualsIgnoreCase(text, "false") || text == "0";
}

/// Documents of S3 give a date alone, too.
bool ReadTime(std::string_view text, Timestamp& out) {
  constexpr std::size_t kDateSize = 10;  // "2026-01-02"
  std::string moment(Trim(text));
  if (moment.size() == kDateSize) moment += "T00:00:00Z";
  const std::optional<base::TimePoint> time = base::ParseIso8601(moment);
  if (time) out = {time->time_since_epoch().count()};
  return time.has_value();
}

bool ReadBlob(std::string_view text, Blob& out) {
  std::optional<std::string> bytes = Base64Decode(Trim(text));
  if (bytes) out.bytes = *std::move(bytes);
  return bytes.has_value();
}

bool InRange(const Limits& limits, std::int64_t size) {
  return !limits.has_range || (size >= limits.min && size <= limits.max);
}

bool IsAllowedText(const Limits& limits, const std::string& text) {
  if (!InRange(limits, static_cast<std::int64_t>(CountCodePoints(text)))) return false;
  return limits.values.empty() ||
         std::find(limits.values.begin(), limits.values.end(), text) != limits.values.end();
}

const Limits& ElementLimits(const Limits& limits) {
  static constexpr Limits kNone;
  return limits.elements == nullptr ? kNone : *limits.elements;
}

/// One value of a kind that holds no others, or a struct.
bool ReadValue(XmlNode node, const TypeInfo& type, const Limits& limits, void* out) {
  switch (type.kind) {
    case Kind::kStruct:
      return DecodeXml(node, out, type.describe());
    case Kind::kString: {
      if (node.First()) return false;
      auto& text = *static_cast<std::string*>(out);
      text = node.text();
      return IsAllowedText(limits, text);
    }
    case Kind::kInt32:
      return ReadNumber<std::int32_t>(node.text(), out) && InRange(limits, *static_cast<std::int32_t*>(out));
    case Kind::kInt64:
      return ReadNumber<std::int64_t>(node.text(), out) && InRange(limits, *static_cast<std::int64_t*>(out));
    case Kind::kDouble:
      return ReadNumber<double>(node.text(), out);
    case Kind::kBool:
      return ReadBool(node.text(), *static_cast<bool*>(out));
    case Kind::kTimestamp:
      return ReadTime(node.text(), *static_cast<Timestamp*>(out));
    case Kind::kBlob:
      return ReadBlob(node.text(), *static_cast<Blob*>(out));
    case Kind::kList:
    case Kind::kMap:
    case Kind::kLeaf:
      break;
  }
  return false;  // no document of AWS nests lists, or has maps
}

bool ReadList(XmlNode node, const Member& member, void* out) {
  const TypeInfo& type = *member.type;
  for (XmlNode item = node.First(); item; item = item.Next()) {
    if (item.name() != member.item_name) return false;
    if (!ReadValue(item, *type.element, ElementLimits(member), type.append(out))) return false;
  }
  return InRange(member, static_cast<std::int64_t>(type.size(out)));
}

/// One element that belongs to `member`; `again`: there was one before.
bool ReadMember(XmlNode node, const Member& member, void* object, bool again) {
  const TypeInfo& type = *member.type;
  void* field = member.address(object);
  if (type.kind == Kind::kList && member.flattened) {
    return ReadValue(node, *type.element, ElementLimits(member), type.append(field));
  }
  if (again) return false;
  if (type.kind == Kind::kList) return ReadList(node, member, field);
  return ReadValue(node, type, member, type.optional ? type.engage(field) : field);
}

bool ReadAttribute(XmlNode node, const Member& member, void* object) {
  std::optional<std::string> text = node.Attribute(member.QueryName());
  if (!text || !IsAllowedText(member, *text)) return false;
  *static_cast<std::string*>(member.address(object)) = *std::move(text);
  return true;
}

bool IsComplete(const void* object, Members members, SeenMembers seen) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Member& member = members[i];
    if ((seen >> i & 1) == 0) {
      if (member.required) return false;
    } else if (member.type->kind == Kind::kList && member.flattened &&
               !InRange(member, static_cast<std::int64_t>(member.type->size(member.const_address(object))))) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool DecodeXml(XmlNode element, void* out, Members members) {
  SeenMembers seen = 0;
  for (std::size_t i = 0; i < members.size(); ++i) {
    if (members[i].QueryName().find(':') == std::string_view::npos) continue;
    if (ReadAttribute(element, members[i], out)) seen |= SeenMembers{1} << i;
  }
  for (XmlNode node = element.First(); node; node = node.Next()) {
    const auto member = std::find_if(members.begin(), members.end(),
                                     [&](const Member& row) { return row.QueryName() == node.name(); });
    if (member == members.end()) return false;
    const SeenMembers bit = SeenMembers{1} << (member - members.begin());
    if (!ReadMember(node, *member, out, (seen & bit) != 0)) return false;
    seen |= bit;
  }
  return IsComplete(out, members, seen);
}

bool DecodeXml(std::string_view document, std::string_view root, void* out, Members members) {
  const std::optional<XmlDocument> xml = XmlDocument::Parse(document);
  return xml && xml->root().name() == root && DecodeXml(xml->root(), out, members);
}

}  // namespace cumulite::protocol
