#pragma once
#include <string>
#include <string_view>

#include "protocol/context.h"
#include "services/sns/publish_rules.h"

namespace cumulite::sns {
class SnsService;

/// "arn:aws:sns:us-east-1:000000000000:endpoint/GCM/app/uuid"
bool IsEndpointArn(std::string_view arn);
/// The application of such an endpoint: ".../app/GCM/app".
std::string ApplicationOfEndpoint(std::string_view endpoint_arn);

/// Sends a text message: nobody carries it here, so it is recorded (see DeliveryLog). Gives its MessageId.
/// Errors: InvalidParameter, ParameterValueInvalid.
std::string PublishToPhone(SnsService& sns, const protocol::RequestContext& context, std::string_view number,
                           PublishInput input);
/// The same for a number that was checked otherwise.
std::string RecordTextMessage(SnsService& sns, const protocol::RequestContext& context,
                              std::string_view number, PublishInput input);
/// Sends to a device, likewise.
/// Errors: InvalidParameter, EndpointDisabled, PlatformApplicationDisabled.
std::string PublishToEndpoint(SnsService& sns, const protocol::RequestContext& context,
                              const std::string& arn, PublishInput input);

}  // namespace cumulite::sns
