#include "services/sns/attribute_checks.h"

#include <charconv>

#include "base/text.h"
#include "protocol/arn.h"
#include "services/sns/errors.h"

namespace cumulite::sns {

std::string CheckBoolean(std::string_view name, const std::string& value, std::string_view where) {
  std::string lower = base::ToLower(value);
  if (lower == "true" || lower == "false") return lower;
  throw Invalid(std::string(where) + std::string(name) + ": Invalid value [" + value +
                "]. Must be true or false.");
}

bool IsPercentage(std::string_view text) {
  int number = -1;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
  return read.ec == std::errc{} && read.ptr == text.data() + text.size() && number >= 0 && number <= 100;
}

bool IsRoleArn(std::string_view text) {
  const auto arn = protocol::ParseArn(text);
  return arn && arn->service == "iam" && arn->resource.starts_with("role/");
}

}  // namespace cumulite::sns
