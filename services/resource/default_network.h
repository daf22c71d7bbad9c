#pragma once
#include <string>
#include <string_view>

/// The network that every account has in every region from the beginning. Its ids follow from account and
/// region, so that whoever needs them need not ask.
namespace cumulite::resource {

/// "vpc-0" and sixteen hexadecimal digits; `kind` is what stands before the hyphen.
std::string FixedId(std::string_view kind, std::string_view account, std::string_view region,
                    std::string_view what = {});
std::string DefaultVpcId(std::string_view account, std::string_view region);
/// Of that VPC.
std::string DefaultSecurityGroupId(std::string_view account, std::string_view region);

}  // namespace cumulite::resource
