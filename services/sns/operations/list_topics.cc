#include "services/sns/operations/list_topics.h"

#include "services/sns/access.h"
#include "services/sns/errors.h"
#include "services/sns/page.h"
#include "services/sns/sns_service.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members ListTopicsRequest::Describe() {
  using T = ListTopicsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members TopicView::Describe() {
  using T = TopicView;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::topic_arn>("TopicArn"),
  };
  return kMembers;
}

protocol::Members ListTopicsResponse::Describe() {
  using T = ListTopicsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::topics>("Topics").KeepEmpty(),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

runtime::Task<ListTopicsResponse> ListTopics(SnsService& sns, const protocol::RequestContext& context,
                                             ListTopicsRequest request) {
  AuthorizeOwn(context, "ListTopics");
  auto arns = sns.store().ListTopics(context.identity.account, context.identity.region,
                                     ReadToken(request.next_token), kPageSize + 1);
  ListTopicsResponse response;
  if (arns.size() > kPageSize) {
    arns.resize(kPageSize);
    response.next_token = MakeToken(arns.back());
  }
  for (std::string& arn : arns) response.topics.push_back({std::move(arn)});
  co_return response;
}

}  // namespace cumulite::sns
