#pragma once
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/http.h"
#include "services/elb/proxy/ip_block.h"
#include "services/elb/proxy/pattern.h"
#include "services/elb/proxy/snapshot.h"

namespace re2 {
class RE2;
}

namespace cumulite::elb::proxy {

/// What rules look at. Views into the request.
struct RequestFacts {
  std::string_view host;  // without its port
  std::string_view path;  // without the query, not decoded
  std::string_view query;
  std::string_view method;
  std::span<const protocol::HeaderField> headers;
  IpAddress source;  // of the connection, never of X-Forwarded-For
};

/// One condition, compiled. A value that cannot be compiled matches nothing. Thread: any; immutable.
class ConditionMatcher {
 public:
  explicit ConditionMatcher(const Condition& condition);
  ConditionMatcher(ConditionMatcher&&) noexcept;
  ~ConditionMatcher();

  bool Matches(const RequestFacts& facts) const;
  Condition::Field field() const { return field_; }

 private:
  struct PairPattern {
    std::optional<Pattern> key;
    Pattern value;
  };

  bool AnyPattern(std::string_view text) const;
  bool AnyHeader(const RequestFacts& facts) const;
  bool AnyPair(std::string_view query) const;

  const Condition::Field field_;
  std::string header_name_;
  std::vector<Pattern> patterns_;
  std::vector<std::unique_ptr<re2::RE2>> regexes_;
  std::vector<std::string> methods_;
  std::vector<PairPattern> pairs_;
  std::vector<IpBlock> blocks_;
};

/// A rule's conditions: all must match. The default rule has none.
class RuleMatcher {
 public:
  explicit RuleMatcher(const Rule& rule);

  bool Matches(const RequestFacts& facts) const;
  /// The first condition that does not match, for an explanation; null when the rule matches.
  const ConditionMatcher* Mismatch(const RequestFacts& facts) const;

 private:
  std::vector<ConditionMatcher> conditions_;
};

/// RE2 as AWS's dialect wants it: quiet about bad patterns, bounded in memory, never backtracking.
std::unique_ptr<re2::RE2> CompileRegex(std::string_view pattern, Pattern::Case letter_case);

}  // namespace cumulite::elb::proxy
