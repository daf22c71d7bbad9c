#pragma once
#include <string_view>

namespace cumulite::sns {

/// Checks the form of a data protection policy: a document with Name, Version and Statement.
/// Errors: InvalidParameter.
/// Source: SNS Developer Guide "Understanding data protection policies in Amazon SNS".
void CheckDataProtectionPolicy(std::string_view json);

}  // namespace cumulite::sns
