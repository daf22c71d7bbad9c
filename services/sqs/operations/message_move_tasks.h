#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sqs {
class SqsService;

struct StartMessageMoveTaskRequest {
  std::string source_arn;
  std::optional<std::string> destination_arn;
  std::optional<std::int32_t> max_number_of_messages_per_second;
  static protocol::Members Describe();
};

struct StartMessageMoveTaskResponse {
  std::string task_handle;
  static protocol::Members Describe();
};

/// Begins to move the messages of a dead-letter queue to another queue, or each to where it came from.
///
/// Shapes: max_number_of_messages_per_second 1..500.
/// Errors: ResourceNotFoundException, InvalidParameterValue, UnsupportedOperation.
/// Thread: any. Answers once the task is stored; it runs in the background.
/// Source: SQS API Reference "StartMessageMoveTask".
runtime::Task<StartMessageMoveTaskResponse> StartMessageMoveTask(SqsService& sqs,
                                                                 const protocol::RequestContext& context,
                                                                 StartMessageMoveTaskRequest request);

struct CancelMessageMoveTaskRequest {
  std::string task_handle;
  static protocol::Members Describe();
};

struct CancelMessageMoveTaskResponse {
  std::int64_t approximate_number_of_messages_moved = 0;
  static protocol::Members Describe();
};

/// Ends a running task; what it moved stays moved.
///
/// Errors: ResourceNotFoundException, InvalidParameterValue.
/// Thread: any. Source: SQS API Reference "CancelMessageMoveTask".
runtime::Task<CancelMessageMoveTaskResponse> CancelMessageMoveTask(SqsService& sqs,
                                                                   const protocol::RequestContext& context,
                                                                   CancelMessageMoveTaskRequest request);

struct ListMessageMoveTasksRequest {
  std::string source_arn;
  std::optional<std::int32_t> max_results;
  static protocol::Members Describe();
};

struct ListMessageMoveTasksResultEntry {
  std::optional<std::string> task_handle;  // of running ones
  std::string status;
  std::string source_arn;
  std::optional<std::string> destination_arn;
  std::optional<std::int32_t> max_number_of_messages_per_second;
  std::int64_t approximate_number_of_messages_moved = 0;
  std::int64_t approximate_number_of_messages_to_move = 0;
  std::optional<std::string> failure_reason;
  std::int64_t started_timestamp = 0;  // milliseconds
  static protocol::Members Describe();
};

struct ListMessageMoveTasksResponse {
  std::vector<ListMessageMoveTasksResultEntry> results;
  static protocol::Members Describe();
};

/// The latest tasks of a queue, the newest first.
///
/// Shapes: max_results 1..10, 1 unless given.
/// Errors: ResourceNotFoundException.
/// Thread: any. Source: SQS API Reference "ListMessageMoveTasks".
runtime::Task<ListMessageMoveTasksResponse> ListMessageMoveTasks(SqsService& sqs,
                                                                 const protocol::RequestContext& context,
                                                                 ListMessageMoveTasksRequest request);

}  // namespace cumulite::sqs
