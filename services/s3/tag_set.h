#pragma once
#include <string>

#include "protocol/xml_reader.h"

namespace cumulite::s3 {

/// The <Tag> elements of a bucket's tag set, checked and written anew: as they are kept and answered.
///
/// Shapes: at most 50 tags; keys of 1..128 characters, different ones; values of 0..256.
/// Errors: MalformedXML, InvalidTag, BadRequest (too many).
/// Source: S3 API Reference "PutBucketTagging"; Billing User Guide "Tag restrictions".
std::string ReadTagSet(protocol::XmlNode tag_set);

}  // namespace cumulite::s3
