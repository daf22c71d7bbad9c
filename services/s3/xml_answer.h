#pragma once
#include <string>
#include <string_view>

#include "protocol/xml_writer.h"
#include "services/s3/call.h"

namespace cumulite::s3 {

/// The document that answers a call: writes the declaration and the root element, and closes it at the end.
///
///   XmlAnswer xml(call, "ListPartsResult");
///   xml.Element("Bucket", bucket->name);
class XmlAnswer : public protocol::XmlWriter {
 public:
  XmlAnswer(Call& call, std::string_view root);
  XmlAnswer(const XmlAnswer&) = delete;
  XmlAnswer& operator=(const XmlAnswer&) = delete;
  ~XmlAnswer() { Close(root_); }

  using XmlWriter::Element;
  void Element(std::string_view name, std::int32_t number) { Element(name, std::int64_t{number}); }
  /// "2026-01-02T03:04:05.000Z"
  void Time(std::string_view name, base::TimePoint time);
  void Etag(std::string_view etag);
  /// <name><ID/><DisplayName/></name>; S3 shows an account under a canonical id of 64 hex digits.
  void Owner(std::string_view name, std::string_view account, const protocol::Identity& caller);
  void Checksum(const ObjectChecksum& checksum);
  /// Elements that were written before.
  void Raw(std::string_view elements);

 private:
  const Call& call_;
  std::string& out_;
  const std::string root_;
};

/// Answers with a document that was written before, "<Root>...</Root>", in S3's namespace.
void AnswerDocument(Call& call, std::string_view document);

/// Whose objects of nobody's are: those that anonymous callers put into a bucket that lets them.
inline constexpr std::string_view kAnonymousAccount = "anonymous";

/// The canonical user id under which an account appears.
std::string CanonicalId(std::string_view account);

/// "2026-01-02T03:04:05.000Z"
std::string IsoMilliseconds(base::TimePoint time);

/// "\"<etag>\""
std::string Quoted(std::string_view etag);

}  // namespace cumulite::s3
