#include "services/sqs/operations/message_move_tasks.h"

#include <simdjson.h>

#include "protocol/base64.h"
#include "protocol/json_writer.h"
#include "services/sqs/dead_letters.h"
#include "services/sqs/errors.h"
#include "services/sqs/move_tasks.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
using protocol::Wire;

protocol::Members StartMessageMoveTaskRequest::Describe() {
  using R = StartMessageMoveTaskRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::source_arn>("SourceArn").Required(),
      Wire<&R::destination_arn>("DestinationArn"),
      Wire<&R::max_number_of_messages_per_second>("MaxNumberOfMessagesPerSecond").Range(1, 500),
  };
  return kMembers;
}

protocol::Members StartMessageMoveTaskResponse::Describe() {
  using R = StartMessageMoveTaskResponse;
  static constexpr protocol::Member kMembers[] = {Wire<&R::task_handle>("TaskHandle")};
  return kMembers;
}

protocol::Members CancelMessageMoveTaskRequest::Describe() {
  using R = CancelMessageMoveTaskRequest;
  static constexpr protocol::Member kMembers[] = {Wire<&R::task_handle>("TaskHandle").Required()};
  return kMembers;
}

protocol::Members CancelMessageMoveTaskResponse::Describe() {
  using R = CancelMessageMoveTaskResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::approximate_number_of_messages_moved>("ApproximateNumberOfMessagesMoved"),
  };
  return kMembers;
}

protocol::Members ListMessageMoveTasksRequest::Describe() {
  using R = ListMessageMoveTasksRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::source_arn>("SourceArn").Required(),
      Wire<&R::max_results>("MaxResults").Range(1, 10),
  };
  return kMembers;
}

protocol::Members ListMessageMoveTasksResultEntry::Describe() {
  using E = ListMessageMoveTasksResultEntry;
  static constexpr protocol::Member kMembers[] = {
      Wire<&E::task_handle>("TaskHandle"),
      Wire<&E::status>("Status"),
      Wire<&E::source_arn>("SourceArn"),
      Wire<&E::destination_arn>("DestinationArn"),
      Wire<&E::max_number_of_messages_per_second>("MaxNumberOfMessagesPerSecond"),
      Wire<&E::approximate_number_of_messages_moved>("ApproximateNumberOfMessagesMoved"),
      Wire<&E::approximate_number_of_messages_to_move>("ApproximateNumberOfMessagesToMove"),
      Wire<&E::failure_reason>("FailureReason"),
      Wire<&E::started_timestamp>("StartedTimestamp"),
  };
  return kMembers;
}

protocol::Members ListMessageMoveTasksResponse::Describe() {
  using R = ListMessageMoveTasksResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::results>("Results").InQuery("ListMessageMoveTasksResultEntry").Flattened(),
  };
  return kMembers;
}

namespace {

AwsError NotFound(std::string_view parameter) {
  return {kResourceNotFound,
          "The resource that you specified for the " + std::string(parameter) + " parameter doesn't exist."};
}

/// The caller's queue of that ARN.
std::shared_ptr<Queue> FindOwn(SqsService& sqs, const protocol::RequestContext& context,
                               const std::string& arn, std::string_view parameter, std::string_view action) {
  if (!ParseQueueArn(arn))
    throw AwsError(kInvalidParameterValue, "Value for parameter " + std::string(parameter) + " is invalid.");
  auto queue = sqs.FindByArn(arn);
  if (!queue) throw NotFound(parameter);
  sqs.Authorize(*queue, context, action);
  return queue;
}

std::string FormatHandle(const MoveTask& task) {
  std::string text;
  protocol::JsonWriter json(text);
  json.OpenObject();
  json.Key("taskId");
  json.String(task.id);
  json.Key("sourceArn");
  json.String(task.source_arn);
  json.CloseObject();
  return protocol::Base64Encode(text);
}

struct TaskName {
  std::string id;
  std::string source_arn;
};

TaskName ParseHandle(const std::string& handle) {
  const auto text = protocol::Base64Decode(handle);
  simdjson::dom::parser parser;
  simdjson::dom::object object;
  std::string_view id;
  std::string_view source_arn;
  if (!text || parser.parse(text->data(), text->size()).get(object) != simdjson::SUCCESS ||
      object["taskId"].get(id) != simdjson::SUCCESS ||
      object["sourceArn"].get(source_arn) != simdjson::SUCCESS) {
    throw AwsError(kInvalidParameterValue, "Value for parameter TaskHandle is invalid.");
  }
  return {std::string(id), std::string(source_arn)};
}

std::string_view StatusText(MoveTask::Status status) {
  switch (status) {
    case MoveTask::Status::kRunning:
      return "RUNNING";
    case MoveTask::Status::kCompleted:
      return "COMPLETED";
    case MoveTask::Status::kCancelled:
      return "CANCELLED";
    case MoveTask::Status::kFailed:
      break;
  }
  return "FAILED";
}

ListMessageMoveTasksResultEntry Show(const MoveTask& task) {
  ListMessageMoveTasksResultEntry entry;
  if (task.status == MoveTask::Status::kRunning) entry.task_handle = FormatHandle(task);
  entry.status = StatusText(task.status);
  entry.source_arn = task.source_arn;
  if (!task.destination_arn.empty()) entry.destination_arn = task.destination_arn;
  entry.max_number_of_messages_per_second = task.messages_per_second;
  entry.approximate_number_of_messages_moved = task.moved;
  entry.approximate_number_of_messages_to_move = task.to_move;
  if (!task.failure.empty()) entry.failure_reason = task.failure;
  entry.started_timestamp = task.started_at.time_since_epoch().count();
  return entry;
}

}  // namespace

