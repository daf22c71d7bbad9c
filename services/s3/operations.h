#pragma once
#include <span>
#include <string_view>

#include "runtime/task.h"

namespace cumulite::s3 {
struct Call;

/// One operation that is built; all others of router.h answer 501 by their names.
struct Operation {
  std::string_view name;
  runtime::Task<void> (*handler)(Call& call);
};

std::span<const Operation> Operations();

}  // namespace cumulite::s3
