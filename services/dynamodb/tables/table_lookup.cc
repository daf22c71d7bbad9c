#include "services/dynamodb/tables/table_lookup.h"

#include "protocol/arn.h"
#include "services/dynamodb/access.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"

namespace cumulite::dynamodb {

std::optional<TableAddress> AddressOf(const protocol::Identity& identity, std::string_view name_or_arn) {
  if (!name_or_arn.starts_with("arn:"))
    return TableAddress{identity.account, identity.region, std::string(name_or_arn)};
  const auto arn = protocol::ParseArn(name_or_arn);
  if (!arn || arn->service != "dynamodb" || arn->ResourceType() != "table") return std::nullopt;
  const std::string_view name = arn->ResourceId();
  if (name.empty() || name.find('/') != std::string_view::npos) return std::nullopt;
  return TableAddress{std::string(arn->account), std::string(arn->region), std::string(name)};
}

namespace {

/// The table, or null; asked for permission before anybody learns whether it is there.
TablePtr FindForUse(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                    const TableAddress& address, const TableUse& use) {
  TablePtr table = dynamodb.tables().Find(address.account, address.region, address.name);
  if (!context.strict) return table;
  std::string resource = "table/" + address.name;
  if (!use.index.empty()) resource.append("/index/").append(use.index);
  RequireAccess(context,
                {.arn = protocol::FormatArn("dynamodb", address.region, address.account, resource),
                 .account = address.account,
                 .policy = table == nullptr ? nullptr : table->policy.get()},
                use.action);
  return table;
}

}  // namespace

TablePtr RequireTable(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                      std::string_view name_or_arn, const TableUse& use) {
  TablePtr table;
  if (const auto address = AddressOf(context.identity, name_or_arn)) {
    table = FindForUse(dynamodb, context, *address, use);
  }
  // Until it is made, a table is as none to those who want its items.
  if (table == nullptr || table->IsBeingMade(dynamodb.NowMs()) || table->IsBeingDeleted()) {
    throw AwsError(kResourceNotFound, "Requested resource not found");
  }
  return table;
}

const std::string& CheckTableName(const std::optional<std::string>& name_or_arn) {
  if (!name_or_arn) throw Invalid("The parameter 'TableName' is required but was not present in the request");
  const std::string& name = *name_or_arn;
  if (name.starts_with("arn:")) return name;
  if (name.size() < 3 || name.size() > 255) {
    throw Invalid("TableName must be at least 3 characters long and at most 255 characters long");
  }
  if (!IsTableName(name)) {
    throw Invalid(
        "1 validation error detected: Value '" + name +
        "' at 'tableName' failed to satisfy constraint: Member must satisfy regular expression pattern: " +
        std::string(kTableNamePattern));
  }
  return name;
}

TablePtr RequireNamedTable(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                           const std::optional<std::string>& name_or_arn) {
  const auto address = AddressOf(context.identity, CheckTableName(name_or_arn));
  if (!address) throw Invalid("Invalid table ARN: " + *name_or_arn);
  TablePtr table = FindForUse(dynamodb, context, *address, {});
  if (table == nullptr) {
    throw AwsError(kResourceNotFound, "Requested resource not found: Table: " + address->name + " not found");
  }
  return table;
}

TablePtr RequireBackedUpTable(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                              const std::string& name_or_arn) {
  const auto address = AddressOf(context.identity, CheckTableName(name_or_arn));
  if (!address) throw Invalid("Invalid table ARN: " + name_or_arn);
  TablePtr table = FindForUse(dynamodb, context, *address, {});
  if (table == nullptr) throw AwsError(kTableNotFound, "Table not found: " + address->name);
  return table;
}

}  // namespace cumulite::dynamodb
