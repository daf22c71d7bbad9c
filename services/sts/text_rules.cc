#include "services/sts/text_rules.h"

#include <algorithm>

namespace cumulite::sts {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }
bool IsWord(char c) { return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

/// Every character is a word character or one of `others`.
bool IsWordsOr(std::string_view text, std::string_view others) {
  return std::ranges::all_of(text,
                             [&](char c) { return IsWord(c) || others.find(c) != std::string_view::npos; });
}

}  // namespace

bool IsSessionName(std::string_view text) { return IsWordsOr(text, "+=,.@-"); }

bool IsRoleSessionName(std::string_view text) {
  return text.size() >= 2 && text.size() <= 64 && IsSessionName(text);
}

bool IsSourceIdentity(std::string_view text) { return IsRoleSessionName(text) && !text.starts_with("aws:"); }

}  // namespace cumulite::sts
