#include "services/dynamodb/tables/change_table.h"

#include "protocol/arn.h"
#include "services/dynamodb/access.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"

namespace cumulite::dynamodb {

runtime::Task<TablePtr> ChangeTable(DynamoDbService& dynamodb, const Table& table,
                                    const std::function<void(TableRecord& record)>& change) {
  const auto job = [&] {
    const TablePtr current = dynamodb.tables().Current(table.id);
    if (current == nullptr) {
      throw AwsError(kResourceNotFound, "Requested resource not found: Table: " + table.name + " not found");
    }
    TableRecord record = current->record;
    change(record);
    dynamodb.tables().Update(table.id, record);
  };
  runtime::Task<void> run = dynamodb.writer().Run(job);
  co_await run;
  dynamodb.tables().Refresh(table.id);
  TablePtr changed = dynamodb.tables().FindById(table.id);
  if (changed == nullptr) {
    throw AwsError(kResourceNotFound, "Requested resource not found: Table: " + table.name + " not found");
  }
  co_return changed;
}

void RefuseUnlessActive(const Table& table, std::int64_t now_ms) {
  const std::string_view status = table.Status(now_ms);
  if (status == "ACTIVE") return;
  const std::string_view done = status == "CREATING"   ? "created"
                                : status == "DELETING" ? "deleted"
                                                       : "updated";
  throw AwsError(kResourceInUse, "Attempt to change a resource which is still in use: Table is being " +
                                     std::string(done) + ": " + table.name);
}

void BeginPhase(DynamoDbService& dynamodb, std::string_view phase, TableRecord& record) {
  const std::chrono::milliseconds time = dynamodb.settings().phase_time;
  if (time.count() == 0) return;
  record.phase = phase;
  record.phase_ends = protocol::Timestamp{dynamodb.NowMs() + time.count()};
}

TablePtr RequireTableOfArn(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                           std::string_view text) {
  if (!text.starts_with("arn:")) {
    throw InvalidValue("Invalid ResourceArn: ARNs must start with 'arn:': " + std::string(text));
  }
  const auto arn = protocol::ParseArn(text);
  const bool of_table = arn && arn->service == "dynamodb" && arn->ResourceType() == "table" &&
                        arn->ResourceId().find('/') == std::string_view::npos;
  if (!of_table) {
    throw InvalidValue("Invalid TableArn: Invalid ResourceArn provided as input " + std::string(text));
  }
  TablePtr table = dynamodb.tables().Find(arn->account, arn->region, arn->ResourceId());
  RequireAccess(context, {.arn = std::string(text),
                          .account = arn->account,
                          .policy = table == nullptr ? nullptr : table->policy.get()});
  if (table == nullptr) {
    throw AwsError(kResourceNotFound,
                   "Requested resource not found: ResourcArn: " + std::string(text) + " not found");
  }
  return table;
}

}  // namespace cumulite::dynamodb
