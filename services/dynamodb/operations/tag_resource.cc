#include "services/dynamodb/operations/tag_resource.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/tables/change_table.h"
#include "services/dynamodb/tables/create_rules.h"

namespace cumulite::dynamodb {
using protocol::Wire;

protocol::Members TagResourceRequest::Describe() {
  using T = TagResourceRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resource_arn>("ResourceArn").Required().Length(1, 1283),
      Wire<&T::tags>("Tags").Required(),
  };
  return kMembers;
}

runtime::Task<TagResourceResponse> TagResource(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               TagResourceRequest request) {
  const TablePtr table = RequireTableOfArn(dynamodb, context, request.resource_arn);
  if (request.tags.empty()) throw Invalid("Atleast one Tag needs to be provided as Input.");  // sic
  CheckTags(request.tags);
  const std::function<void(TableRecord&)> add = [&request](TableRecord& record) {
    for (const Tag& tag : request.tags) record.tags[tag.key] = tag.value;
    if (record.tags.size() > kMaxTags) throw InvalidValue("Too many tags: at most 50 are allowed");
  };
  runtime::Task<TablePtr> change = ChangeTable(dynamodb, *table, add);
  co_await change;
  co_return TagResourceResponse{};
}

}  // namespace cumulite::dynamodb
