#include "runtime/run_on.h"

#include <future>

namespace cumulite::runtime {

void RunOn(Loop& loop, const std::function<void()>& work) {
  std::promise<void> done;
  loop.Post([&] {
    work();
    done.set_value();
  });
  done.get_future().wait();
}

}  // namespace cumulite::runtime
