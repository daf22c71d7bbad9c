#include "services/sns/direct_publish.h"

#include <algorithm>

#include "protocol/arn.h"
#include "services/sns/access.h"
#include "services/sns/errors.h"
#include "services/sns/sns_service.h"

namespace cumulite::sns {
namespace {

/// E.164: '+' and up to 15 digits.
bool IsE164(std::string_view number) {
  constexpr std::size_t kMaxDigits = 15;
  if (!number.starts_with('+') || number.size() < 3 || number.size() > kMaxDigits + 1) return false;
  return std::ranges::all_of(number.substr(1), [](char c) { return c >= '0' && c <= '9'; });
}

std::string Record(SnsService& sns, Message message, std::string protocol, std::string endpoint) {
  std::string id = message.id;
  const base::TimePoint at = message.published;
  std::vector<Delivery> recorded;
  recorded.push_back({.at = at,
                      .message = std::make_shared<const Message>(std::move(message)),
                      .subscription = nullptr,
                      .protocol = std::move(protocol),
                      .endpoint = std::move(endpoint),
                      .outcome = Delivery::Outcome::kRecorded,
                      .attempt = 1,
                      .detail = {}});
  sns.delivery_log().Add(std::move(recorded));
  return id;
}

}  // namespace

bool IsEndpointArn(std::string_view arn) {
  const auto parsed = protocol::ParseArn(arn);
  return parsed && parsed->service == "sns" && parsed->resource.starts_with("endpoint/");
}

std::string ApplicationOfEndpoint(std::string_view endpoint_arn) {
  const auto parsed = protocol::ParseArn(endpoint_arn);
  if (!parsed) return {};
  std::string_view path = parsed->resource.substr(parsed->resource.find('/') + 1);
  path = path.substr(0, path.rfind('/'));
  return protocol::FormatArn("sns", parsed->region, parsed->account, "app/" + std::string(path));
}

std::string PublishToPhone(SnsService& sns, const protocol::RequestContext& context, std::string_view number,
                           PublishInput input) {
  AuthorizeOwn(context, "Publish");
  if (!IsE164(number)) throw Invalid("PhoneNumber", std::string(number) + " is not valid to publish to");
  return RecordTextMessage(sns, context, number, std::move(input));
}

std::string RecordTextMessage(SnsService& sns, const protocol::RequestContext& context,
                              std::string_view number, PublishInput input) {
  return Record(sns, ReadMessage(std::move(input), nullptr, PublicationOf(context)), "sms",
                std::string(number));
}

std::string PublishToEndpoint(SnsService& sns, const protocol::RequestContext& context,
                              const std::string& arn, PublishInput input) {
  AuthorizeOwn(context, "Publish");
  const std::string application = ApplicationOfEndpoint(arn);
  const auto endpoint = sns.records().Find(Records::kEndpoint, application, arn);
  if (!endpoint) throw Invalid("TargetArn", "No endpoint found for the target arn specified");
  if (ValueOf(*endpoint, "Enabled") == "false") throw AwsError(kEndpointDisabled, "Endpoint is disabled");
  const protocol::Identity& caller = context.identity;
  const auto owner =
      sns.records().Find(Records::kApplication, caller.account + "/" + caller.region, application);
  if (owner && ValueOf(*owner, "Enabled") == "false") {
    throw AwsError(kPlatformApplicationDisabled, "Platform application is disabled");
  }
  return Record(sns, ReadMessage(std::move(input), nullptr, PublicationOf(context)), "application", arn);
}

}  // namespace cumulite::sns
