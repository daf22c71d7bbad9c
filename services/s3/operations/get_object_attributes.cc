#include "services/s3/operations/get_object_attributes.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "base/time_text.h"
#include "services/s3/attribute_headers.h"
#include "services/s3/encryption.h"
#include "services/s3/header_rules.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

constexpr std::int32_t kMaxParts = 1000;
constexpr std::array<std::string_view, 5> kAttributes{"ETag", "Checksum", "ObjectParts", "StorageClass",
                                                      "ObjectSize"};

std::set<std::string_view> ReadAttributes(const Call& call) {
  std::string_view list = call.Header("x-amz-object-attributes").value_or("");
  std::set<std::string_view> names;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    std::string_view name = list.substr(0, comma);
    list.remove_prefix(comma == std::string_view::npos ? list.size() : comma + 1);
    while (name.starts_with(' ')) name.remove_prefix(1);
    while (name.ends_with(' ')) name.remove_suffix(1);
    if (std::find(kAttributes.begin(), kAttributes.end(), name) == kAttributes.end()) {
      throw InvalidArgument("Invalid attribute name specified.", "x-amz-object-attributes", name);
    }
    names.insert(name);
  }
  if (names.empty()) {
    throw InvalidArgument(
        "The x-amz-object-attributes header specifying the attributes to be retrieved is "
        "either missing or empty",
        "x-amz-object-attributes", "");
  }
  return names;
}

std::int32_t HeaderInt(const Call& call, std::string_view name, std::int32_t otherwise) {
  const auto text = call.Header(name);
  if (!text) return otherwise;
  std::int32_t value = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), value);
  if (error != std::errc() || end != text->data() + text->size() || value < 0) {
    throw InvalidArgument("Argument " + std::string(name) + " must be a non-negative integer", name, *text);
  }
  return value;
}

void WriteParts(XmlAnswer& xml, const Call& call, const Object& object) {
  xml.Open("ObjectParts");
  xml.Element("PartsCount", call.s3.uploads().CountParts(object.upload));
  if (object.checksum.type == ChecksumType::kComposite) {
    const std::int32_t after = HeaderInt(call, "x-amz-part-number-marker", 0);
    const std::int32_t max = std::min(HeaderInt(call, "x-amz-max-parts", kMaxParts), kMaxParts);
    std::vector<Part> parts = call.s3.uploads().Parts(object.upload, after, max + 1);
    const bool truncated = max > 0 && parts.size() > static_cast<std::size_t>(max);
    parts.resize(std::min(parts.size(), static_cast<std::size_t>(max)));
    xml.Element("PartNumberMarker", after);
    xml.Element("NextPartNumberMarker", parts.empty() ? 0 : parts.back().number);
    xml.Element("MaxParts", max);
    xml.Element("IsTruncated", truncated);
    for (const Part& part : parts) {
      xml.Open("Part");
      xml.Element(ChecksumElement(object.checksum.algorithm), part.checksum);
      xml.Element("PartNumber", part.number);
      xml.Element("Size", static_cast<std::int64_t>(part.size));
      xml.Close("Part");
    }
  }
  xml.Close("ObjectParts");
}

}  // namespace

runtime::Task<void> GetObjectAttributes(Call& call) {
  CheckHeaders(call.request(), Access::kRead);
  const BucketPtr bucket = call.OwnedBucket();
  const std::optional<VersionRef> version = call.Version();
  const std::set<std::string_view> wanted = ReadAttributes(call);
  const std::optional<Object> object = call.s3.objects().Find(*bucket, call.key(), version);
  RequireObject(object ? &*object : nullptr, call.key(), version);
  OpeningKey(call, object->attributes.encryption);
  call.response().AddHeader("Last-Modified", base::FormatHttpDate(object->modified));
  AddVersionHeader(call.response(), *bucket, object->version_id);
  XmlAnswer xml(call, "GetObjectAttributesResponse");
  if (wanted.contains("ETag")) xml.Element("ETag", object->etag);  // here without quotes
  if (wanted.contains("Checksum")) {
    xml.Open("Checksum");
    xml.Checksum(object->checksum);
    xml.Close("Checksum");
  }
  if (wanted.contains("ObjectParts") && !object->upload.empty()) WriteParts(xml, call, *object);
  if (wanted.contains("StorageClass")) xml.Element("StorageClass", object->attributes.StorageClass());
  if (wanted.contains("ObjectSize")) xml.Element("ObjectSize", static_cast<std::int64_t>(object->size));
  co_return;
}

}  // namespace cumulite::s3
