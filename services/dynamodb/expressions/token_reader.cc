#include "services/dynamodb/expressions/token_reader.h"

#include <algorithm>
#include <charconv>
#include <limits>
#include <span>

namespace cumulite::dynamodb {
namespace {

constexpr std::string_view kConditionKeywords[] = {"AND", "OR", "NOT", "IN", "BETWEEN"};
constexpr std::string_view kUpdateKeywords[] = {"SET", "REMOVE", "ADD", "DELETE"};

std::span<const std::string_view> KeywordsOf(ExpressionKind kind) {
  if (kind == ExpressionKind::kProjection) return {};
  if (kind == ExpressionKind::kUpdate) return kUpdateKeywords;
  return kConditionKeywords;
}

}  // namespace

TokenReader::TokenReader(ExpressionKind kind, SyntaxTree& tree)
    : kind_(kind), tree_(tree), tokens_(Tokenize(tree.text)) {}

const Token& TokenReader::Peek(std::size_t ahead) const {
  return tokens_[std::min(next_ + ahead, tokens_.size() - 1)];
}

Token TokenReader::Take() {
  const Token token = Peek();
  if (next_ + 1 < tokens_.size()) ++next_;
  return token;
}

bool TokenReader::NextIs(std::string_view sign) const {
  return Peek().kind == TokenKind::kSign && Peek().text == sign;
}

bool TokenReader::TakeIf(std::string_view sign) {
  if (!NextIs(sign)) return false;
  ++next_;
  return true;
}

bool TokenReader::TakeKeyword(std::string_view keyword) {
  if (!IsKeyword(Peek(), keyword)) return false;
  ++next_;
  return true;
}

void TokenReader::Expect(std::string_view sign) {
  if (!TakeIf(sign)) Fail();
}

void TokenReader::ExpectEnd() const {
  if (Peek().kind != TokenKind::kEnd) Fail();
}

void TokenReader::Fail() const {
  const Token& token = Peek();
  const Token& first = next_ == 0 ? token : tokens_[next_ - 1];
  const Token& last = Peek(1);
  const std::size_t end = last.kind == TokenKind::kEnd && token.kind != TokenKind::kEnd
                              ? token.begin + token.text.size()
                          : last.kind == TokenKind::kEnd ? (next_ == 0 ? 0 : first.begin + first.text.size())
                                                         : last.begin + last.text.size();
  std::string problem = "Syntax error; token: \"";
  problem.append(token.text).append("\", near: \"");
  problem.append(tree_.text, first.begin, end - std::min<std::size_t>(end, first.begin)).append("\"");
  Refuse(kind_, problem);
}

bool TokenReader::IsOwnKeyword(const Token& token) const {
  return std::ranges::any_of(KeywordsOf(kind_),
                             [&](std::string_view keyword) { return IsKeyword(token, keyword); });
}

bool TokenReader::AtName() const {
  return Peek().kind == TokenKind::kName || (Peek().kind == TokenKind::kWord && !IsOwnKeyword(Peek()));
}

bool TokenReader::AtCall() const {
  return AtName() && Peek().kind == TokenKind::kWord && Peek(1).kind == TokenKind::kSign &&
         Peek(1).text == "(";
}

PathStep TokenReader::Step() {
  if (!AtName()) Fail();
  return builder_.Name(Take().text);
}

PathStep TokenReader::ListIndex() {
  if (Peek().kind != TokenKind::kNumber) Fail();
  const std::string_view digits = Take().text;
  std::int32_t index = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
  if (error != std::errc() && tree_.problem.empty()) {
    tree_.problem = "List index is not within the allowable range; index: [";
    tree_.problem.append(digits).append("]");
  }
  Expect("]");
  return TreeBuilder::Index(error == std::errc() ? index : 0);
}

std::uint32_t TokenReader::Path() {
  steps_.clear();
  steps_.push_back(Step());
  for (;;) {
    if (TakeIf(".")) {
      steps_.push_back(Step());
    } else if (TakeIf("[")) {
      steps_.push_back(ListIndex());
    } else {
      return builder_.AddPath(steps_);
    }
  }
}

std::uint32_t TokenReader::Value() { return builder_.AddValue(Take().text); }

}  // namespace cumulite::dynamodb