runtime::Task<StartMessageMoveTaskResponse> StartMessageMoveTask(SqsService& sqs,
                                                                 const protocol::RequestContext& context,
                                                                 StartMessageMoveTaskRequest request) {
  const auto source = FindOwn(sqs, context, request.source_arn, "SourceArn", "StartMessageMoveTask");
  if (SourcesOf(sqs, *source).empty()) {
    throw AwsError(kInvalidParameterValue, "Source queue must be configured as a Dead Letter Queue.");
  }
  if (request.destination_arn) {
    const auto destination =
        FindOwn(sqs, context, *request.destination_arn, "DestinationArn", "StartMessageMoveTask");
    if (destination == source) {
      throw AwsError(kInvalidParameterValue, "Source and destination queues must not be the same.");
    }
    if (destination->fifo() != source->fifo()) {
      throw AwsError(kInvalidParameterValue, "Source and destination queues must be of the same type.");
    }
  }
  if (!source->loaded()) co_await sqs.Load(source);
  MoveTask task;
  task.id = MessageId::Random().Text();
  task.source_arn = source->arn();
  task.destination_arn = request.destination_arn.value_or("");
  task.messages_per_second = request.max_number_of_messages_per_second;
  task.started_at = sqs.clock().Now();
  task.to_move = source->With([&](QueueState& state) {
    state.Advance(task.started_at);
    return static_cast<std::int64_t>(state.Count(Place::kVisible));
  });
  co_await sqs.move_tasks().Start(task);
  co_return StartMessageMoveTaskResponse{FormatHandle(task)};
}

runtime::Task<CancelMessageMoveTaskResponse> CancelMessageMoveTask(SqsService& sqs,
                                                                   const protocol::RequestContext& context,
                                                                   CancelMessageMoveTaskRequest request) {
  TaskName task = ParseHandle(request.task_handle);
  const auto source = sqs.FindByArn(task.source_arn);
  if (!source) throw NotFound("SourceArn");
  sqs.Authorize(*source, context, "CancelMessageMoveTask");
  const auto moved = co_await sqs.move_tasks().Cancel(std::move(task.source_arn), std::move(task.id));
  if (!moved) throw AwsError(kResourceNotFound, "Task does not exist.");
  co_return CancelMessageMoveTaskResponse{*moved};
}

runtime::Task<ListMessageMoveTasksResponse> ListMessageMoveTasks(SqsService& sqs,
                                                                 const protocol::RequestContext& context,
                                                                 ListMessageMoveTasksRequest request) {
  FindOwn(sqs, context, request.source_arn, "SourceArn", "ListMessageMoveTasks");
  const auto limit = static_cast<std::size_t>(request.max_results.value_or(1));
  ListMessageMoveTasksResponse response;
  for (const MoveTask& task : sqs.move_tasks().List(request.source_arn)) {
    if (response.results.size() == limit) break;
    response.results.push_back(Show(task));
  }
  co_return response;
}

}  // namespace cumulite::sqs
