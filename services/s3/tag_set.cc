#include "services/s3/tag_set.h"

#include <algorithm>
#include <set>

#include "protocol/xml_writer.h"
#include "services/s3/errors.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxTags = 50;
constexpr std::ptrdiff_t kMaxKeyCharacters = 128;
constexpr std::ptrdiff_t kMaxValueCharacters = 256;

std::ptrdiff_t Characters(std::string_view utf8) {
  return std::count_if(utf8.begin(), utf8.end(), [](char c) { return (c & 0xC0) != 0x80; });
}

/// Letters, digits and blanks of any script, and a few signs. Of what is not ASCII all is taken.
bool IsTagText(std::string_view text) {
  constexpr std::string_view kSigns = " +-=._:/@";
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (static_cast<unsigned char>(c) & 0x80) != 0 || kSigns.find(c) != std::string_view::npos;
  });
}

void CheckTag(std::string_view key, std::string_view value) {
  if (key.empty() || Characters(key) > kMaxKeyCharacters || !IsTagText(key)) {
    throw AwsError(kInvalidTag, "The TagKey you have provided is invalid").With("TagKey", std::string(key));
  }
  if (Characters(value) > kMaxValueCharacters || !IsTagText(value)) {
    throw AwsError(kInvalidTag, "The TagValue you have provided is invalid")
        .With("TagKey", std::string(key))
        .With("TagValue", std::string(value));
  }
  if (key.starts_with("aws:")) {
    throw AwsError(kInvalidTag, "System tags cannot be added/updated by requester");
  }
}

}  // namespace

std::string ReadTagSet(protocol::XmlNode tag_set) {
  std::string elements;
  protocol::XmlWriter xml(elements);
  std::set<std::string, std::less<>> keys;
  for (protocol::XmlNode tag = tag_set.First(); tag; tag = tag.Next()) {
    const auto key = tag.ChildText("Key");
    const auto value = tag.ChildText("Value");
    if (tag.name() != "Tag" || !key || !value) throw MalformedXml();
    CheckTag(*key, *value);
    if (!keys.insert(*key).second) {
      throw AwsError(kInvalidTag, "Cannot provide multiple Tags with the same key").With("TagKey", *key);
    }
    if (keys.size() > kMaxTags) {
      throw AwsError(kBadRequest, "Bucket tag count cannot be greater than 50");
    }
    xml.Open("Tag");
    xml.Element("Key", *key);
    xml.Element("Value", *value);
    xml.Close("Tag");
  }
  return elements;
}

}  // namespace cumulite::s3
