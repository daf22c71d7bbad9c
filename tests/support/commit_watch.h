#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "services/service.h"
#include "tests/support/failing_vfs.h"
#include "tests/support/manual_loop.h"
#include "tests/support/rpc_call.h"

namespace cumulite::test {

/// What the success of an operation says about the database.
enum class Promise : unsigned char {
  kCommitted,  // the change is in it
  kLater,      // a change is on its way that may be lost
  kNothing,    // nothing was changed
};

/// Holds a service to its promise: nothing is answered with success before it is committed.
///
/// The service's database is on kFailingVfs. Each function takes a call that would succeed, and leaves the
/// disk in order. Thread: the loop's.
class CommitWatch {
 public:
  CommitWatch(services::Service& service, test_support::ManualLoop& loop, storage::Faults& faults)
      : service_(service), loop_(loop), faults_(faults) {}

  /// Makes the call while the disk stands still: what is promised decides whether it may be answered, and
  /// whether anything may be written. Once the disk goes on it must succeed.
  void ExpectPromise(const RpcCall& call, Promise promise);
  /// Makes the call while the disk is full: what must be committed is answered with that status, all else
  /// succeeds.
  void ExpectFullDiskAnswer(const RpcCall& call, Promise promise, int status);

 private:
  /// Runs it to its end; what is thrown out of the service is a 500, as in the server.
  RpcReply Finish(PendingRpcCall& call);
  /// Waits until the writer has nothing to do.
  void Settle();
  std::uint64_t Queued() const;

  services::Service& service_;
  test_support::ManualLoop& loop_;
  storage::Faults& faults_;
};

/// Holds a table of operations against the service's model: one line for each that has no row, more than one,
/// or is none of the model's. Empty when all is well, so that no later operation is forgotten.
std::vector<std::string> OperationsWithoutRow(const protocol::RpcModel& model,
                                              const std::vector<std::string_view>& rows);

}  // namespace cumulite::test
