#include "services/elb/proxy/transform.h"

#include <re2/re2.h>

#include <algorithm>

#include "services/elb/proxy/rule_matcher.h"

namespace cumulite::elb::proxy {
namespace {
/// RE2 writes its groups "\1"; a backslash of the user's own is none.
std::string InSyntaxOfRe2(std::string_view replace) {
  std::string out;
  for (std::size_t i = 0; i < replace.size(); ++i) {
    const bool group =
        replace[i] == '$' && i + 1 < replace.size() && replace[i + 1] >= '0' && replace[i + 1] <= '9';
    if (group) {
      out += '\\';
    } else if (replace[i] == '\\') {
      out += "\\\\";
    } else {
      out += replace[i];
    }
  }
  return out;
}

bool IsSendable(Transform::Kind kind, std::string_view text) {
  const bool plain = std::ranges::none_of(text, [](unsigned char c) { return c <= ' ' || c == 0x7f; });
  return plain && !text.empty() && (kind == Transform::Kind::kHostHeaderRewrite || text.front() == '/');
}
}  // namespace

Transformer::Transformer(const std::vector<Transform>& transforms) {
  for (const Transform& transform : transforms) {
    const auto letter_case = transform.kind == Transform::Kind::kHostHeaderRewrite
                                 ? Pattern::Case::kInsensitive
                                 : Pattern::Case::kSensitive;
    rewrites_.push_back(
        {transform.kind, CompileRegex(transform.regex, letter_case), InSyntaxOfRe2(transform.replace)});
  }
}

Transformer::Transformer(Transformer&&) noexcept = default;
Transformer::~Transformer() = default;

Transformer::Result Transformer::Rewrite(Transform::Kind kind, std::string_view text) const {
  for (const Compiled& rewrite : rewrites_) {
    if (rewrite.kind != kind) continue;
    if (!rewrite.regex->ok()) return {Result::Kind::kFailed, {}};
    std::string changed(text);
    std::string error;
    if (!rewrite.regex->CheckRewriteString(rewrite.replace, &error)) return {Result::Kind::kFailed, {}};
    if (!re2::RE2::Replace(&changed, *rewrite.regex, rewrite.replace)) return {};
    if (!IsSendable(kind, changed)) return {Result::Kind::kFailed, {}};
    return {Result::Kind::kChanged, std::move(changed)};
  }
  return {};
}

}  // namespace cumulite::elb::proxy
