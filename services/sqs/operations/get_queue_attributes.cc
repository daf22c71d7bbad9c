#include "services/sqs/operations/get_queue_attributes.h"

#include <algorithm>

#include "services/sqs/errors.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
using protocol::Wire;

protocol::Members GetQueueAttributesRequest::Describe() {
  using R = GetQueueAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_url>("QueueUrl"),
      Wire<&R::attribute_names>("AttributeNames").InQuery("AttributeName").Flattened(),
  };
  return kMembers;
}

protocol::Members GetQueueAttributesResponse::Describe() {
  using R = GetQueueAttributesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::attributes>("Attributes").InQuery("Attribute").Flattened().Entries("Name", "Value"),
  };
  return kMembers;
}

namespace {

AttributeMap AllAttributes(Queue& queue, TimePoint now) {
  const auto description = queue.description();
  AttributeMap all = description->attributes.values();
  const auto seconds = [](TimePoint time) {
    return std::to_string(std::chrono::floor<std::chrono::seconds>(time).time_since_epoch().count());
  };
  all["QueueArn"] = queue.arn();
  all["CreatedTimestamp"] = seconds(queue.created_at());
  all["LastModifiedTimestamp"] = seconds(description->modified_at);
  queue.With([&](QueueState& state) {
    state.Advance(now);
    all["ApproximateNumberOfMessages"] = std::to_string(state.Count(Place::kVisible));
    all["ApproximateNumberOfMessagesNotVisible"] = std::to_string(state.Count(Place::kInFlight));
    all["ApproximateNumberOfMessagesDelayed"] = std::to_string(state.Count(Place::kDelayed));
  });
  return all;
}

}  // namespace

runtime::Task<GetQueueAttributesResponse> GetQueueAttributes(SqsService& sqs,
                                                             const protocol::RequestContext& context,
                                                             GetQueueAttributesRequest request) {
  const auto queue = co_await sqs.Open(request.queue_url, context, "GetQueueAttributes");
  for (const std::string& name : request.attribute_names) {
    if (!IsAttributeName(name)) throw AwsError(kInvalidAttributeName, "Unknown Attribute " + name + ".");
  }
  GetQueueAttributesResponse response;
  if (request.attribute_names.empty()) co_return response;
  AttributeMap all = AllAttributes(*queue, sqs.clock().Now());
  const auto& names = request.attribute_names;
  if (std::find(names.begin(), names.end(), "All") != names.end()) {
    response.attributes = std::move(all);
    co_return response;
  }
  for (const std::string& name : names) {
    if (const auto found = all.find(name); found != all.end()) response.attributes.insert(*found);
  }
  co_return response;
}

}  // namespace cumulite::sqs
