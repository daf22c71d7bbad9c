#include "services/elb/proxy/rule_matcher.h"

#include <re2/re2.h>

#include <algorithm>

namespace cumulite::elb::proxy {
namespace {
using Field = Condition::Field;

/// What a compiled pattern of 128 characters may take.
constexpr std::int64_t kMaxRegexMemory = 1 << 20;

Pattern::Case CaseOf(Field field) {
  return field == Field::kPathPattern ? Pattern::Case::kSensitive : Pattern::Case::kInsensitive;
}
}  // namespace

std::unique_ptr<re2::RE2> CompileRegex(std::string_view pattern, Pattern::Case letter_case) {
  re2::RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(kMaxRegexMemory);
  options.set_case_sensitive(letter_case == Pattern::Case::kSensitive);
  options.set_encoding(re2::RE2::Options::EncodingLatin1);  // bytes: a request's text is of no encoding
  return std::make_unique<re2::RE2>(re2::StringPiece(pattern.data(), pattern.size()), options);
}

ConditionMatcher::ConditionMatcher(const Condition& condition)
    : field_(condition.field), header_name_(condition.header_name) {
  switch (field_) {
    case Field::kMethod:
      methods_ = condition.values;
      return;
    case Field::kSourceIp:
      for (const std::string& value : condition.values) {
        if (const std::optional<IpBlock> block = IpBlock::Parse(value)) blocks_.push_back(*block);
      }
      return;
    case Field::kQueryString:
      for (const Condition::Pair& pair : condition.pairs) {
        const auto compile = [](std::string_view text) {
          return Pattern(text, Pattern::Case::kInsensitive, Pattern::Escape::kBackslash);
        };
        std::optional<Pattern> key;
        if (pair.key) key.emplace(compile(*pair.key));
        pairs_.push_back({std::move(key), compile(pair.value)});
      }
      return;
    case Field::kHostHeader:
    case Field::kPathPattern:
    case Field::kHttpHeader:
      break;
  }
  for (const std::string& value : condition.values) patterns_.emplace_back(value, CaseOf(field_));
  for (const std::string& value : condition.regex_values) {
    regexes_.push_back(CompileRegex(value, CaseOf(field_)));
  }
}

ConditionMatcher::ConditionMatcher(ConditionMatcher&&) noexcept = default;
ConditionMatcher::~ConditionMatcher() = default;

bool ConditionMatcher::AnyPattern(std::string_view text) const {
  for (const Pattern& pattern : patterns_) {
    if (pattern.Matches(text)) return true;
  }
  for (const auto& regex : regexes_) {
    // Anywhere in the text, unless the pattern is anchored: RegexValues are not whole-text patterns.
    if (regex->ok() && re2::RE2::PartialMatch(re2::StringPiece(text.data(), text.size()), *regex))
      return true;
  }
  return false;
}

bool ConditionMatcher::AnyHeader(const RequestFacts& facts) const {
  return std::ranges::any_of(facts.headers, [this](const protocol::HeaderField& header) {
    return protocol::EqualsIgnoreCase(header.name, header_name_) && AnyPattern(header.value);
  });
}

bool ConditionMatcher::AnyPair(std::string_view query) const {
  while (!query.empty()) {
    const std::string_view pair = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(pair.size() + 1, query.size()));
    if (pair.empty()) continue;
    const std::size_t equals = pair.find('=');
    const std::string_view key = pair.substr(0, equals);
    const std::string_view value =
        equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
    for (const PairPattern& wanted : pairs_) {
      if ((!wanted.key || wanted.key->Matches(key)) && wanted.value.Matches(value)) return true;
    }
  }
  return false;
}

bool ConditionMatcher::Matches(const RequestFacts& facts) const {
  switch (field_) {
    case Field::kHostHeader:
      return AnyPattern(facts.host);
    case Field::kPathPattern:
      return AnyPattern(facts.path);
    case Field::kHttpHeader:
      return AnyHeader(facts);
    case Field::kMethod:
      return std::ranges::find(methods_, facts.method) != methods_.end();
    case Field::kQueryString:
      return AnyPair(facts.query);
    case Field::kSourceIp:
      break;
  }
  return std::ranges::any_of(blocks_, [&](const IpBlock& block) { return block.Contains(facts.source); });
}

RuleMatcher::RuleMatcher(const Rule& rule) {
  conditions_.reserve(rule.conditions.size());
  for (const Condition& condition : rule.conditions) conditions_.emplace_back(condition);
}

const ConditionMatcher* RuleMatcher::Mismatch(const RequestFacts& facts) const {
  for (const ConditionMatcher& condition : conditions_) {
    if (!condition.Matches(facts)) return &condition;
  }
  return nullptr;
}

bool RuleMatcher::Matches(const RequestFacts& facts) const { return Mismatch(facts) == nullptr; }

}  // namespace cumulite::elb::proxy
