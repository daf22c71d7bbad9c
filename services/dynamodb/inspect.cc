#include "protocol/base64.h"
#include "protocol/checksum.h"
#include "protocol/http.h"
#include "protocol/json_codec.h"
#include "protocol/json_writer.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/operations/read_page.h"
#include "services/dynamodb/tables/table_lookup.h"

// Looking without touching: nothing is changed, charged or asked for permission.
//
// GET /_cumulite/dynamodb/tables?account=&region=
//   {"Tables":[what DescribeTable says of each]}
// GET /_cumulite/dynamodb/items?table=NAME-OR-ARN&limit=&after=
//   {"TableName":…,"Items":[in the order of their keys],"Next":"the next page's `after`"}

namespace cumulite::dynamodb {
namespace {

constexpr std::int64_t kItemsShown = 100;
using Query = std::vector<protocol::QueryParam>;

std::optional<std::string> Parameter(const Query& query, std::string_view name) {
  for (const protocol::QueryParam& parameter : query) {
    if (parameter.name == name) return parameter.value;
  }
  return std::nullopt;
}

/// Errors: ValidationException for what is no number from 1 to 1000.
std::int64_t LimitOf(const Query& query) {
  const auto text = Parameter(query, "limit");
  if (!text) return kItemsShown;
  std::int64_t limit = 0;
  for (const char c : *text) {
    if (c < '0' || c > '9' || limit > 1000) throw Invalid("limit must be a number from 1 to 1000");
    limit = limit * 10 + (c - '0');
  }
  if (limit < 1 || limit > 1000) throw Invalid("limit must be a number from 1 to 1000");
  return limit;
}

std::string ShowTables(DynamoDbService& dynamodb, const protocol::Identity& caller) {
  std::string text;
  protocol::JsonWriter json(text);
  json.OpenObject();
  json.Key("Tables");
  json.OpenArray();
  for (const TablePtr& table : dynamodb.tables().Of(caller.account, caller.region)) {
    const TableDescription shown = Describe(*table, dynamodb.tables().CountsOf(*table), dynamodb.NowMs());
    protocol::EncodeJson(&shown, TableDescription::Describe(), json.Value());
  }
  json.CloseArray();
  json.CloseObject();
  return text;
}

std::string ShowItems(DynamoDbService& dynamodb, const protocol::Identity& caller, const Query& query) {
  const auto name = Parameter(query, "table");
  if (!name) throw Invalid("The parameter table is missing");
  const auto address = AddressOf(caller, *name);
  const TablePtr table =
      address ? dynamodb.tables().Find(address->account, address->region, address->name) : nullptr;
  if (table == nullptr)
    throw AwsError(kResourceNotFound, "Requested resource not found: Table: " + *name + " not found");
  PageRequest page{.table = table.get(), .limit = LimitOf(query)};
  if (const auto after = Parameter(query, "after")) {
    const auto row = protocol::HexDecode(*after);
    if (!row) throw Invalid("The parameter after is none that a page gave");
    page.range.after = *row;
  }
  const Page read = ReadPage(dynamodb.items(), page);
  std::string text;
  protocol::JsonWriter json(text);
  json.OpenObject();
  json.Key("TableName");
  json.String(table->name);
  json.Key("Items");
  json.Value() += read.items;
  if (read.last_key) {
    json.Key("Next");
    json.String(protocol::HexEncode(RowOfStartKey(*table, nullptr, *read.last_key)));
  }
  json.CloseObject();
  return text;
}

std::string ErrorText(const AwsError& error) {
  std::string text;
  protocol::JsonWriter json(text);
  json.OpenObject();
  json.Key("__type");
  json.String(error.kind().code);
  json.Key("message");
  json.String(error.message());
  json.CloseObject();
  return text;
}

}  // namespace

runtime::Task<bool> DynamoDbService::Inspect(std::string_view resource, protocol::Exchange& exchange) {
  if (resource != "tables" && resource != "items") co_return false;
  protocol::HttpResponse& response = exchange.response;
  response.AddHeader("Content-Type", "application/json");
  try {
    const Query query = protocol::ParseQuery(exchange.request.query).value_or(Query());
    protocol::Identity caller;
    caller.account = Parameter(query, "account").value_or(settings_.account);
    caller.region = Parameter(query, "region").value_or(settings_.region);
    response.body = resource == "tables" ? ShowTables(*this, caller) : ShowItems(*this, caller, query);
    response.status = 200;
  } catch (const AwsError& error) {
    // For a web page, too, where an unknown thing is a 404.
    response.status = error.kind().code == kResourceNotFound.code ? 404 : error.kind().status;
    response.body = ErrorText(error);
  }
  co_return true;
}

}  // namespace cumulite::dynamodb
