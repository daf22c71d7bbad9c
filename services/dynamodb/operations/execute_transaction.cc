#include "services/dynamodb/operations/execute_transaction.h"

#include <map>
#include <set>

#include "protocol/json_codec.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/operations/read_page.h"
#include "services/dynamodb/operations/transaction.h"
#include "services/dynamodb/operations/write_items.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

constexpr ErrorKind kDuplicateItem{.code = "DuplicateItem"};  // the reason's code, not an error's

/// A statement on its way; what it points to is its own.
struct Work {
  std::unique_ptr<Statement> statement;
  TablePtr table;
  StatementWrite write;
};

std::vector<Work> ReadWorks(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                            const ExecuteTransactionRequest& request) {
  std::vector<Work> works;
  std::size_t reads = 0;
  for (const ParameterizedStatement& input : request.transact_statements) {
    Work& work = works.emplace_back();
    work.statement = std::make_unique<Statement>(ReadStatement(input.statement, input.parameters));
    reads += work.statement->IsRead() ? 1 : 0;
  }
  if (reads != 0 && reads != works.size()) throw Invalid("Unsupported operation in transaction.");
  for (Work& work : works) {
    if (!work.statement->index.empty()) {
      throw Invalid(reads > 0 ? "Reads on indices are not supported within transactions."
                              : "Operations on indices are not supported in transactions");
    }
    work.table = RequireStatementTable(dynamodb, context, *work.statement);
  }
  return works;
}

void RefuseSameItems(std::set<std::pair<std::int64_t, std::string>>& items, const Table& table,
                     const std::string& row) {
  if (items.emplace(table.id, row).second) return;
  throw Invalid("Transaction request cannot include multiple operations on one item");
}

std::vector<WriteAction> ActionsOf(std::vector<Work>& works) {
  std::vector<WriteAction> actions(works.size());
  Cancellation cancellation(works.size());
  for (std::size_t i = 0; i < works.size(); ++i) {
    cancellation.Try(i, [&] { works[i].write = PlanWrite(*works[i].statement, works[i].table); });
  }
  cancellation.ThrowIfAny();
  std::set<std::pair<std::int64_t, std::string>> items;
  for (std::size_t i = 0; i < works.size(); ++i) {
    actions[i] = std::move(works[i].write.action);
    actions[i].condition = works[i].write.condition.get();
    RefuseSameItems(items, *works[i].table, actions[i].key);
  }
  return actions;
}

/// What a transactional read or write costs is twice what it costs otherwise.
void ShowCosts(const std::map<std::string, WriteCost>& costs, bool reads,
               const ExecuteTransactionRequest& request, ExecuteTransactionResponse& response) {
  for (const auto& [name, cost] : costs) {
    WriteCost twice = cost;
    twice.Add(cost);
    auto shown = reads ? ShowReadCost(name, twice, request.return_consumed_capacity)
                       : ShowCost(name, twice, request.return_consumed_capacity);
    if (!shown) continue;
    (reads ? shown->read_capacity_units : shown->write_capacity_units) = shown->capacity_units;
    response.consumed_capacity.push_back(std::move(*shown));
  }
}

ExecuteTransactionResponse Read(DynamoDbService& dynamodb, const std::vector<Work>& works,
                                const ExecuteTransactionRequest& request) {
  std::vector<StatementGet> gets;
  std::set<std::pair<std::int64_t, std::string>> items;
  for (const Work& work : works) {
    gets.push_back(PlanGet(*work.statement, *work.table, "ExecuteTransaction"));
    RefuseSameItems(items, *work.table, gets.back().row);
  }
  ExecuteTransactionResponse response;
  std::map<std::string, WriteCost> costs;
  const storage::ReadTransaction one_moment(dynamodb.database());
  for (std::size_t i = 0; i < works.size(); ++i) {
    StatementItem found = RunGet(dynamodb, *works[i].statement, *works[i].table, gets[i]);
    response.responses.push_back({.item = std::move(found.item)});
    costs[works[i].statement->table].table += ReadUnits(found.size, true);
  }
  ShowCosts(costs, true, request, response);
  return response;
}

}  // namespace

protocol::Members ExecuteTransactionRequest::Describe() {
  using T = ExecuteTransactionRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::transact_statements>("TransactStatements").Required().Length(1, 100),
      Wire<&T::client_request_token>("ClientRequestToken").Length(1, 36),
      Wire<&T::return_consumed_capacity>("ReturnConsumedCapacity").Values(kReturnConsumedCapacity),
  };
  return kMembers;
}

protocol::Members ExecuteTransactionResponse::Describe() {
  using T = ExecuteTransactionResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::responses>("Responses").KeepEmpty(),
      Wire<&T::consumed_capacity>("ConsumedCapacity"),
  };
  return kMembers;
}

runtime::Task<ExecuteTransactionResponse> ExecuteTransaction(DynamoDbService& dynamodb,
                                                             const protocol::RequestContext& context,
                                                             ExecuteTransactionRequest request) {
  std::vector<Work> works = ReadWorks(dynamodb, context, request);
  if (works.front().statement->IsRead()) co_return Read(dynamodb, works, request);
  std::optional<TransactionToken> token;
  if (request.client_request_token) {
    std::string text;
    protocol::EncodeJson(&request, ExecuteTransactionRequest::Describe(), text);
    token = MakeToken(context.identity, *request.client_request_token, text);
  }
  std::vector<WriteAction> actions = ActionsOf(works);
  runtime::Task<WriteRun> run = RunWrites(dynamodb, actions, Atomicity::kAll, token ? &*token : nullptr);
  WriteRun done = co_await run;
  if (done.use == TokenUse::kOther) {
    throw AwsError(kIdempotentParameterMismatch,
                   "An error occurred because the same token was used with different parameters");
  }
  Cancellation cancellation(actions.size());
  std::map<std::string, WriteCost> costs;
  for (std::size_t i = 0; i < done.results.size(); ++i) {
    Decision& decision = done.results[i].decision;
    if (decision.refused && works[i].statement->kind == StatementKind::kInsert) {
      decision.error.emplace(kDuplicateItem, "Duplicate primary key exists in table");
    }
    const auto& shows = request.transact_statements[i].return_values_on_condition_check_failure;
    cancellation.Note(i, decision, shows == "ALL_OLD");
    costs[works[i].statement->table].Add(done.results[i].cost);
  }
  cancellation.ThrowIfAny();
  ExecuteTransactionResponse response;
  response.responses.resize(actions.size());
  for (std::size_t i = 0; i < done.results.size(); ++i) {
    response.responses[i].item =
        ShowValues(actions[i], done.results[i], ReturnValuesOf(works[i].statement->returning));
  }
  ShowCosts(costs, false, request, response);
  co_return response;
}

}  // namespace cumulite::dynamodb
