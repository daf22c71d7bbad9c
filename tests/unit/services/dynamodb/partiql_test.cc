#include "services/dynamodb/partiql/statement_plan.h"
#include "tests/unit/services/dynamodb/expression_fixture.h"

namespace cumulite::dynamodb {
namespace {

const KeyShape kKeys{{{"p", AttributeType::kS}}, {{"r", AttributeType::kN}}};

class PartiqlTest : public ExpressionTest {
 protected:
  std::string Problem(std::string_view text) {
    return Refusal([&] { Parse(text); });
  }
  Statement Parse(std::string_view text) const { return ParseStatement(text, parameters_); }
  bool Holds(std::string_view where, std::string_view item) {
    const Statement statement = Parse("SELECT * FROM t WHERE " + std::string(where));
    return Condition(*statement.where).Holds(Item(item));
  }
  std::string Inserted(const std::string& item) { return ToJson(Parse("INSERT INTO t VALUE " + item).item); }
  std::string Updated(const std::string& clauses, std::string_view item) {
    std::string json;
    const std::string refusal = Refusal([&] {
      const AttributeMap old = Item(item);
      json = ToJson(Parse("UPDATE t " + clauses + " WHERE p='x'").update->Apply(&old, AttributeMap()));
    });
    return refusal.empty() ? json : refusal;
  }
  /// "p=x r>1 | p=y r>1 backwards", "scan".
  std::string Plan(const std::string& rest) {
    std::string shown;
    const std::string refusal = Refusal([&] {
      const Statement statement = Parse("SELECT * FROM t " + rest);
      const ReadPlan plan = PlanRead(statement, kKeys);
      for (const KeyCondition& partition : plan.partitions) {
        const KeyRange range = partition.Resolve(kKeys);
        shown += range.hash[0]->As<std::string>();
        for (const AttributeValue* value : range.range) shown += "=" + value->As<Number>().ToString();
        if (range.bound != nullptr) {
          shown += "@" + std::to_string(static_cast<int>(range.bound->op)) +
                   range.bound->value->As<Number>().ToString();
        }
        shown += " ";
      }
      if (plan.partitions.empty()) shown = "scan ";
      if (!plan.forward) shown += "backwards";
    });
    return refusal.empty() ? shown : refusal;
  }

