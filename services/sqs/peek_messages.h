#pragma once
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/operation.h"
#include "protocol/rpc.h"
#include "services/sqs/message.h"
#include "services/sqs/operations/receive_message.h"
#include "services/sqs/queue.h"

/// Looking into a queue in the shape of ReceiveMessage, as test suites for other emulators do:
/// /_aws/sqs/messages.
namespace cumulite::sqs {
class SqsService;

/// The first messages of a loaded queue that are `wanted`, oldest first, as they are at `now`.
std::vector<Message> Snapshot(Queue& queue, TimePoint now, std::size_t most,
                              const std::function<bool(const Message&)>& wanted);

struct PeekMessagesRequest {
  std::string queue_url;
  std::optional<bool> show_invisible;  // those in flight, too
  std::optional<bool> show_delayed;
  static protocol::Members Describe();
};

/// The messages as XML has them, also when it is told as JSON: {"Message": [{"Attribute": [{"Name": …}]}]}.
struct PeekedMessages {
  struct Attribute {
    std::string name;
    std::string value;
    static protocol::Members Describe();
  };
  struct UserAttribute {
    std::string name;
    MessageAttributeValue value;
    static protocol::Members Describe();
  };
  struct Message {
    std::string message_id;
    std::string receipt_handle;
    std::string md5_of_body;
    std::string body;
    std::vector<Attribute> attributes;
    std::optional<std::string> md5_of_message_attributes;
    std::vector<UserAttribute> message_attributes;
    static protocol::Members Describe();
  };
  std::vector<Message> messages;
  static protocol::Members Describe();
};

/// The visible messages of a queue, oldest first, and others if they are asked for; nothing is changed by it.
/// Their receipt handle is none. IsVisible and IsDelayed are among their attributes.
///
/// Shapes: the first thousand messages, or 8 MiB. Errors: QueueDoesNotExist, MissingParameter. Thread: any.
runtime::Task<ReceiveMessageResponse> PeekMessages(SqsService& sqs, const protocol::RequestContext& context,
                                                   PeekMessagesRequest request);
/// The same for the Query protocol.
runtime::Task<PeekedMessages> PeekMessageTree(SqsService& sqs, const protocol::RequestContext& context,
                                              PeekMessagesRequest request);

/// Answers GET or POST /_aws/sqs/messages or /_aws/sqs/messages/REGION/ACCOUNT/QUEUE (`rest`: what follows
/// "messages", decoded). XML, or JSON for "Accept: application/json" or format=json; AWS JSON for its
/// requests.
runtime::Task<void> ServePeek(SqsService& sqs, std::string_view rest, protocol::Exchange& exchange);

}  // namespace cumulite::sqs
