#pragma once
#include "runtime/task.h"
#include "server/startup/declaration.h"
#include "server/world.h"

namespace cumulite::server {

/// Makes a target group and registers its `target`s. Errors: as Declaration::Fail.
runtime::Task<void> MakeTargetGroup(World& world, Declaration declaration);

/// Makes a load balancer with its `listener`s and their `rule`s; a rule whose priority is taken stays as it
/// is. Where AWS wants a target group's ARN, its name will do. Errors: as Declaration::Fail.
runtime::Task<void> MakeLoadBalancer(World& world, Declaration declaration);

}  // namespace cumulite::server
