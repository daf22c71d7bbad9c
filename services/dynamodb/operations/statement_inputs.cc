#include "services/dynamodb/operations/statement_inputs.h"

#include <array>

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/expressions/tree_builder.h"
#include "services/dynamodb/items/item_key.h"
#include "services/dynamodb/items/sizes.h"
#include "services/dynamodb/operations/condition_inputs.h"
#include "services/dynamodb/operations/key_rows.h"
#include "services/dynamodb/operations/read_page.h"
#include "services/dynamodb/tables/table_lookup.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

std::uint32_t AddAbsence(TreeBuilder& builder, std::string_view attribute) {
  const std::uint32_t path = builder.AddPath(std::array{PathStep{.name = attribute}});
  return builder.AddCall(Function::kAttributeNotExists, NameOf(Function::kAttributeNotExists),
                         std::array{path});
}

/// True of no item.
Condition Absent(std::string_view attribute) {
  const auto tree = std::make_shared<SyntaxTree>();
  TreeBuilder builder(*tree);
  tree->root = AddAbsence(builder, attribute);
  return Condition(Binding{.tree = tree});
}

/// The clause, or no item: a DELETE of what is not there is done already.
Condition AbsentOr(std::string_view attribute, const Binding& where) {
  const auto tree = std::make_shared<SyntaxTree>();
  tree->nodes = where.tree->nodes;
  tree->children = where.tree->children;
  tree->steps = where.tree->steps;
  tree->values = where.tree->values;
  TreeBuilder builder(*tree);
  const std::uint32_t absent = AddAbsence(builder, attribute);
  tree->root = builder.Add(NodeKind::kOr, std::array{absent, where.tree->root});
  return Condition(Binding{.tree = tree, .values = where.values});
}

StatementWrite PlanInsert(const Statement& statement, const TablePtr& table) {
  if (SizeOf(statement.item) > kMaxItemSize) throw Invalid("Item size has exceeded the maximum allowed size");
  StatementWrite write{.action = PutAction(table, statement.item)};
  write.condition = std::make_unique<Condition>(Absent(table->keys.hash.front().name));
  return write;
}

WriteKind KindOf(StatementKind kind) {
  if (kind == StatementKind::kUpdate) return WriteKind::kUpdate;
  return kind == StatementKind::kDelete ? WriteKind::kDelete : WriteKind::kCheck;
}

}  // namespace

protocol::Members ParameterizedStatement::Describe() {
  using T = ParameterizedStatement;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::statement>("Statement").Required().Length(1, kMaxStatementLength),
      Wire<&T::parameters>("Parameters").Length(1, protocol::kNoMaximum),
      Wire<&T::return_values_on_condition_check_failure>("ReturnValuesOnConditionCheckFailure")
          .Values(kReturnValuesOnConditionCheckFailure),
  };
  return kMembers;
}

protocol::Members BatchStatementRequest::Describe() {
  using T = BatchStatementRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::statement>("Statement").Required().Length(1, kMaxStatementLength),
      Wire<&T::parameters>("Parameters").Length(1, protocol::kNoMaximum),
      Wire<&T::consistent_read>("ConsistentRead"),
      Wire<&T::return_values_on_condition_check_failure>("ReturnValuesOnConditionCheckFailure")
          .Values(kReturnValuesOnConditionCheckFailure),
  };
  return kMembers;
}

Statement ReadStatement(const std::string& text, const std::optional<std::vector<ValueInput>>& parameters) {
  std::vector<AttributeValue> values;
  if (parameters) {
    values.reserve(parameters->size());
    for (const ValueInput& parameter : *parameters) {
      if (!parameter.problem.empty()) throw Invalid(parameter.problem);
      values.push_back(parameter.value);
    }
  }
  return ParseStatement(text, values);
}

TablePtr RequireStatementTable(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                               const Statement& statement) {
  TableUse use{.action = "PartiQLSelect", .index = statement.index};
  if (statement.kind == StatementKind::kInsert) use.action = "PartiQLInsert";
  if (statement.kind == StatementKind::kUpdate) use.action = "PartiQLUpdate";
  if (statement.kind == StatementKind::kDelete) use.action = "PartiQLDelete";
  return RequireTable(dynamodb, context, statement.table, use);
}

StatementWrite PlanWrite(const Statement& statement, const TablePtr& table) {
  if (!statement.index.empty()) throw Invalid("This operation is not supported on an index");
  if (statement.kind == StatementKind::kInsert) return PlanInsert(statement, table);
  const auto keys = KeyNames(table->keys);
  if (statement.update) {
    RefuseKeysInUpdate(statement.update->Targets(), keys);
    RefuseNestedKeys(statement.update->Paths(), keys);
  }
  const KeyShape shape = ShapeOf(table->keys);
  ItemPlan plan = PlanItem(statement, shape);
  StatementWrite write{.action = KeyAction(KindOf(statement.kind), table, std::move(plan.key))};
  write.action.update = statement.update ? &*statement.update : nullptr;
  const bool deletes = statement.kind == StatementKind::kDelete;
  write.condition = std::make_unique<Condition>(
      deletes ? AbsentOr(table->keys.hash.front().name, *statement.where) : std::move(plan.condition));
  return write;
}

std::optional<std::string> ReturnValuesOf(Returning returning) {
  switch (returning) {
    case Returning::kAllOld:
      return "ALL_OLD";
    case Returning::kAllNew:
      return "ALL_NEW";
    case Returning::kModifiedOld:
      return "UPDATED_OLD";
    case Returning::kModifiedNew:
      return "UPDATED_NEW";
    default:
      return std::nullopt;
  }
}

StatementGet PlanGet(const Statement& statement, const Table& table, std::string_view operation) {
  if (!statement.index.empty()) throw Invalid("This operation is not supported on an index");
  const KeyShape shape = ShapeOf(table.keys);
  if (!NamesItem(statement, shape)) {
    throw Invalid("Select statements within " + std::string(operation) +
                  " must specify the primary key in the where clause.");
  }
  ItemPlan plan = PlanItem(statement, shape);
  return {.row = KeyOfRequest(table, plan.key), .condition = std::move(plan.condition)};
}

StatementItem RunGet(DynamoDbService& dynamodb, const Statement& statement, const Table& table,
                     const StatementGet& get) {
  StatementItem found;
  RequireReadCapacity(dynamodb, table, nullptr);
  const auto stored = dynamodb.items().Get(table.id, get.row);
  if (!stored) return found;
  found.size = stored->size;
  ChargeRead(dynamodb, table, {.table = ReadUnits(stored->size, false)});
  const AttributeMap item = ParseStoredItem(stored->body);
  if (!get.condition.Holds(item)) return found;
  found.item = RawJson{statement.projection ? ToJson(statement.projection->Project(item)) : stored->body};
  return found;
}

}  // namespace cumulite::dynamodb
