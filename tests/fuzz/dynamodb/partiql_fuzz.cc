// PartiQL statements, planned for a table and asked about an item.
#include <array>
#include <string>

#include "protocol/error.h"
#include "services/dynamodb/partiql/statement_plan.h"
#include "tests/fuzz/fuzz_target.h"

namespace cumulite::fuzz {
namespace {

using namespace dynamodb;

void Use(std::string_view text) {
  static const std::array kParameters = {AttributeValue(Number::Of(1)), AttributeValue::OfString("x")};
  static const KeyShape kKeys{{{"p", AttributeType::kS}}, {{"r", AttributeType::kN}}};
  std::size_t wanted = 0;
  for (const char c : text) wanted += c == '?' ? 1 : 0;
  const Statement statement =
      ParseStatement(text, std::span(kParameters).first(std::min(wanted, kParameters.size())));
  AttributeMap item;
  item.Set("p", AttributeValue::OfString("x"));
  item.Set("r", AttributeValue(Number::Of(1)));
  if (statement.update) statement.update->Touched(statement.update->Apply(&item, AttributeMap()));
  if (statement.projection) statement.projection->Project(item);
  if (statement.IsRead()) {
    const ReadPlan plan = PlanRead(statement, kKeys);
    for (const KeyCondition& partition : plan.partitions) partition.Resolve(kKeys);
    if (plan.filter) plan.filter->Holds(item);
  } else if (statement.kind != StatementKind::kInsert) {
    PlanItem(statement, kKeys).condition.Holds(item);
  }
}

}  // namespace

void FuzzPartiql(std::string_view data) {
  try {
    Use(data);
  } catch (const protocol::AwsError&) {
  }
}

}  // namespace cumulite::fuzz
