#include "services/s3/object_tags.h"

#include <algorithm>

#include "protocol/xml_decode.h"
#include "services/s3/configuration/rules.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxTags = 10;
using Tags = std::vector<documents::Tag>;

std::string Join(Tags tags) {
  CheckTags(tags, kMaxTags);
  std::sort(tags.begin(), tags.end(), [](const auto& a, const auto& b) { return a.key < b.key; });
  std::string text;
  for (const auto& [key, value] : tags) {
    if (!text.empty()) text += '&';
    text.append(protocol::PercentEncode(key)).append("=").append(protocol::PercentEncode(value));
  }
  return text;
}

}  // namespace

std::string ReadTagHeader(std::string_view header) {
  const auto malformed = [&] {
    return InvalidArgument(
        "The header 'x-amz-tagging' shall be encoded as UTF-8 then URLEncoded URL query parameters without "
        "tag "
        "name duplicates.",
        "x-amz-tagging", header);
  };
  if (header.empty()) return {};
  const auto params = protocol::ParseQuery(header);
  if (!params) throw malformed();
  Tags tags;
  for (const protocol::QueryParam& param : *params) {
    for (const documents::Tag& tag : tags) {
      if (tag.key == param.name) throw malformed();
    }
    if (tags.size() > kMaxTags) break;  // too many already
    tags.push_back({param.name, param.value});
  }
  return Join(std::move(tags));
}

std::string ReadTagging(std::string_view document) {
  documents::Tagging tagging;
  if (!protocol::DecodeXml(document, "Tagging", &tagging, documents::Tagging::Describe()))
    throw MalformedXml();
  return Join(std::move(tagging.tag_set));
}

void WriteTagSet(XmlAnswer& xml, std::string_view tags) {
  xml.Open("TagSet");
  if (!tags.empty()) {
    const auto params = protocol::ParseQuery(tags);
    for (const protocol::QueryParam& tag : params.value()) {
      xml.Open("Tag");
      xml.Element("Key", tag.name);
      xml.Element("Value", tag.value);
      xml.Close("Tag");
    }
  }
  xml.Close("TagSet");
}

std::size_t CountTags(std::string_view tags) {
  if (tags.empty()) return 0;
  return static_cast<std::size_t>(std::count(tags.begin(), tags.end(), '&')) + 1;
}

bool HasTag(std::string_view tags, const documents::Tag& tag) {
  if (tags.empty()) return false;
  const auto params = protocol::ParseQuery(tags);
  return std::any_of(params->begin(), params->end(), [&](const protocol::QueryParam& param) {
    return param.name == tag.key && param.value == tag.value;
  });
}

}  // namespace cumulite::s3
