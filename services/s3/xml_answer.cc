#include "services/s3/xml_answer.h"

#include "protocol/amz_date.h"

namespace cumulite::s3 {
namespace {
constexpr std::string_view kNamespace = "http://s3.amazonaws.com/doc/2006-03-01/";
}

XmlAnswer::XmlAnswer(Call& call, std::string_view root) : XmlWriter(call.response().body), root_(root) {
  call.response().AddHeader("Content-Type", "application/xml");
  call.response().body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  Open(root, "xmlns", kNamespace);
}

void XmlAnswer::Time(std::string_view name, base::TimePoint time) {
  std::string text = protocol::FormatIsoSeconds(time);  // S3 keeps whole seconds, but shows milliseconds
  text.insert(text.size() - 1, ".000");
  Element(name, text);
}

void XmlAnswer::Etag(std::string_view etag) { Element("ETag", Quoted(etag)); }

void XmlAnswer::Owner(std::string_view name, std::string_view account, const protocol::Identity& caller) {
  Open(name);
  Element("ID", CanonicalId(account));
  if (account == caller.account && !caller.display_name.empty()) Element("DisplayName", caller.display_name);
  Close(name);
}

void XmlAnswer::Checksum(const ObjectChecksum& checksum) {
  Element(ChecksumElement(checksum.algorithm), checksum.value);
  Element("ChecksumType", ToString(checksum.type));
}

std::string CanonicalId(std::string_view account) {
  return protocol::Checksum(ChecksumAlgorithm::kSha256, account).Hex();
}

std::string Quoted(std::string_view etag) { return '"' + std::string(etag) + '"'; }

}  // namespace cumulite::s3