  std::vector<AttributeValue> parameters_;
};

TEST_F(PartiqlTest, ReadsSelect) {
  const Statement all = Parse("select * from Music");
  EXPECT_EQ(all.kind, StatementKind::kRead);
  EXPECT_EQ(all.table, "Music");
  EXPECT_FALSE(all.projection || all.where);
  const Statement some =
      Parse(R"(SELECT a.b[1], "from" FROM "my-table"."by ""x""" WHERE p = 'x' ORDER BY r DESC;)");
  EXPECT_EQ(some.table, "my-table");
  EXPECT_EQ(some.index, "by \"x\"");
  EXPECT_EQ(ToJson(some.projection->Project(
                Item(R"({"a":{"M":{"b":{"L":[{"N":"1"},{"N":"2"}]}}},"from":{"S":"f"},"z":{"S":"z"}})"))),
            R"({"a":{"M":{"b":{"L":[{"N":"2"}]}}},"from":{"S":"f"}})");
  ASSERT_EQ(some.order.size(), 1u);
  EXPECT_TRUE(some.order[0].descending);
  EXPECT_EQ(Parse("EXISTS(SELECT * FROM t WHERE p='x' AND r=1 AND a IS MISSING)").kind,
            StatementKind::kExists);
}

TEST_F(PartiqlTest, ReadsLiterals) {
  EXPECT_EQ(Inserted(R"({'a': 'it''s', 'b': -1.50, 'c': 2e3, 'd': true, 'e': NULL})"),
            R"({"a":{"S":"it's"},"b":{"N":"-1.5"},"c":{"N":"2000"},"d":{"BOOL":true},"e":{"NULL":true}})");
  EXPECT_EQ(Inserted(R"({'l': [1, 'x', []], 'm': {'n': {}}, 's': <<'b', 'a'>>, 't': <<2, 1.0>>})"),
            R"({"l":{"L":[{"N":"1"},{"S":"x"},{"L":[]}]},"m":{"M":{"n":{"M":{}}}},"s":{"SS":["a","b"]},)"
            R"("t":{"NS":["1","2"]}})");
  parameters_ = {AttributeValue::OfString("first"), AttributeValue(Number::Of(2))};
  EXPECT_EQ(Inserted(R"({'a': ?, 'l': [?, '?'], 'c': 'x' -- a comment
                        /* another */ })"),
            R"({"a":{"S":"first"},"c":{"S":"x"},"l":{"L":[{"N":"2"},{"S":"?"}]}})");
}

TEST_F(PartiqlTest, ConditionsHold) {
  struct Case {
    const char* where;
    const char* item;
    bool holds;
  };
  const Case kCases[] = {
      {"a = 1", R"({"a":{"N":"1.0"}})", true},
      {"a <> 1 AND b != 1", R"({"a":{"N":"2"},"b":{"N":"2"}})", true},
      {"a = 1 or a = 2 and b = 3", R"({"a":{"N":"1"}})", true},
      {"(a = 1 or a = 2) and b = 3", R"({"a":{"N":"1"}})", false},
      {"NOT a = 1", R"({"a":{"N":"2"}})", true},
      {"a BETWEEN 1 AND 3", R"({"a":{"N":"2"}})", true},
      {"a NOT BETWEEN 1 AND 3", R"({"a":{"N":"2"}})", false},
      {"a IN [1, 2]", R"({"a":{"N":"2"}})", true},
      {"a IN (1, 2)", R"({"a":{"N":"3"}})", false},
      {"a NOT IN [1, 2]", R"({"a":{"N":"3"}})", true},
      {"a IS MISSING", "{}", true},
      {"a IS NOT MISSING", "{}", false},
      {"a is null", R"({"a":{"NULL":true}})", true},
      {"a IS NULL", "{}", false},
      {"a IS NOT NULL", R"({"a":{"N":"1"}})", true},
      {"a IS STRING", R"({"a":{"S":"x"}})", true},
      {"begins_with(\"a\", 'x')", R"({"a":{"S":"xy"}})", true},
      {"CONTAINS(a, 'y')", R"({"a":{"SS":["x","y"]}})", true},
      {"attribute_type(a, 'N')", R"({"a":{"N":"1"}})", true},
      {"attribute_type(a, 5)", R"({"a":{"N":"1"}})", false},
      {"size(a) > 1", R"({"a":{"S":"xy"}})", true},
      {"a.b[0]['c'] = 1", R"({"a":{"M":{"b":{"L":[{"M":{"c":{"N":"1"}}}]}}}})", true},
      {"a + 1 = 3", R"({"a":{"N":"2"}})", true},
  };
  for (const auto& [where, item, holds] : kCases)
    EXPECT_EQ(Holds(where, item), holds) << where << ' ' << item;
}

TEST_F(PartiqlTest, Updates) {
  EXPECT_EQ(Updated("SET a=1 SET b={'c':[1]}", "{}"), R"({"a":{"N":"1"},"b":{"M":{"c":{"L":[{"N":"1"}]}}}})");
  EXPECT_EQ(Updated("SET a=a+1, b=LIST_APPEND(b,[2]) REMOVE c.d REMOVE e",
                    R"({"a":{"N":"1"},"b":{"L":[{"N":"1"}]},"c":{"M":{"d":{"N":"1"}}},"e":{"N":"1"}})"),
            R"({"a":{"N":"2"},"b":{"L":[{"N":"1"},{"N":"2"}]},"c":{"M":{}}})");
  EXPECT_EQ(Updated("SET s=set_add(s,<<'b'>>) SET n=SET_DELETE(n,<<1>>)",
                    R"({"n":{"NS":["1","2"]},"s":{"SS":["a"]}})"),
            R"({"n":{"NS":["2"]},"s":{"SS":["a","b"]}})");
  EXPECT_EQ(Updated("SET a=b", "{}"),
            "The provided expression refers to an attribute that does not exist in the item");
  EXPECT_EQ(Parse("UPDATE t SET a=1 WHERE p='x' RETURNING MODIFIED NEW *").returning,
            Returning::kModifiedNew);
  EXPECT_EQ(Parse("UPDATE t SET a=1 WHERE p='x' RETURNING all old *").returning, Returning::kAllOld);
}

TEST_F(PartiqlTest, RefusesInAwsWords) {
  constexpr std::string_view kMalformed = "Statement wasn't well formed, can't be processed: ";
  const std::pair<const char*, std::string> kMalformedCases[] = {
      {"NOT A STATEMENT", "Expected data manipulation"},
      {"", "Expected data manipulation"},
      {"SELECT * FROM t garbage", "Unexpected token after expression"},
      {"SELECT * FROM t WHERE", "Unexpected term"},
      {"SELECT * FROM t WHERE (a = 1", "Expected RIGHT_PAREN"},
      {"SELECT * FROM", "Expected identifier"},
      {"SELECT * FROM t WHERE a = 'x", "Unterminated quoted text"},
  };
  for (const auto& [text, problem] : kMalformedCases)
    EXPECT_EQ(Problem(text), std::string(kMalformed) + problem) << text;
  const std::pair<const char*, const char*> kCases[] = {
      {"SELECT * FROM t WHERE a = ?", "Number of parameters in request and statement don't match."},
      {"SELECT *, a FROM t", "Other attributes should not be present in the projection when '*' is used."},
      {"SELECT * FROM t, u", "Only select from a single table or index is supported."},
      {"SELECT * FROM t WHERE nope(a)", "Unrecognized function: nope"},
      {"SELECT * FROM t WHERE list_append(a, b) = 1", "Unrecognized function: list_append"},
      {"SELECT * FROM t WHERE a", "WHERE clause must contain an expression that resolves to a boolean"},
      {"SELECT * FROM t WHERE a = MISSING", "MISSING must be compared using IS operator"},
      {"SELECT * FROM t ORDER BY p", "Must have WHERE clause in the statement when using ORDER BY clause."},
      {"INSERT INTO t VALUE {'a': <<>>}", "Empty bags are not supported"},
      {"INSERT INTO t VALUE {'a': <<1, 'x'>>}",
       "Unsupported data type in Bag. DynamoDB only supports either numbers or strings in bags"},
      {"INSERT INTO t VALUE 5",
       "Unsupported format in item expression. Please use struct format {...} to express item values for "
       "insert "
       "statement."},
      {"UPDATE t SET a=set_add(b,<<1>>) WHERE p='x'",
       "The first argument to SET_ADD must equal the assignment value"},
      {"UPDATE t SET a=set_delete(a,1) WHERE p='x'",
       "The second argument to SET_DELETE must be a value with type SET"},
      {"UPDATE t SET a=1, a=2 WHERE p='x'",
       "Invalid UpdateExpression: Two document paths overlap with each other; must remove or rewrite one of "
       "these "
       "paths; path one: [a], path two: [a]"},
  };
  for (const auto& [text, problem] : kCases) EXPECT_EQ(Problem(text), problem) << text;
  parameters_.emplace_back(true);
  EXPECT_EQ(Problem("SELECT * FROM t"), "Number of parameters in request and statement don't match.");
}

TEST_F(PartiqlTest, HostileNestingIsRefused) {
  EXPECT_NE(Problem("SELECT * FROM t WHERE " + std::string(4000, '(')), "");
  EXPECT_NE(Problem("INSERT INTO t VALUE {'a':" + std::string(4000, '[')), "");
  std::string sum = "SELECT * FROM t WHERE a = 1";
  for (int i = 0; i < 1000; ++i) sum += "+1";
  EXPECT_EQ(Problem(sum), "The expression contains too many operators; operator count: 301");
}

TEST_F(PartiqlTest, PlansReads) {
  EXPECT_EQ(Plan(""), "scan ");
  EXPECT_EQ(Plan("WHERE a = 'x'"), "scan ");
  EXPECT_EQ(Plan("WHERE p > 'x'"), "scan ");
  EXPECT_EQ(Plan("WHERE p = 'x'"), "x ");
  EXPECT_EQ(Plan("WHERE a = 1 AND p = 'x' AND (r > 5 AND b = 2)"), "x@35 ");
  EXPECT_EQ(Plan("WHERE p = 'x' AND r = 5"), "x=5 ");
  EXPECT_EQ(Plan("WHERE p IN ['y', 'x', 'y'] AND r BETWEEN 1 AND 2"), "x@51 y@51 ");
  EXPECT_EQ(Plan("WHERE p = 'x' OR p = 'y'"), "x y ");
  EXPECT_EQ(Plan("WHERE p = 'x' OR a = 'y'"), "scan ");
  EXPECT_EQ(Plan("WHERE p IN ['x', 'y'] ORDER BY p DESC, r DESC"), "y x backwards");
  EXPECT_EQ(Plan("WHERE p IN ['x', 'y'] ORDER BY r"),
            "Must have hash key in ORDER BY clause when more than one hash key condition specified in WHERE "
            "clause.");
  EXPECT_EQ(Plan("WHERE p = 'x' ORDER BY a"),
            "Variable reference a in ORDER BY clause must be part of the primary key");
  EXPECT_EQ(
      Plan("WHERE a = 'x' ORDER BY r"),
      "Must have at least one non-optional hash key condition in WHERE clause when using ORDER BY clause.");
}

TEST_F(PartiqlTest, PlansWritesOfOneItem) {
  const Statement statement = Parse("DELETE FROM t WHERE p = 'x' AND r = 1 AND a IS MISSING");
  const ItemPlan plan = PlanItem(statement, kKeys);
  EXPECT_EQ(ToJson(plan.key), R"({"p":{"S":"x"},"r":{"N":"1"}})");
  EXPECT_TRUE(plan.condition.Holds(Item(R"({"p":{"S":"x"},"r":{"N":"1"}})")));
  EXPECT_FALSE(plan.condition.Holds(Item(R"({"p":{"S":"x"},"r":{"N":"1"},"a":{"N":"1"}})")));
  EXPECT_FALSE(plan.condition.Holds(nullptr));
  for (const char* text :
       {"DELETE FROM t", "DELETE FROM t WHERE p = 'x'", "DELETE FROM t WHERE p = 'x' AND r > 1",
        "DELETE FROM t WHERE p = 'x' OR r = 1", "DELETE FROM t WHERE p IN ['x','y'] AND r = 1"}) {
    EXPECT_EQ(Refusal([&] {
                const Statement partial = Parse(text);
                PlanItem(partial, kKeys);
              }),
              "Where clause does not contain a mandatory equality on all key attributes")
        << text;
  }
}

}  // namespace
}  // namespace cumulite::dynamodb
