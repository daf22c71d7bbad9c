#include "services/dynamodb/operations/execute_statement.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/operations/statement_inputs.h"
#include "services/dynamodb/operations/statement_pages.h"
#include "services/dynamodb/operations/write_items.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

constexpr ErrorKind kDuplicateItem{.code = "DuplicateItemException"};

ExecuteStatementResponse Read(DynamoDbService& dynamodb, const TablePtr& table, const Statement& statement,
                              const ExecuteStatementRequest& request) {
  StatementPage page = ReadStatementPage(dynamodb, *table, statement,
                                         {.limit = request.limit,
                                          .consistent = request.consistent_read.value_or(false),
                                          .digest = DigestOf(request.statement, request.parameters),
                                          .token = request.next_token});
  ExecuteStatementResponse response{.items = RawJson{std::move(page.items)}, .next_token = page.next_token};
  if (page.last_key) response.last_evaluated_key = RawJson{ToJson(*page.last_key)};
  response.consumed_capacity = ShowReadCost(statement.table, page.cost, request.return_consumed_capacity);
  return response;
}

}  // namespace

protocol::Members ExecuteStatementRequest::Describe() {
  using T = ExecuteStatementRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::statement>("Statement").Required().Length(1, kMaxStatementLength),
      Wire<&T::parameters>("Parameters").Length(1, protocol::kNoMaximum),
      Wire<&T::consistent_read>("ConsistentRead"),
      Wire<&T::next_token>("NextToken").Length(1, 32'768),
      Wire<&T::return_consumed_capacity>("ReturnConsumedCapacity").Values(kReturnConsumedCapacity),
      Wire<&T::limit>("Limit").Range(1, protocol::kNoMaximum),
      Wire<&T::return_values_on_condition_check_failure>("ReturnValuesOnConditionCheckFailure")
          .Values(kReturnValuesOnConditionCheckFailure),
  };
  return kMembers;
}

protocol::Members ExecuteStatementResponse::Describe() {
  using T = ExecuteStatementResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::items>("Items"),
      Wire<&T::next_token>("NextToken"),
      Wire<&T::consumed_capacity>("ConsumedCapacity"),
      Wire<&T::last_evaluated_key>("LastEvaluatedKey"),
  };
  return kMembers;
}

runtime::Task<ExecuteStatementResponse> ExecuteStatement(DynamoDbService& dynamodb,
                                                         const protocol::RequestContext& context,
                                                         ExecuteStatementRequest request) {
  const Statement statement = ReadStatement(request.statement, request.parameters);
  if (statement.kind == StatementKind::kExists) {
    throw Invalid("EXISTS can only be used in ExecuteTransaction write requests.");
  }
  const TablePtr table = RequireStatementTable(dynamodb, context, statement);
  if (statement.IsRead()) co_return Read(dynamodb, table, statement, request);
  StatementWrite write = PlanWrite(statement, table);
  std::vector<WriteAction> actions;
  actions.push_back(std::move(write.action));
  actions.front().condition = write.condition.get();
  runtime::Task<WriteRun> run = RunWrites(dynamodb, actions, Atomicity::kAll);
  WriteRun done = co_await run;
  WriteResult& result = done.results.front();
  if (result.decision.error) throw *result.decision.error;
  if (result.decision.refused) {
    if (statement.kind == StatementKind::kInsert) {
      throw AwsError(kDuplicateItem, "Duplicate primary key exists in table");
    }
    AwsError error(kConditionalCheckFailed, "The conditional request failed");
    const bool shows_item = request.return_values_on_condition_check_failure == "ALL_OLD";
    if (shows_item && result.decision.old) throw std::move(error).With("Item", result.decision.old->body);
    throw error;
  }
  const auto shown = ShowValues(actions.front(), result, ReturnValuesOf(statement.returning));
  ExecuteStatementResponse response;
  response.items = RawJson{shown ? "[" + shown->text + "]" : "[]"};
  response.consumed_capacity = ShowCost(statement.table, result.cost, request.return_consumed_capacity);
  co_return response;
}

}  // namespace cumulite::dynamodb
