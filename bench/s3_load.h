#pragma once
#include <memory>

#include "bench/scenario.h"

namespace cumulite::bench {

/// What is asked of one bucket. Units are objects; of kList pages.
enum class S3Load {
  kPut,
  kGet,
  kHead,
  kList,       // a page of 1000 keys or common prefixes, with the delimiter "/"
  kMultipart,  // begins an upload of one part, sends it, completes it
  kFill,       // puts keys below a thousand prefixes, from where the backlog says
};

std::unique_ptr<Scenario> MakeS3Load(const ScenarioOptions& options, S3Load load);

}  // namespace cumulite::bench
