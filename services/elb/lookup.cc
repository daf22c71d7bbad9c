#include "services/elb/lookup.h"

namespace cumulite::elb {

template <>
const KindWords& WordsOf<LoadBalancerRecord>() {
  static constexpr KindWords kWords{kLoadBalancerNotFound, "Load balancer",
                                    "One or more load balancers not found", "load balancer ARN"};
  return kWords;
}

template <>
const KindWords& WordsOf<ListenerRecord>() {
  static constexpr KindWords kWords{kListenerNotFound, "Listener", "One or more listeners not found",
                                    "listener ARN"};
  return kWords;
}

template <>
const KindWords& WordsOf<RuleRecord>() {
  static constexpr KindWords kWords{kRuleNotFound, "Rule", "One or more rules not found",
                                    "listener rule ARN"};
  return kWords;
}

template <>
const KindWords& WordsOf<TargetGroupRecord>() {
  static constexpr KindWords kWords{kTargetGroupNotFound, "Target group",
                                    "One or more target groups not found", "target group ARN"};
  return kWords;
}

template <>
const KindWords& WordsOf<TrustStoreRecord>() {
  static constexpr KindWords kWords{kTrustStoreNotFound, "Trust store", "One or more trust stores not found",
                                    "trust store ARN"};
  return kWords;
}

void CheckArn(std::string_view arn, std::string_view kind, const KindWords& words) {
  if (KindOf(arn) != kind) {
    throw Invalid("'" + std::string(arn) + "' is not a valid " + std::string(words.arn));
  }
}

AwsError NotFound(std::string_view arn, const KindWords& words) {
  return {words.not_found, std::string(words.one) + " '" + std::string(arn) + "' not found"};
}

}  // namespace cumulite::elb
