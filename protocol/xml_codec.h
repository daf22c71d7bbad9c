#pragma once
#include "protocol/members.h"
#include "protocol/xml_writer.h"

namespace cumulite::protocol {

/// Writes the members of `response` as elements, one after the other, by their table's Query names. Absent
/// optionals are left out, and so are empty lists and maps unless their row says KeepEmpty.
///
/// A member whose name has a prefix ("xsi:type") is an attribute of the element that holds the members, and
/// must be in the table's first row.
///
/// Source: Smithy "AWS Query protocol", "XML bindings".
void EncodeXml(const void* response, Members members, XmlWriter& xml);

}  // namespace cumulite::protocol
