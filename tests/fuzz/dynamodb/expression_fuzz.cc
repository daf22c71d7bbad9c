// Expressions of all kinds, compiled and used on an item. First byte: the kind.
#include <string>

#include "protocol/error.h"
#include "services/dynamodb/expressions/condition.h"
#include "services/dynamodb/expressions/key_condition.h"
#include "services/dynamodb/expressions/projection.h"
#include "services/dynamodb/expressions/update.h"
#include "tests/fuzz/fuzz_target.h"

namespace cumulite::fuzz {
namespace {

using namespace dynamodb;

AttributeMap SampleItem() {
  AttributeMap inner;
  inner.Set("b", AttributeValue(List{AttributeValue(Number::Of(1)), AttributeValue(true)}));
  AttributeMap item;
  item.Set("a", AttributeValue(std::move(inner)));
  item.Set("n", AttributeValue(Number::Of(5)));
  item.Set("s", AttributeValue::OfString("text"));
  item.Set("t", AttributeValue(StringSet{{"x", "y"}}));
  return item;
}

ItemInput SampleValues() {
  ItemInput values;
  values.attributes.Set(":n", AttributeValue(Number::Of(1)));
  values.attributes.Set(":s", AttributeValue::OfString("S"));
  values.attributes.Set(":l", AttributeValue(List()));
  values.attributes.Set(":t", AttributeValue(StringSet{{"x"}}));
  return values;
}

void Use(ExpressionKind kind, std::string_view text) {
  static const std::optional<Substitutions::Names> kNames = {{{"#a", "a"}, {"#s", "s"}}};
  static const std::optional<ItemInput> kValues = SampleValues();
  static const AttributeMap kItem = SampleItem();
  static const KeyShape kKeys{{{"n", AttributeType::kN}}, {{"s", AttributeType::kS}}};
  static ExpressionCache cache;
  Substitutions substitutions(kNames, kValues, {{kind, true}});
  if (kind == ExpressionKind::kKeyCondition) {
    KeyCondition::Compile(cache, text, substitutions).Resolve(kKeys);
  } else if (kind == ExpressionKind::kProjection) {
    Projection::Compile(cache, text, substitutions).Project(kItem);
  } else if (kind == ExpressionKind::kUpdate) {
    const auto update = Update::Compile(cache, text, substitutions);
    update.Touched(update.Apply(&kItem, AttributeMap()));
  } else {
    Condition::Compile(cache, kind, text, substitutions).Holds(kItem);
  }
  substitutions.RefuseUnused();
}

}  // namespace

void FuzzExpression(std::string_view data) {
  if (data.empty()) return;
  try {
    Use(static_cast<ExpressionKind>(static_cast<unsigned char>(data[0]) % 5), data.substr(1));
  } catch (const protocol::AwsError&) {
  }
}

}  // namespace cumulite::fuzz
