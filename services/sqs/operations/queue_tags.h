#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sqs {
class SqsService;

struct TagQueueRequest {
  std::string queue_url;
  std::map<std::string, std::string> tags;
  std::map<std::string, std::string> documented_tags;  // the same under the API Reference's Query name
  static protocol::Members Describe();
};

struct TagQueueResponse {
  static protocol::Members Describe() { return {}; }
};

/// Adds tags, or replaces the values of those that are there.
///
/// Errors: QueueDoesNotExist, InvalidParameterValue.
/// Thread: any. Answers after the tags are stored. Source: SQS API Reference "TagQueue".
runtime::Task<TagQueueResponse> TagQueue(SqsService& sqs, const protocol::RequestContext& context,
                                         TagQueueRequest request);

struct UntagQueueRequest {
  std::string queue_url;
  std::vector<std::string> tag_keys;
  static protocol::Members Describe();
};

struct UntagQueueResponse {
  static protocol::Members Describe() { return {}; }
};

/// Removes tags; a key that is not there is no error.
///
/// Errors: QueueDoesNotExist.
/// Thread: any. Answers after the tags are stored. Source: SQS API Reference "UntagQueue".
runtime::Task<UntagQueueResponse> UntagQueue(SqsService& sqs, const protocol::RequestContext& context,
                                             UntagQueueRequest request);

struct ListQueueTagsRequest {
  std::string queue_url;
  static protocol::Members Describe();
};

struct ListQueueTagsResponse {
  std::map<std::string, std::string> tags;
  static protocol::Members Describe();
};

/// The tags of a queue.
///
/// Errors: QueueDoesNotExist.
/// Thread: any. Source: SQS API Reference "ListQueueTags".
runtime::Task<ListQueueTagsResponse> ListQueueTags(SqsService& sqs, const protocol::RequestContext& context,
                                                   ListQueueTagsRequest request);

}  // namespace cumulite::sqs
