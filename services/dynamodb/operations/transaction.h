#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/context.h"
#include "services/dynamodb/operations/write_items.h"

namespace cumulite::dynamodb {

/// Why a transaction was cancelled: a reason for each of its actions, in their order.
class Cancellation {
 public:
  explicit Cancellation(std::size_t actions) : reasons_(actions) {}

  /// Runs `check`; a ValidationException becomes the action's reason, if it is the first one.
  template <class Check>
  void Try(std::size_t action, Check check) {
    if (any_) return;
    try {
      check();
    } catch (const AwsError& error) {
      NoteError(action, error);
    }
  }
  /// What kept an action from being done.
  void Note(std::size_t action, const Decision& decision, bool shows_item);

  /// Errors: TransactionCanceledException with CancellationReasons, unless all is well.
  void ThrowIfAny() const;

 private:
  struct Reason {
    std::string code = "None";
    std::string message;
    std::string item;  // JSON; empty: not shown
  };
  void NoteError(std::size_t action, const AwsError& error);

  std::vector<Reason> reasons_;
  bool any_ = false;
};

TransactionToken MakeToken(const protocol::Identity& identity, std::string_view token,
                           std::string_view request);

}  // namespace cumulite::dynamodb
