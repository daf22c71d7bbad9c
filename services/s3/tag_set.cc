#include "services/s3/tag_set.h"

#include <set>

#include "protocol/tag_text.h"
#include "protocol/utf8.h"
#include "protocol/xml_writer.h"
#include "services/s3/errors.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxTags = 50;
constexpr std::size_t kMaxKeyCharacters = 128;
constexpr std::size_t kMaxValueCharacters = 256;

void CheckTag(std::string_view key, std::string_view value) {
  if (key.empty() || protocol::CountCodePoints(key) > kMaxKeyCharacters || !protocol::IsTagText(key)) {
    throw AwsError(kInvalidTag, "The TagKey you have provided is invalid").With("TagKey", std::string(key));
  }
  if (protocol::CountCodePoints(value) > kMaxValueCharacters || !protocol::IsTagText(value)) {
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
