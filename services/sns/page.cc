#include "services/sns/page.h"

#include <charconv>

#include "protocol/base64.h"
#include "services/sns/errors.h"

namespace cumulite::sns {

std::string MakeToken(const std::string& last) { return protocol::Base64Encode(last); }

std::string ReadToken(const std::optional<std::string>& token) {
  if (!token || token->empty()) return {};
  auto last = protocol::Base64Decode(*token);
  if (!last || last->empty()) throw Invalid("NextToken");
  return std::move(*last);
}

std::int64_t ReadNumberToken(const std::optional<std::string>& token) {
  const std::string text = ReadToken(token);
  std::int64_t number = 0;
  if (text.empty()) return number;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  if (read.ec != std::errc{} || read.ptr != text.data() + text.size()) throw Invalid("NextToken");
  return number;
}

}  // namespace cumulite::sns
