#pragma once
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "protocol/exchange.h"
#include "protocol/memory_body.h"
#include "protocol/rpc.h"
#include "services/service.h"

namespace cumulite::test {

/// What came back from a call.
struct RpcReply {
  int status = 0;
  std::string headers;
  std::string body;
  std::string operation;   // for the access line
  std::string error_code;  // likewise

  /// The value of a header line, empty when it is not there.
  std::string Header(std::string_view name) const;
};

class PendingRpcCall;

/// One request to an RPC service, without a socket. Fill in what matters, then Send or Begin.
struct RpcCall {
  std::string method = "POST";
  std::string target = "/";
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string account = "000000000000";
  std::string access_key = "test";
  std::shared_ptr<const protocol::SessionAttributes> session = nullptr;  // of temporary credentials
  bool strict = false;                                                   // policies are evaluated
  const base::Clock* clock = nullptr;
  const protocol::Judge* judge = nullptr;  // null: accounts and policies

  /// X-Amz-Target and content type of AWS JSON.
  static RpcCall Json(const protocol::RpcModel& model, std::string_view operation, std::string body);
  /// A form body; `form` starts behind "Action=…&Version=…&".
  static RpcCall Query(const protocol::RpcModel& model, std::string_view operation, std::string form = {});

  /// Runs it to its end; the operation must not wait.
  RpcReply Send(const protocol::RpcModel& model, void* service) const;
  RpcReply Send(services::Service& service) const;
  /// Runs it as far as it gets without waiting. What it waits for comes over the thread's loop.
  std::unique_ptr<PendingRpcCall> Begin(services::Service& service) const;
};

/// A call under way, with all that its operation refers to. Must be done before it is destroyed.
class PendingRpcCall {
 public:
  template <class Handle>
  PendingRpcCall(RpcCall call, Handle handle) : PendingRpcCall(std::move(call)) {
    task_.emplace(handle(exchange_));
  }
  PendingRpcCall(const PendingRpcCall&) = delete;
  PendingRpcCall& operator=(const PendingRpcCall&) = delete;

  bool done() const { return task_->done(); }
  /// The answer of a call that is done(); rethrows what the service threw out of it.
  RpcReply Reply();

 private:
  explicit PendingRpcCall(RpcCall call);

  const RpcCall call_;
  std::vector<protocol::HeaderField> fields_;
  protocol::HttpRequest request_;
  protocol::MemoryBody body_;
  protocol::Exchange exchange_;
  std::optional<runtime::Task<void>> task_;
};

}  // namespace cumulite::test
