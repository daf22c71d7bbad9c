#include "services/s3/xml_answer.h"

#include "base/time_text.h"

namespace cumulite::s3 {
namespace {
constexpr std::string_view kNamespace = "http://s3.amazonaws.com/doc/2006-03-01/";
constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
}  // namespace

XmlAnswer::XmlAnswer(Call& call, std::string_view root)
    : XmlWriter(call.response().body, protocol::XmlTimes::kMilliseconds),
      call_(call),
      out_(call.response().body),
      root_(root) {
  call.response().AddHeader("Content-Type", "application/xml");
  out_ = kDeclaration;
  Open(root, "xmlns", kNamespace);
}

void XmlAnswer::Time(std::string_view name, base::TimePoint time) { Element(name, IsoMilliseconds(time)); }

void XmlAnswer::Raw(std::string_view elements) { out_ += elements; }

void XmlAnswer::Etag(std::string_view etag) { Element("ETag", Quoted(etag)); }

void XmlAnswer::Owner(std::string_view name, std::string_view account, const protocol::Identity& caller) {
  Open(name);
  Element("ID", CanonicalId(account));
  std::string_view shown = account == caller.account ? caller.display_name : std::string_view{};
  if (shown.empty()) shown = call_.s3.DisplayName(account);
  if (!shown.empty()) Element("DisplayName", shown);
  Close(name);
}

void XmlAnswer::Checksum(const ObjectChecksum& checksum) {
  Element(ChecksumElement(checksum.algorithm), checksum.value);
  Element("ChecksumType", ToString(checksum.type));
}

void AnswerDocument(Call& call, std::string_view document) {
  const std::string_view root = document.substr(1, document.find('>') - 1);
  call.response().AddHeader("Content-Type", "application/xml");
  std::string& body = call.response().body;
  body = kDeclaration;
  protocol::XmlWriter xml(body);
  xml.Open(root, "xmlns", kNamespace);
  body += document.substr(root.size() + 2);
}

std::string IsoMilliseconds(base::TimePoint time) {
  // S3 keeps whole seconds, but shows milliseconds.
  return base::FormatIsoMilliseconds(std::chrono::floor<std::chrono::seconds>(time));
}

std::string CanonicalId(std::string_view account) {
  if (account == kAnonymousAccount) return "65a011a29cdf8ec533ec3d1ccaae921c";
  return protocol::Checksum(ChecksumAlgorithm::kSha256, "cumulite-canonical-user:" + std::string(account))
      .Hex();
}

std::string Quoted(std::string_view etag) { return '"' + std::string(etag) + '"'; }

}  // namespace cumulite::s3
