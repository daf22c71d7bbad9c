#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "protocol/http.h"

namespace cumulite::elb {
class ElbService;

/// What the admin API shows of load balancers, as JSON; nothing for an unknown resource.
///
///   load-balancers                        all, with their addresses and whether their ports could be bound
///   explain?host=…&path=…&method=…        which rule, action and target a request would get, and why
///                                         (also source_ip, port, header=NAME:VALUE, which may come again)
///   trust-store?arn=…                     its bundle of authorities as PEM; with revocation=ID that list
///   public-keys/KEY_ID                    the PEM that x-amzn-oidc-data is verified with, in place of AWS's
///                                         public-keys.auth.elb.REGION.amazonaws.com/KEY_ID
struct Inspected {
  int status = 200;
  std::string body;
  std::string_view content_type = "application/json";
};
std::optional<Inspected> Inspect(const ElbService& elb, std::string_view resource,
                                 const protocol::HttpRequest& request);

}  // namespace cumulite::elb
