#include "services/sqs/operations/list_queues.h"

#include "services/resource/page_token.h"
#include "services/sqs/dead_letters.h"
#include "services/sqs/errors.h"
#include "services/sqs/sqs_service.h"

namespace cumulite::sqs {
using protocol::Wire;

protocol::Members ListQueuesRequest::Describe() {
  using R = ListQueuesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_name_prefix>("QueueNamePrefix"),
      Wire<&R::next_token>("NextToken"),
      Wire<&R::max_results>("MaxResults").Range(1, 1'000),
  };
  return kMembers;
}

protocol::Members ListQueuesResponse::Describe() {
  using R = ListQueuesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_urls>("QueueUrls").InQuery("QueueUrl").Flattened(),
      Wire<&R::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members ListDeadLetterSourceQueuesRequest::Describe() {
  using R = ListDeadLetterSourceQueuesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_url>("QueueUrl"),
      Wire<&R::next_token>("NextToken"),
      Wire<&R::max_results>("MaxResults").Range(1, 1'000),
  };
  return kMembers;
}

protocol::Members ListDeadLetterSourceQueuesResponse::Describe() {
  using R = ListDeadLetterSourceQueuesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&R::queue_urls>("queueUrls").InQuery("QueueUrl").Flattened(),
      Wire<&R::next_token>("NextToken"),
  };
  return kMembers;
}

namespace {

constexpr std::size_t kMaxPage = 1'000;

/// A token names the last queue of the page before.
std::string LastOfPage(std::string_view list, const std::optional<std::string>& token) {
  if (!token) return {};
  auto name = resource::DecodePageToken(list, *token);
  if (!name) {
    throw AwsError(kInvalidParameterValue, "Invalid or expired next token.");
  }
  return std::move(*name);
}

/// Fills one page from queues in the order of names. Without MaxResults there is no token (API Reference).
template <class Request, class Response>
void FillPage(SqsService& sqs, const protocol::RequestContext& context, std::string_view list,
              const Request& request, const std::vector<std::shared_ptr<Queue>>& queues, Response& response) {
  const std::string after = LastOfPage(list, request.next_token);
  const auto limit = request.max_results ? static_cast<std::size_t>(*request.max_results) : kMaxPage;
  std::string last;
  for (const auto& queue : queues) {
    if (!after.empty() && queue->name().name <= after) continue;
    if (response.queue_urls.size() == limit) {
      if (request.max_results) response.next_token = resource::EncodePageToken(list, last);
      return;
    }
    last = queue->name().name;
    response.queue_urls.push_back(sqs.UrlOf(queue->name(), context));
  }
}

}  // namespace

runtime::Task<ListQueuesResponse> ListQueues(SqsService& sqs, const protocol::RequestContext& context,
                                             ListQueuesRequest request) {
  sqs.AuthorizeInAccount(context, "ListQueues");
  ListQueuesResponse response;
  const auto queues =
      sqs.List(context.identity.account, context.identity.region, request.queue_name_prefix.value_or(""));
  FillPage(sqs, context, "ListQueues", request, queues, response);
  co_return response;
}

runtime::Task<ListDeadLetterSourceQueuesResponse> ListDeadLetterSourceQueues(
    SqsService& sqs, const protocol::RequestContext& context, ListDeadLetterSourceQueuesRequest request) {
  const auto queue = sqs.Find(request.queue_url, context, "ListDeadLetterSourceQueues");
  ListDeadLetterSourceQueuesResponse response;
  FillPage(sqs, context, queue->arn(), request, SourcesOf(sqs, *queue), response);
  co_return response;
}

}  // namespace cumulite::sqs
