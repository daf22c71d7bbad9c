#include "services/dynamodb/operations/batch_execute_statement.h"

#include <map>
#include <set>
#include <utility>

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/operations/read_page.h"
#include "services/dynamodb/operations/write_items.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

/// One statement on its way; what it points to is its own.
struct Work {
  std::unique_ptr<Statement> statement;
  TablePtr table;
  StatementWrite write;
};

/// As the enumeration of a batch's errors has it: without "Exception".
std::string CodeOf(const AwsError& error) {
  std::string_view code = error.kind().code;
  if (code == kValidation.code) return "ValidationError";
  constexpr std::string_view kSuffix = "Exception";
  if (code.ends_with(kSuffix)) code.remove_suffix(kSuffix.size());
  return std::string(code);
}

BatchStatementError Shown(const AwsError& error) {
  return {.code = CodeOf(error), .message = error.message()};
}

/// Runs a step of a statement; its refusal becomes the statement's answer.
template <class Step>
bool Try(BatchStatementResponse& answer, Step step) {
  try {
    step();
    return true;
  } catch (const AwsError& error) {
    answer.error = Shown(error);
    return false;
  }
}

void RefuseMixture(const std::vector<Work>& works) {
  bool reads = false;
  bool writes = false;
  for (const Work& work : works) {
    if (work.statement == nullptr) continue;
    (work.statement->IsRead() ? reads : writes) = true;
  }
  if (reads && writes)
    throw Invalid("Read and write statements can not be mixed in one BatchExecuteStatement.");
}

void NoteRefusal(const Work& work, const BatchStatementRequest& request, const Decision& decision,
                 BatchStatementResponse& answer) {
  if (decision.error) {
    answer.error = Shown(*decision.error);
  } else if (decision.refused && work.statement->kind == StatementKind::kInsert) {
    answer.error = {.code = "DuplicateItem", .message = "Duplicate primary key exists in table"};
  } else if (decision.refused) {
    answer.error = {.code = "ConditionalCheckFailed", .message = "The conditional request failed"};
    const bool shows_item = request.return_values_on_condition_check_failure == "ALL_OLD";
    if (shows_item && decision.old) answer.error->item = RawJson{decision.old->body};
  }
}

/// The writes that can be tried, and which statements they are.
struct Tried {
  std::vector<WriteAction> actions;
  std::vector<std::size_t> statements;
};

Tried ActionsOf(std::vector<Work>& works, BatchExecuteStatementResponse& response) {
  Tried tried;
  std::set<std::pair<std::int64_t, std::string>> items;
  for (std::size_t i = 0; i < works.size(); ++i) {
    Work& work = works[i];
    if (work.table == nullptr) continue;
    const bool good = Try(response.responses[i], [&] {
      if (work.statement->kind == StatementKind::kExists) {
        throw Invalid("EXISTS can only be used in ExecuteTransaction write requests.");
      }
      work.write = PlanWrite(*work.statement, work.table);
    });
    if (!good) continue;
    if (!items.emplace(work.table->id, work.write.action.key).second) {
      throw Invalid("Provided list of item keys contains duplicates");
    }
    tried.actions.push_back(std::move(work.write.action));
    tried.actions.back().condition = work.write.condition.get();
    tried.statements.push_back(i);
  }
  return tried;
}

void Get(DynamoDbService& dynamodb, const Work& work, const BatchStatementRequest& request,
         BatchStatementResponse& answer, ReadCost& cost) {
  Try(answer, [&] {
    const StatementGet get = PlanGet(*work.statement, *work.table, "BatchExecuteStatement");
    StatementItem found = RunGet(dynamodb, *work.statement, *work.table, get);
    answer.item = std::move(found.item);
    cost.table += ReadUnits(found.size, request.consistent_read.value_or(false));
  });
}

}  // namespace

protocol::Members BatchExecuteStatementRequest::Describe() {
  using T = BatchExecuteStatementRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::statements>("Statements").Required().Length(1, 25),
      Wire<&T::return_consumed_capacity>("ReturnConsumedCapacity").Values(kReturnConsumedCapacity),
  };
  return kMembers;
}

protocol::Members BatchStatementError::Describe() {
  using T = BatchStatementError;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::code>("Code"),
      Wire<&T::message>("Message"),
      Wire<&T::item>("Item"),
  };
  return kMembers;
}

protocol::Members BatchStatementResponse::Describe() {
  using T = BatchStatementResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::error>("Error"),
      Wire<&T::table_name>("TableName"),
      Wire<&T::item>("Item"),
  };
  return kMembers;
}

protocol::Members BatchExecuteStatementResponse::Describe() {
  using T = BatchExecuteStatementResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::responses>("Responses").KeepEmpty(),
      Wire<&T::consumed_capacity>("ConsumedCapacity"),
  };
  return kMembers;
}

runtime::Task<BatchExecuteStatementResponse> BatchExecuteStatement(DynamoDbService& dynamodb,
                                                                   const protocol::RequestContext& context,
                                                                   BatchExecuteStatementRequest request) {
  BatchExecuteStatementResponse response;
  response.responses.resize(request.statements.size());
  std::vector<Work> works(request.statements.size());
  for (std::size_t i = 0; i < works.size(); ++i) {
    Try(response.responses[i], [&] {
      const BatchStatementRequest& input = request.statements[i];
      works[i].statement = std::make_unique<Statement>(ReadStatement(input.statement, input.parameters));
      response.responses[i].table_name = works[i].statement->table;
      works[i].table = RequireStatementTable(dynamodb, context, *works[i].statement);
    });
  }
  RefuseMixture(works);
  std::map<std::string, WriteCost> costs;
  const bool reads = works.front().statement == nullptr || works.front().statement->IsRead();
  bool any_write = false;
  for (std::size_t i = 0; i < works.size(); ++i) {
    if (works[i].table == nullptr) continue;
    any_write = any_write || !works[i].statement->IsRead();
    if (!works[i].statement->IsRead()) continue;
    Get(dynamodb, works[i], request.statements[i], response.responses[i], costs[works[i].statement->table]);
  }
  if (any_write) {
    Tried tried = ActionsOf(works, response);
    runtime::Task<WriteRun> run = RunWrites(dynamodb, tried.actions, Atomicity::kEach);
    WriteRun done = co_await run;
    for (std::size_t i = 0; i < done.results.size(); ++i) {
      const std::size_t which = tried.statements[i];
      WriteResult& result = done.results[i];
      BatchStatementResponse& answer = response.responses[which];
      NoteRefusal(works[which], request.statements[which], result.decision, answer);
      if (answer.error) continue;
      answer.item = ShowValues(tried.actions[i], result, ReturnValuesOf(works[which].statement->returning));
      costs[works[which].statement->table].Add(result.cost);
    }
  }
  for (const auto& [name, cost] : costs) {
    auto shown = reads && !any_write ? ShowReadCost(name, cost, request.return_consumed_capacity)
                                     : ShowCost(name, cost, request.return_consumed_capacity);
    if (shown) response.consumed_capacity.push_back(std::move(*shown));
  }
  co_return response;
}

}  // namespace cumulite::dynamodb
