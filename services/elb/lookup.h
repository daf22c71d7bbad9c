#pragma once
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "protocol/context.h"
#include "services/elb/elb_store.h"
#include "services/elb/errors.h"
#include "services/elb/names.h"

/// Finds what a request names, or refuses in AWS's words.
namespace cumulite::elb {

/// How AWS calls a kind of resource when it misses one.
struct KindWords {
  const ErrorKind& not_found;
  std::string_view one;   // "Load balancer"
  std::string_view many;  // "One or more load balancers not found"
  std::string_view arn;   // "load balancer ARN"
};

template <class R>
const KindWords& WordsOf();
template <>
const KindWords& WordsOf<LoadBalancerRecord>();
template <>
const KindWords& WordsOf<ListenerRecord>();
template <>
const KindWords& WordsOf<RuleRecord>();
template <>
const KindWords& WordsOf<TargetGroupRecord>();
template <>
const KindWords& WordsOf<TrustStoreRecord>();

/// Errors: ValidationError for what is no ARN of such a resource.
void CheckArn(std::string_view arn, std::string_view kind, const KindWords& words);
AwsError NotFound(std::string_view arn, const KindWords& words);

/// The resource of the caller that an ARN names; `queries`: store().committed() or, inside a job, current().
/// Errors: ValidationError, ...NotFound.
template <class R, class Queries>
R Open(const Queries& queries, std::string_view arn, const protocol::RequestContext& context) {
  const KindWords& words = WordsOf<R>();
  CheckArn(arn, R::kKind, words);
  auto record = IsOwn(arn, context.identity) ? queries.template Find<R>(arn) : std::nullopt;
  if (!record) throw NotFound(arn, words);
  return std::move(*record);
}

/// The same for lists of ARNs, which AWS misses in other words.
template <class R, class Queries>
std::vector<R> OpenAll(const Queries& queries, const std::vector<std::string>& arns,
                       const protocol::RequestContext& context) {
  const KindWords& words = WordsOf<R>();
  std::vector<R> records;
  for (const std::string& arn : arns) {
    CheckArn(arn, R::kKind, words);
    auto record = IsOwn(arn, context.identity) ? queries.template Find<R>(arn) : std::nullopt;
    if (!record) throw AwsError(words.not_found, std::string(words.many));
    records.push_back(std::move(*record));
  }
  return records;
}

}  // namespace cumulite::elb
