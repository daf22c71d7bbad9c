#include "services/sqs/operations/create_queue.h"

#include "protocol/http.h"
#include "services/sqs/errors.h"
#include "services/sqs/redrive_check.h"
#include "services/sqs/sqs_service.h"
#include "services/sqs/tags.h"

namespace cumulite::sqs {
using protocol::Wire;

protocol::Members CreateQueueRequest::Describe() {
  using R = CreateQueueRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_name>("QueueName").Required(),
      Wire<&R::attributes>("Attributes").InQuery("Attribute").Flattened().Entries("Name", "Value"),
      Wire<&R::tags>("tags").InQuery("Tag").Flattened().Entries("Key", "Value"),
  };
  return kMembers;
}

protocol::Members CreateQueueResponse::Describe() {
  using R = CreateQueueResponse;
  static constexpr protocol::Member kMembers[] = {Wire<&R::queue_url>("QueueUrl")};
  return kMembers;
}

namespace {

void CheckName(const CreateQueueRequest& request) {
  const std::string& name = request.queue_name;
  if (name.empty()) throw AwsError(kInvalidParameterValue, "Queue name cannot be empty");
  const auto fifo = request.attributes.find("FifoQueue");
  const bool wants_fifo =
      fifo != request.attributes.end() && protocol::EqualsIgnoreCase(fifo->second, "true");
  const bool named_fifo = TypeOfName(name) == QueueType::kFifo;
  if (wants_fifo && !named_fifo) {
    throw AwsError(kInvalidParameterValue,
                   "The name of a FIFO queue can only include alphanumeric characters, "
                   "hyphens, or underscores, must end with .fifo suffix and be 1 to 80 in length.");
  }
  if (!IsValidQueueName(name) || (named_fifo && !wants_fifo)) {
    throw AwsError(kInvalidParameterValue,
                   "Can only include alphanumeric characters, hyphens, or underscores. 1 to 80 in length");
  }
}

void CheckSame(const Queue& queue, const QueueAttributes& wanted, const AttributeMap& named) {
  const auto description = queue.description();
  const std::string* different = description->attributes.FirstDifference(wanted, named);
  if (different == nullptr) return;
  throw AwsError(
      kQueueNameExists,
      "A queue already exists with the same name and a different value for attribute " + *different);
}

}  // namespace

runtime::Task<CreateQueueResponse> CreateQueue(SqsService& sqs, const protocol::RequestContext& context,
                                               CreateQueueRequest request) {
  sqs.AuthorizeInAccount(context, "CreateQueue");
  CheckName(request);
  const QueueName name{context.identity.account, context.identity.region, request.queue_name};
  QueueAttributes attributes(TypeOfName(request.queue_name));
  attributes.Apply(request.attributes, QueueAttributes::Occasion::kCreate);
  CheckTags(request.tags);
  if (sqs.settings().enforce_cooldowns && sqs.DeletedAt(name)) {
    throw AwsError(
        kQueueDeletedRecently,
        "You must wait 60 seconds after deleting a queue before you can create another with the same name.");
  }
  auto queue = sqs.FindByName(name);
  if (!queue) {
    CheckRedrive(sqs, name, attributes);
    SqsService::Creation creation = sqs.Create(name, attributes, request.tags);
    if (creation.created) {
      co_await sqs.CommitCreation(std::move(creation.queue), std::move(creation.ticket));
      co_return CreateQueueResponse{sqs.UrlOf(name, context)};
    }
    queue = std::move(creation.queue);  // somebody else was quicker
  }
  CheckSame(*queue, attributes, request.attributes);
  const storage::Ticket made = sqs.store().Fence();  // whoever made it may still be waiting
  co_await sqs.Commit(queue, made);
  co_return CreateQueueResponse{sqs.UrlOf(name, context)};
}

}  // namespace cumulite::sqs
