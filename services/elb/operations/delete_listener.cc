#include "services/elb/operations/delete_listener.h"

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members DeleteListenerRequest::Describe() {
  using T = DeleteListenerRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::listener_arn>("ListenerArn").Required(),
  };
  return kMembers;
}

runtime::Task<DeleteListenerResponse> DeleteListener(ElbService& elb, const protocol::RequestContext& context,
                                                     DeleteListenerRequest request) {
  RequireAllowed(context, request.listener_arn);
  const auto erase = [&] {
    Open<ListenerRecord>(elb.store().current(), request.listener_arn, context);
    elb.store().EraseListener(request.listener_arn);
  };
  co_await elb.Change(erase);
  elb.log().info("listener deleted arn={}", request.listener_arn);
  co_return DeleteListenerResponse{};
}

}  // namespace cumulite::elb
