#pragma once
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/rpc.h"
#include "protocol/session.h"
#include "services/service.h"
#include "services/sts/identity_keys.h"

namespace cumulite::sts {

/// Tells callers who they are and hands out temporary credentials.
///
/// It keeps no state but the keys of identity tokens: the session token says whose the credentials are
/// (protocol/session.h).
/// Differs from AWS: any role can be assumed, for there is no IAM to ask; in strict mode those of the
/// caller's own account only.
/// Thread: any.
class StsService : public services::Service {
 public:
  /// `sessions` outlives the service.
  StsService(const protocol::SessionIssuer& sessions, std::filesystem::path data_directory,
             std::shared_ptr<runtime::WorkerPool> workers)
      : sessions_(sessions), keys_(std::move(data_directory), std::move(workers)) {}

  std::string_view name() const override { return "sts"; }
  runtime::Task<void> Handle(protocol::Exchange& exchange) override;
  runtime::Task<void> Reset(services::ResetScope scope) override;
  void Stop() override { keys_.WaitUntilIdle(); }

  const protocol::SessionIssuer& sessions() const { return sessions_; }
  IdentityKeys& keys() { return keys_; }

 private:
  runtime::Task<bool> ServePublished(protocol::Exchange& exchange);

  const protocol::SessionIssuer& sessions_;
  IdentityKeys keys_;
};

extern const protocol::RpcModel kModel;  // operations.cc

}  // namespace cumulite::sts
