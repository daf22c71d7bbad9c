#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "protocol/xml_reader.h"
#include "services/s3/documents/tagging.h"
#include "services/s3/xml_answer.h"

/// The tags of objects, kept as one text in the form of x-amz-tagging, ordered by key.
///
/// Shapes: at most 10 tags; keys of 1..128 characters, different ones; values of 0..256.
/// Source: S3 User Guide "Categorizing your objects using tags".
namespace cumulite::s3 {

/// x-amz-tagging: "a=b&c". Errors: InvalidArgument (malformed, a key twice), InvalidTag, BadRequest (too
/// many).
std::string ReadTagHeader(std::string_view header);

/// The body of PutObjectTagging. Errors: MalformedXML, InvalidTag, BadRequest.
std::string ReadTagging(std::string_view document);

/// The <TagSet> of those tags.
void WriteTagSet(XmlAnswer& xml, std::string_view tags);

std::size_t CountTags(std::string_view tags);
/// Whether `tag` is among them.
bool HasTag(std::string_view tags, const documents::Tag& tag);

}  // namespace cumulite::s3
