#include <array>
#include <string>

#include "protocol/http.h"
#include "services/sqs/errors.h"
#include "services/sqs/operations/change_message_visibility.h"
#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/delete_message.h"
#include "services/sqs/operations/delete_queue.h"
#include "services/sqs/operations/get_queue_attributes.h"
#include "services/sqs/operations/get_queue_url.h"
#include "services/sqs/operations/list_queues.h"
#include "services/sqs/operations/message_move_tasks.h"
#include "services/sqs/operations/permissions.h"
#include "services/sqs/operations/purge_queue.h"
#include "services/sqs/operations/queue_tags.h"
#include "services/sqs/operations/receive_message.h"
#include "services/sqs/operations/send_message.h"
#include "services/sqs/operations/send_message_batch.h"
#include "services/sqs/operations/set_queue_attributes.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
namespace {
using protocol::Operation;

constexpr std::array kOperations{
    Operation::Of<&AddPermission>("AddPermission"),
    Operation::Of<&CancelMessageMoveTask>("CancelMessageMoveTask"),
    Operation::Of<&ChangeMessageVisibility>("ChangeMessageVisibility"),
    Operation::Of<&ChangeMessageVisibilityBatch>("ChangeMessageVisibilityBatch")
        .Action("ChangeMessageVisibility"),
    Operation::Of<&CreateQueue>("CreateQueue"),
    Operation::Of<&DeleteMessage>("DeleteMessage"),
    Operation::Of<&DeleteMessageBatch>("DeleteMessageBatch").Action("DeleteMessage"),
    Operation::Of<&DeleteQueue>("DeleteQueue"),
    Operation::Of<&GetQueueAttributes>("GetQueueAttributes"),
    Operation::Of<&GetQueueUrl>("GetQueueUrl"),
    Operation::Of<&ListDeadLetterSourceQueues>("ListDeadLetterSourceQueues"),
    Operation::Of<&ListMessageMoveTasks>("ListMessageMoveTasks"),
    Operation::Of<&ListQueueTags>("ListQueueTags"),
    Operation::Of<&ListQueues>("ListQueues"),
    Operation::Of<&PurgeQueue>("PurgeQueue"),
    Operation::Of<&ReceiveMessage>("ReceiveMessage"),
    Operation::Of<&RemovePermission>("RemovePermission"),
    Operation::Of<&SendMessage>("SendMessage"),
    Operation::Of<&SendMessageBatch>("SendMessageBatch").Action("SendMessage"),
    Operation::Of<&SetQueueAttributes>("SetQueueAttributes"),
    Operation::Of<&StartMessageMoveTask>("StartMessageMoveTask"),
    Operation::Of<&TagQueue>("TagQueue"),
    Operation::Of<&UntagQueue>("UntagQueue"),
};

[[noreturn]] void RefuseMissing(const protocol::Member& member, std::string_view path) {
  if (path == "Entries") {
    throw AwsError(kEmptyBatchRequest,
                   "There should be at least one " + std::string(member.query_name) + " in the request.");
  }
  // The one handle that AWS asks for by another name.
  if (&member == &DeleteMessageRequest::Describe()[1]) throw Missing("MessageHandle");
  throw Missing(path);
}

[[noreturn]] void RefuseInvalid(const protocol::Member& member, std::string_view path,
                                std::string_view value) {
  std::string reason = "Must be between " + std::to_string(member.min) + " and " +
                       std::to_string(member.max) + ", if provided.";
  if (member.name == "WaitTimeSeconds") reason = "Must be >= 0 and <= 20, if provided.";
  throw InvalidValue(value, path, reason);
}

/// A queue's own URL serves the operations on that queue only (Developer Guide "Making Query API requests").
std::optional<std::string> RefuseAction(std::string_view action, bool known,
                                        const protocol::HttpRequest& request) {
  const bool queue_url = request.path.size() > 1;
  const bool of_no_queue = action == "CreateQueue" || action == "ListQueues";
  if (known && !(queue_url && of_no_queue)) return std::nullopt;
  return "The action " + std::string(action) + " is not valid for this endpoint.";
}

// A batch of 1 MiB, base64 and escapes included.
constexpr std::size_t kBodyLimit = 8U << 20U;

}  // namespace

const protocol::RpcModel kModel{
    .service = "sqs",
    .json_target = "AmazonSQS",
    .json_version = "1.0",
    .json_namespace = "com.amazonaws.sqs",
    .query_version = "2012-11-05",
    .xml_namespace = "http://queue.amazonaws.com/doc/2012-11-05/",
    .operations = kOperations,
    .not_built = {},
    .body_limit = kBodyLimit,
    .query_compatible = true,
    .missing = &RefuseMissing,
    .invalid = &RefuseInvalid,
    .refuse_action = &RefuseAction,
    .explain = &Explain,
    .omit_empty_result = true,
    .judges_anonymous_calls = true,  // a queue's policy may allow them
};

}  // namespace cumulite::sqs
