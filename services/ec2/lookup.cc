#include "services/ec2/lookup.h"

#include <array>

namespace cumulite::ec2 {
namespace {

struct Words {
  std::string_view prefix;
  const ErrorKind& kind;
  std::string_view name;
};

constexpr std::array kWords{
    Words{"vpc", kInvalidVpcIdNotFound, "vpc ID"},
    Words{"subnet", kInvalidSubnetIdNotFound, "subnet ID"},
    Words{"sg", kInvalidGroupNotFound, "security group"},
    Words{"sgr", kInvalidSecurityGroupRuleIdNotFound, "security group rule ID"},
    Words{"igw", kInvalidInternetGatewayIdNotFound, "internetGateway ID"},
    Words{"rtb", kInvalidRouteTableIdNotFound, "routeTable ID"},
    Words{"eni", kInvalidNetworkInterfaceIdNotFound, "networkInterface ID"},
    Words{"eipalloc", kInvalidAllocationIdNotFound, "allocation ID"},
};

}  // namespace

AwsError NotFound(std::string_view prefix, std::string_view id) {
  const auto found = std::ranges::find(kWords, prefix, &Words::prefix);
  const Words& words = found == kWords.end() ? kWords.front() : *found;
  return {words.kind, "The " + std::string(words.name) + " '" + std::string(id) + "' does not exist"};
}

}  // namespace cumulite::ec2
