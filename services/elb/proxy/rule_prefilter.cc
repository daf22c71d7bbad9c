#include "services/elb/proxy/rule_prefilter.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"

namespace cumulite::elb::proxy {
namespace {
/// What any text that the pattern matches begins with.
std::string_view LiteralBeginning(std::string_view pattern) {
  return pattern.substr(0, std::min(pattern.find_first_of("*?"), pattern.size()));
}
}  // namespace

bool RulePrefilter::AddCondition(const Condition& condition) {
  using Field = Condition::Field;
  const bool of_host = condition.field == Field::kHostHeader;
  if (!of_host && condition.field != Field::kPathPattern) return false;
  if (!condition.regex_values.empty() || condition.values.empty()) return false;
  const auto open = [](const std::string& value) { return LiteralBeginning(value).empty(); };
  if (std::ranges::any_of(condition.values, open)) return false;
  rules_.push_back({.first = static_cast<std::uint32_t>(beginnings_.size()),
                    .count = static_cast<std::uint32_t>(condition.values.size()),
                    .of_host = of_host});
  for (const std::string& value : condition.values) {
    const std::string_view literal = LiteralBeginning(value);
    beginnings_.push_back(
        {static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(literal.size())});
    text_ += of_host ? base::ToLower(std::string(literal)) : std::string(literal);
  }
  return true;
}

void RulePrefilter::Add(const Rule& rule) {
  for (const Condition& condition : rule.conditions) {
    if (AddCondition(condition)) return;
  }
  rules_.push_back({});
}

bool RulePrefilter::MayMatch(std::size_t number, const RequestFacts& facts) const {
  const Beginnings& of = rules_[number];
  if (of.count == 0) return true;
  const std::string_view text = of.of_host ? facts.host : facts.path;
  for (std::uint32_t i = of.first; i < of.first + of.count; ++i) {
    const std::string_view wanted(text_.data() + beginnings_[i].at, beginnings_[i].size);
    if (text.size() < wanted.size()) continue;
    const std::string_view start = text.substr(0, wanted.size());
    if (of.of_host ? protocol::EqualsIgnoreCase(start, wanted) : start == wanted) return true;
  }
  return false;
}

}  // namespace cumulite::elb::proxy
