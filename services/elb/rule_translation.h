#pragma once
#include <functional>
#include <memory>
#include <string>

#include "services/elb/proxy/snapshot.h"
#include "services/elb/records.h"

/// Rules as the data plane works by them. Pure.
namespace cumulite::elb {

/// The group of an ARN, never null for those that rules forward to.
using FindGroup = std::function<std::shared_ptr<const proxy::TargetGroup>(const std::string& arn)>;

proxy::Rule TranslateRule(const RuleRecord& record, const FindGroup& find_group);

}  // namespace cumulite::elb
