#include "services/dynamodb/operations/list_tags_of_resource.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/tables/change_table.h"

namespace cumulite::dynamodb {
using protocol::Wire;

protocol::Members ListTagsOfResourceRequest::Describe() {
  using T = ListTagsOfResourceRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resource_arn>("ResourceArn").Required().Length(1, 1283),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members ListTagsOfResourceResponse::Describe() {
  using T = ListTagsOfResourceResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::tags>("Tags").KeepEmpty(),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

runtime::Task<ListTagsOfResourceResponse> ListTagsOfResource(DynamoDbService& dynamodb,
                                                             const protocol::RequestContext& context,
                                                             ListTagsOfResourceRequest request) {
  const TablePtr table = RequireTableOfArn(dynamodb, context, request.resource_arn);
  ListTagsOfResourceResponse response;
  for (const auto& [key, value] : table->record.tags) response.tags.push_back({key, value});
  co_return response;
}

}  // namespace cumulite::dynamodb
