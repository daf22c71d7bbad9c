#pragma once
#include <string>

#include "protocol/operation.h"

namespace cumulite::elb {
class ElbService;

struct DeleteListenerRequest {
  std::string listener_arn;
  static protocol::Members Describe();
};

struct DeleteListenerResponse {
  static protocol::Members Describe() { return {}; }
};

/// Deletes a listener with its rules.
///
/// Errors: ListenerNotFound, ResourceInUse.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DeleteListener".
runtime::Task<DeleteListenerResponse> DeleteListener(ElbService& elb, const protocol::RequestContext& context,
                                                     DeleteListenerRequest request);

}  // namespace cumulite::elb
