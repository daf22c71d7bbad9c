#include "services/sqs/message_content.h"

#include <algorithm>

#include "protocol/base64.h"
#include "protocol/checksum.h"

namespace cumulite::sqs {

std::string BodyMd5Hex(const MessageContent& content) {
  return protocol::HexEncode({content.body_md5.data(), content.body_md5.size()});
}

std::string Md5Hex(std::string_view text) {
  return protocol::Checksum(protocol::ChecksumAlgorithm::kMd5, text).Hex();
}

std::string Md5OfTraceHeader(std::string_view trace_header) {
  return Md5Hex(messaging::EncodeTextAttribute("AWSTraceHeader", trace_header));
}

bool AttributeFilter::wants_all() const {
  return std::any_of(names_.begin(), names_.end(),
                     [](const std::string& name) { return name == "All" || name == "*" || name == ".*"; });
}

bool AttributeFilter::Wants(std::string_view name) const {
  if (wants_all()) return true;
  return std::any_of(names_.begin(), names_.end(), [name](std::string_view wanted) {
    if (!wanted.ends_with(".*")) return wanted == name;
    return name.starts_with(wanted.substr(0, wanted.size() - 2));
  });
}

}  // namespace cumulite::sqs
