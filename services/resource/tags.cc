#include "services/resource/tags.h"

#include "protocol/http.h"
#include "protocol/tag_text.h"
#include "protocol/utf8.h"

namespace cumulite::resource {
namespace {
constexpr std::size_t kMaxKey = 128;
constexpr std::size_t kMaxValue = 256;
}  // namespace

bool IsReservedForAws(std::string_view text) { return protocol::EqualsIgnoreCase(text.substr(0, 4), "aws:"); }

std::optional<TagFault> FindTagFault(std::string_view key, std::string_view value) {
  if (key.empty() || protocol::CountCodePoints(key) > kMaxKey) return TagFault::kKeyLength;
  if (protocol::CountCodePoints(value) > kMaxValue) return TagFault::kValueLength;
  if (IsReservedForAws(key) || IsReservedForAws(value)) return TagFault::kReserved;
  if (!protocol::IsTagText(key)) return TagFault::kKeyCharacter;
  if (!protocol::IsTagText(value)) return TagFault::kValueCharacter;
  return std::nullopt;
}

}  // namespace cumulite::resource
