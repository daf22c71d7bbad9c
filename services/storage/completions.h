#pragma once
#include <vector>

#include "runtime/loop.h"
#include "services/storage/job_list.h"

namespace cumulite::storage {

/// Resumes whoever waits for the jobs of a group: one Post a loop, however many wait there.
///
/// Thread: the writer's. Internal to services/storage.
class Completions {
 public:
  /// Publishes each job's outcome and takes over the list's references.
  void Publish(JobList& jobs);

 private:
  struct Waiting {
    runtime::Loop* loop;
    detail::Job* first;
    detail::Job* last;
  };

  void Append(detail::Job* job);
  static void Resume(detail::Job* first);

  std::vector<Waiting> waiting_;
};

}  // namespace cumulite::storage
