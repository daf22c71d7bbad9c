#include "services/dynamodb/transfers/transfer_list.h"

#include <charconv>

#include "services/dynamodb/access.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/tables/table_lookup.h"
#include "services/resource/page_token.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::int32_t kMaxPage = 25;

/// The id that a token names.
std::int64_t PlaceOfToken(std::string_view list, std::string_view token) {
  const auto place = resource::DecodePageToken(list, token);
  std::int64_t id = 0;
  if (!place || std::from_chars(place->data(), place->data() + place->size(), id).ec != std::errc()) {
    throw Invalid("The provided NextToken is invalid");
  }
  return id;
}

}  // namespace

TransferList ListTransfers(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                           const TransferListRequest& request) {
  RequireOwnAccess(context, "*");
  std::string table_name;
  if (request.table_arn) {
    const auto address = AddressOf(context.identity, *request.table_arn);
    if (!address) throw Invalid("Invalid table ARN: " + *request.table_arn);
    table_name = address->name;
  }
  TransferStore::Filter filter{.kind = request.kind,
                               .account = context.identity.account,
                               .region = context.identity.region,
                               .table_name = table_name};
  if (request.next_token) filter.before = PlaceOfToken(request.list, *request.next_token);
  const auto max = static_cast<std::size_t>(request.max.value_or(kMaxPage));
  TransferList list{.transfers = dynamodb.transfers().List(filter, static_cast<std::int64_t>(max) + 1)};
  if (list.transfers.size() > max) {
    list.transfers.pop_back();
    list.next_token = resource::EncodePageToken(request.list, std::to_string(list.transfers.back().id));
  }
  return list;
}

}  // namespace cumulite::dynamodb
