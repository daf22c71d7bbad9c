#include "services/dynamodb/operations/untag_resource.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/tables/change_table.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {}  // namespace

protocol::Members UntagResourceRequest::Describe() {
  using T = UntagResourceRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resource_arn>("ResourceArn").Required().Length(1, 1283),
      Wire<&T::tag_keys>("TagKeys").Required(),
  };
  return kMembers;
}

runtime::Task<UntagResourceResponse> UntagResource(DynamoDbService& dynamodb,
                                                   const protocol::RequestContext& context,
                                                   UntagResourceRequest request) {
  const TablePtr table = RequireTableOfArn(dynamodb, context, request.resource_arn);
  if (request.tag_keys.empty()) throw Invalid("Atleast one Tag Key needs to be provided as Input.");  // sic
  const std::function<void(TableRecord&)> remove = [&request](TableRecord& record) {
    for (const std::string& key : request.tag_keys) record.tags.erase(key);
  };
  runtime::Task<TablePtr> change = ChangeTable(dynamodb, *table, remove);
  co_await change;
  co_return UntagResourceResponse{};
}

}  // namespace cumulite::dynamodb
