#include "services/acm/domain_name.h"

#include <algorithm>

namespace cumulite::acm {
namespace {

bool IsLabel(std::string_view text) {
  const auto allowed = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-';
  };
  return !text.empty() && text.size() <= 63 && !text.starts_with('-') && !text.ends_with('-') &&
         std::ranges::all_of(text, allowed);
}

}  // namespace

bool IsDomainName(std::string_view text) {
  if (text.starts_with("*.")) text.remove_prefix(2);
  std::size_t labels = 0;
  for (;; ++labels) {
    const std::size_t dot = text.find('.');
    if (!IsLabel(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return labels > 0 && text.size() > 1;
    text.remove_prefix(dot + 1);
  }
}

}  // namespace cumulite::acm
