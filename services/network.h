#pragma once
#include <optional>
#include <string>
#include <vector>

#include "runtime/task.h"

namespace cumulite::services {

/// How services find the networks of accounts without knowing EC2.
class NetworkLookup {
 public:
  struct Subnet {
    std::string vpc_id;
    std::string zone;  // "us-east-1a"
  };

  virtual ~NetworkLookup() = default;
  /// The subnets of these ids, in their order; nothing for one that the account never made in the region.
  /// Thread: an I/O thread; never throws.
  virtual runtime::Task<std::vector<std::optional<Subnet>>> FindSubnets(std::string account,
                                                                        std::string region,
                                                                        std::vector<std::string> ids) = 0;
  /// In which VPC each of these stands, VPCs themselves and security groups, in their order; empty for an
  /// elastic address; nothing for what the account never made in the region.
  /// Thread: an I/O thread; never throws.
  virtual runtime::Task<std::vector<std::optional<std::string>>> FindVpcs(std::string account,
                                                                          std::string region,
                                                                          std::vector<std::string> ids) = 0;
};

}  // namespace cumulite::services
