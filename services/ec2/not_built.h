#pragma once
#include <span>
#include <string_view>

namespace cumulite::ec2 {

/// The operations that EC2 has and this server does not: they are refused by name.
std::span<const std::string_view> NotBuilt();

}  // namespace cumulite::ec2
