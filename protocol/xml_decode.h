#pragma once
#include <string_view>

#include "protocol/members.h"
#include "protocol/xml_reader.h"

namespace cumulite::protocol {

/// Reads an XML document into a struct by its table, the inverse of EncodeXml: names, flattened lists, names
/// of list items and attributes are those of xml_codec.h. A struct without members is an element that says
/// something by being there (<SSE-S3/>).
///
/// False for what does not fit, so that the service can answer in its own words (S3: MalformedXML): text that
/// is not well-formed, another root, an element that the table does not know or that comes twice, one that is
/// required and missing (a flattened list: empty), text that is no number, boolean or time, and what the
/// table's enums and ranges exclude. Patterns are the service's to check.
/// Depth is bounded by XmlDocument, time by the length of the text and of the tables.
///
/// Source: Smithy "AWS restXml protocol", "XML bindings".
[[nodiscard]] bool DecodeXml(std::string_view document, std::string_view root, void* out, Members members);

/// The same for an element that was found in a larger document.
[[nodiscard]] bool DecodeXml(XmlNode element, void* out, Members members);

}  // namespace cumulite::protocol
