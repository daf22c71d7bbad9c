#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace cumulite::config {

/// Which of `names` somebody may have meant by `typed`; empty when none is near.
std::string Nearest(std::string_view typed, const std::vector<std::string>& names);

/// "; did you mean NAME? See cumulite help", without the question where no name is near.
std::string Hint(std::string_view typed, const std::vector<std::string>& names);

}  // namespace cumulite::config
