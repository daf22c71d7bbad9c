#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "protocol/rpc.h"
#include "protocol/session.h"
#include "services/service.h"

namespace cumulite::sts {

/// Tells callers who they are and hands out temporary credentials.
///
/// It keeps no state: the session token says whose the credentials are (protocol/session.h).
/// Differs from AWS: any role can be assumed, for there is no IAM to ask; in strict mode those of the
/// caller's own account only.
/// Thread: any.
class StsService : public services::Service {
 public:
  /// `sessions` outlives the service.
  explicit StsService(const protocol::SessionIssuer& sessions) : sessions_(sessions) {}

  std::string_view name() const override { return "sts"; }
  runtime::Task<void> Handle(protocol::Exchange& exchange) override;
  runtime::Task<void> Reset(services::ResetScope scope) override;

  const protocol::SessionIssuer& sessions() const { return sessions_; }

 private:
  const protocol::SessionIssuer& sessions_;
};

extern const protocol::RpcModel kModel;  // operations.cc

}  // namespace cumulite::sts
