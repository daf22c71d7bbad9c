#include "services/elb/proxy/pattern.h"

#include <algorithm>

#include "base/text.h"

namespace cumulite::elb::proxy {

Pattern::Pattern(std::string_view text, Case letter_case, Escape escape)
    : fold_(letter_case == Case::kInsensitive) {
  using Kind = Token::Kind;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool escaped = escape == Escape::kBackslash && text[i] == '\\' && i + 1 < text.size() &&
                         std::string_view("*?\\").find(text[i + 1]) != std::string_view::npos;
    if (escaped) ++i;
    const char c = fold_ ? base::ToLower(text[i]) : text[i];
    if (!escaped && c == '*') {
      // Several in a row mean one.
      if (tokens_.empty() || tokens_.back().kind != Kind::kAny) tokens_.push_back({Kind::kAny, 0});
    } else {
      tokens_.push_back({!escaped && c == '?' ? Kind::kOne : Kind::kCharacter, c});
    }
  }
  const auto wildcard = std::ranges::find_if(tokens_, [](Token t) { return t.kind != Kind::kCharacter; });
  if (wildcard == tokens_.end()) {
    shape_ = Shape::kExact;
  } else if (wildcard->kind == Kind::kAny && wildcard + 1 == tokens_.end()) {
    shape_ = Shape::kPrefix;
  } else {
    shape_ = Shape::kGeneral;
    return;
  }
  for (const Token& token : tokens_) {
    if (token.kind == Kind::kCharacter) literal_ += token.character;
  }
  tokens_.clear();
}

bool Pattern::SameAt(const Token& token, char c) const {
  return token.kind == Token::Kind::kOne || token.character == (fold_ ? base::ToLower(c) : c);
}

bool Pattern::SameText(std::string_view text) const {
  if (!fold_) return text == literal_;
  return std::ranges::equal(text, literal_, [](char a, char b) { return base::ToLower(a) == b; });
}

bool Pattern::Matches(std::string_view text) const {
  switch (shape_) {
    case Shape::kExact:
      return text.size() == literal_.size() && SameText(text);
    case Shape::kPrefix:
      return text.size() >= literal_.size() && SameText(text.substr(0, literal_.size()));
    case Shape::kGeneral:
      break;
  }
  return MatchesGeneral(text);
}

/// Greedy from each `*`: when what follows it fails, the latest `*` takes one character more. An earlier one
/// never needs to be looked at again.
bool Pattern::MatchesGeneral(std::string_view text) const {
  using Kind = Token::Kind;
  constexpr std::size_t kNone = static_cast<std::size_t>(-1);
  std::size_t at = 0;
  std::size_t token = 0;
  std::size_t star = kNone;
  std::size_t star_at = 0;
  while (at < text.size()) {
    if (token < tokens_.size() && tokens_[token].kind == Kind::kAny) {
      star = token++;
      star_at = at;
    } else if (token < tokens_.size() && SameAt(tokens_[token], text[at])) {
      ++token;
      ++at;
    } else if (star != kNone) {
      token = star + 1;
      at = ++star_at;
    } else {
      return false;
    }
  }
  while (token < tokens_.size() && tokens_[token].kind == Kind::kAny) ++token;
  return token == tokens_.size();
}

}  // namespace cumulite::elb::proxy
