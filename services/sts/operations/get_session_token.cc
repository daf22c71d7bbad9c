#include "services/sts/operations/get_session_token.h"

#include "services/sts/session_policy.h"
#include "services/sts/sts_service.h"

namespace cumulite::sts {
using protocol::Wire;

protocol::Members GetSessionTokenRequest::Describe() {
  using R = GetSessionTokenRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::duration_seconds>("DurationSeconds").Range(900, 129'600),
      Wire<&R::serial_number>("SerialNumber").Length(9, 256).Pattern(R"([\w+=/:,.@-]*)"),
      Wire<&R::token_code>("TokenCode").Length(6, 6).Pattern(R"([\d]*)"),
  };
  return kMembers;
}

protocol::Members GetSessionTokenResponse::Describe() {
  static constexpr protocol::Member kMembers[] = {
      Wire<&GetSessionTokenResponse::credentials>("Credentials"),
  };
  return kMembers;
}

runtime::Task<GetSessionTokenResponse> GetSessionToken(StsService& sts,
                                                       const protocol::RequestContext& context,
                                                       GetSessionTokenRequest request) {
  RefuseSessionCredentials(context, "GetSessionToken");
  constexpr std::int32_t kTwelveHours = 43'200;
  const std::chrono::seconds duration{request.duration_seconds.value_or(kTwelveHours)};
  protocol::SessionAttributes session{.expires = context.clock->Now() + duration};
  co_return GetSessionTokenResponse{
      .credentials = MakeCredentials(sts.sessions(), context.identity, std::move(session))};
}

}  // namespace cumulite::sts
