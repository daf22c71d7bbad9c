#pragma once
#include <string_view>
#include <vector>

namespace cumulite::config {

/// One page of `cumulite help TOPIC`: the page docs/NAME.md in short.
struct HelpTopic {
  std::string_view name;
  std::string_view text;  // ends with a line break
};

/// In alphabetical order.
const std::vector<HelpTopic>& HelpTopics();

}  // namespace cumulite::config
