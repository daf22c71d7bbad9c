#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "protocol/http.h"

namespace cumulite::sns {
class SnsService;

/// What the admin API shows of SNS, as JSON; nothing for an unknown resource.
///
///   deliveries?topic=ARN          all attempts with their outcome, of one topic or of all
///   sms-messages?…                text messages that were sent, by region (accountId, region, phoneNumber)
///   platform-endpoint-messages?…  what was pushed, by endpoint (accountId, region, endpointArn)
///   subscription-tokens/ARN       the token that confirms a subscription
struct Inspected {
  int status = 200;
  std::string body;
};
std::optional<Inspected> Inspect(const SnsService& sns, std::string_view resource,
                                 const protocol::HttpRequest& request);

}  // namespace cumulite::sns
