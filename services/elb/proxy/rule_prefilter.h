#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "services/elb/proxy/rule_matcher.h"
#include "services/elb/proxy/snapshot.h"

namespace cumulite::elb::proxy {

/// Tells at a glance that a rule cannot match: by what its path or host patterns begin with. These stand one
/// behind the other in memory, so that a hundred rules cost little more than one.
///
/// Immutable once all rules are in it. Thread: any.
class RulePrefilter {
 public:
  /// The next rule, in the order of evaluation.
  void Add(const Rule& rule);
  /// False only where the rule of that number matches nothing that looks so.
  bool MayMatch(std::size_t number, const RequestFacts& facts) const;

 private:
  struct Beginning {
    std::uint32_t at = 0;  // in text_
    std::uint32_t size = 0;
  };
  struct Beginnings {
    std::uint32_t first = 0;
    std::uint32_t count = 0;  // 0: nothing can be told
    bool of_host = false;     // else of the path
  };

  bool AddCondition(const Condition& condition);

  std::vector<Beginnings> rules_;
  std::vector<Beginning> beginnings_;
  std::string text_;
};

}  // namespace cumulite::elb::proxy
