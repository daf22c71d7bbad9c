#pragma once
#include <functional>

#include "runtime/loop.h"

namespace cumulite::runtime {

/// Runs `work` on the loop's thread and waits until it is done. Thread: any but those of loops.
void RunOn(Loop& loop, const std::function<void()>& work);

}  // namespace cumulite::runtime
