#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "protocol/rpc.h"
#include "services/service.h"

namespace cumulite::sts {

/// Tells callers who they are and hands out temporary credentials.
///
/// It keeps no state: an access key id that it makes carries its account (protocol/temporary_key.h).
/// Differs from AWS: any role can be assumed by anybody, for there is no IAM to ask.
/// Thread: any.
class StsService : public services::Service {
 public:
  std::string_view name() const override { return "sts"; }
  runtime::Task<void> Handle(protocol::Exchange& exchange) override;
  void RenderError(const protocol::AwsError& error, protocol::Exchange& exchange) override;
  runtime::Task<void> Reset(std::optional<std::string> account) override;
};

extern const protocol::RpcModel kModel;  // operations.cc

}  // namespace cumulite::sts
