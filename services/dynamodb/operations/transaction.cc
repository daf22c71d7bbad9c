#include "services/dynamodb/operations/transaction.h"

#include "protocol/checksum.h"
#include "protocol/json_writer.h"
#include "services/dynamodb/dynamodb_service.h"

namespace cumulite::dynamodb {

void Cancellation::NoteError(std::size_t action, const AwsError& error) {
  any_ = true;
  std::string code(error.kind().code);
  if (code == kValidation.code) code = "ValidationError";
  if (code == kThrottled.code) code = "ThrottlingError";
  if (code == kProvisionedThroughputExceeded.code) code = "ProvisionedThroughputExceeded";
  reasons_[action] = {.code = std::move(code), .message = error.message()};
}

void Cancellation::Note(std::size_t action, const Decision& decision, bool shows_item) {
  if (decision.error) return NoteError(action, *decision.error);
  if (!decision.refused) return;
  any_ = true;
  reasons_[action] = {.code = "ConditionalCheckFailed", .message = "The conditional request failed"};
  if (shows_item && decision.old) reasons_[action].item = decision.old->body;
}

void Cancellation::ThrowIfAny() const {
  if (!any_) return;
  std::string codes;
  std::string text;
  protocol::JsonWriter json(text);
  json.OpenArray();
  for (const Reason& reason : reasons_) {
    if (!codes.empty()) codes += ", ";
    codes += reason.code;
    json.OpenObject();
    json.Key("Code");
    json.String(reason.code);
    if (!reason.message.empty()) {
      json.Key("Message");
      json.String(reason.message);
    }
    if (!reason.item.empty()) {
      json.Key("Item");
      json.Value() += reason.item;
    }
    json.CloseObject();
  }
  json.CloseArray();
  throw AwsError(
      kTransactionCanceled,
      "Transaction cancelled, please refer cancellation reasons for specific reasons [" + codes + "]")
      .With("CancellationReasons", std::move(text));
}

TransactionToken MakeToken(const protocol::Identity& identity, std::string_view token,
                           std::string_view request) {
  const protocol::Digest digest = protocol::Checksum(protocol::ChecksumAlgorithm::kSha256, request);
  return {identity.account, identity.region, std::string(token), std::string(digest.bytes())};
}

}  // namespace cumulite::dynamodb
