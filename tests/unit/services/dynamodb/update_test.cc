#include "tests/unit/services/dynamodb/expression_fixture.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::string_view kInvalid = "Invalid UpdateExpression: ";

class UpdateTest : public ExpressionTest {
 protected:
  UpdateTest() {
    SetNames({{"#a", "a"}, {"#b", "[3]"}});
    SetValues(
        R"({":s":{"S":"x"},":n":{"N":"5"},":m":{"N":"3"},":l":{"L":[{"N":"9"}]},":ss":{"SS":["a","b"]},)"
        R"(":ns":{"NS":["1"]},":big":{"N":"9.9E125"},":map":{"M":{"k":{"N":"1"}}},":bool":{"BOOL":true}})");
  }
  Update Compiled(std::string_view text) {
    auto substitutions = Substitute(ExpressionKind::kUpdate);
    return Update::Compile(cache_, text, substitutions);
  }
  /// The item afterwards, or the words of the refusal.
  std::string After(std::string_view text, std::string_view item) {
    std::string json;
    const std::string refusal = Refusal([&] {
      const AttributeMap old = Item(item);
      json = ToJson(Compiled(text).Apply(&old, AttributeMap()));
    });
    return refusal.empty() ? json : refusal;
  }
  std::string Problem(std::string_view text) {
    const std::string refusal = Refusal([&] { Compiled(text); });
    EXPECT_TRUE(refusal.empty() || refusal.starts_with(kInvalid)) << refusal;
    return refusal.empty() ? "" : refusal.substr(kInvalid.size());
  }
};

TEST_F(UpdateTest, SyntaxErrorsShowTheTokenBetweenItsNeighbours) {
  const std::pair<const char*, const char*> kCases[] = {
      {"INVALID SYNTAX HERE", R"(Syntax error; token: "INVALID", near: "INVALID SYNTAX")"},
      {"ADD hits : incr", R"(Syntax error; token: ":", near: "hits : incr")"},
      {"SET _123 = :n", R"(Syntax error; token: "_", near: "SET _123")"},
      {"SET a = VALUE 1", R"(Syntax error; token: "1", near: "VALUE 1")"},
      {"SET a = :n, #, b = :n", R"(Syntax error; token: "#", near: ", #,")"},
      {"SET a = b + c + d", R"(Syntax error; token: "+", near: "c + d")"},
      {"SET a = b * c", R"(Syntax error; token: "*", near: "b * c")"},
      {"SET a = 5", R"(Syntax error; token: "5", near: "= 5")"},
      {"SET :a = b", R"(Syntax error; token: ":a", near: "SET :a =")"},
      {"SET a = if_not_exists(b + :n, :n)", R"(Syntax error; token: "+", near: "b + :n")"},
      {"SET a", R"(Syntax error; token: "<EOF>", near: "a")"},
      {"SET a = :n,", R"(Syntax error; token: "<EOF>", near: ",")"},
      {"REMOVE a = :n", R"(Syntax error; token: "=", near: "a = :n")"},
      {"ADD a b", R"(Syntax error; token: "b", near: "a b")"},
  };
  for (const auto& [text, problem] : kCases) EXPECT_EQ(Problem(text), problem) << text;
  for (const char* good :
       {"SET d = (b + c)", "SET a = ((b.c.d)+(e))", "set a = :n remove b, c add d :n Delete e :ss",
        "SET a = if_not_exists(b, :n) - :m"}) {
    EXPECT_EQ(Problem(good), "") << good;
  }
}

TEST_F(UpdateTest, RefusesInAwsWords) {
  const std::pair<const char*, const char*> kCases[] = {
      {"SET a = :n SET b = :n", "The \"SET\" section can only be used once in an update expression;"},
      {"SET a = size(b)", "The function is not allowed in an update expression; function: size"},
      {"SET a = nope(b)", "Invalid function name; function: nope"},
      {"SET a = list_append(list_append(a, :l), :l)",
       "The function is not allowed to be used this way in an expression; function: list_append"},
      {"SET abort = :n", "Attribute name is a reserved keyword; reserved keyword: abort"},
      {"SET a = :nope",
       "An expression attribute value used in expression is not defined; attribute value: :nope"},
      {"SET a = if_not_exists(b)",
       "Incorrect number of operands for operator or function; operator or function: if_not_exists, number "
       "of "
       "operands: 1"},
      {"SET a = b + :s",
       "Incorrect operand type for operator or function; operator or function: +, operand type: S"},
      {"SET a = list_append(b, :s)",
       "Incorrect operand type for operator or function; operator or function: list_append, operand type: S"},
      {"SET a = if_not_exists(:n, :n)",
       "Operator or function requires a document path; operator or function: if_not_exists"},
      {"ADD a :s", "Incorrect operand type for operator or function; operator: ADD, operand type: STRING"},
      {"ADD a :bool",
       "Incorrect operand type for operator or function; operator: ADD, operand type: BOOLEAN"},
      {"DELETE a :n",
       "Incorrect operand type for operator or function; operator: DELETE, operand type: NUMBER"},
      {"SET a.b = :n REMOVE a",
       "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: [a, "
       "b], "
       "path two: [a]"},
      {"SET a = :n, #a = :n",
       "Two document paths overlap with each other; must remove or rewrite one of these paths; path one: "
       "[a], "
       "path two: [a]"},
      {"SET a.b = :n, c = :n, a[1] = :n",
       "Two document paths conflict with each other; must remove or rewrite one of these paths; path one: "
       "[a, b], "
       "path two: [a, [1]]"},
  };
  for (const auto& [text, problem] : kCases) EXPECT_EQ(Problem(text), problem) << text;
  EXPECT_EQ(Problem("SET a.b = :n, a.#b = :n, ab = :n, a.c[3] = :n"), "") << "#b is one plain name";
}

TEST_F(UpdateTest, Sets) {
  struct Case {
    const char* text;
    const char* before;
    const char* after;
  };
  const Case kCases[] = {
      {"SET a = :n", "{}", R"({"a":{"N":"5"}})"},
      {"SET a = b, b = a", R"({"a":{"N":"1"},"b":{"N":"2"}})", R"({"a":{"N":"2"},"b":{"N":"1"}})"},
      {"SET a = a + :n", R"({"a":{"N":"-5"}})", R"({"a":{"N":"0"}})"},
      {"SET a = :n - b", R"({"b":{"N":"0.5"}})", R"({"a":{"N":"4.5"},"b":{"N":"0.5"}})"},
      {"SET a = if_not_exists(a, :n)", R"({"a":{"S":"x"}})", R"({"a":{"S":"x"}})"},
      {"SET a = if_not_exists(b, if_not_exists(c, :n)) + :m", "{}", R"({"a":{"N":"8"}})"},
      {"SET a = list_append(if_not_exists(a, :l), :l)", "{}", R"({"a":{"L":[{"N":"9"},{"N":"9"}]}})"},
      {"SET a = list_append(:l, a)", R"({"a":{"L":[{"S":"x"}]}})", R"({"a":{"L":[{"N":"9"},{"S":"x"}]}})"},
      {"SET a.b[1].c = :n", R"({"a":{"M":{"b":{"L":[{"N":"1"},{"M":{}}]}}}})",
       R"({"a":{"M":{"b":{"L":[{"N":"1"},{"M":{"c":{"N":"5"}}}]}}}})"},
      {"SET a[7] = :s, a[0] = :n, a[3] = :m", R"({"a":{"L":[{"N":"1"}]}})",
       R"({"a":{"L":[{"N":"5"},{"N":"3"},{"S":"x"}]}})"},
      {"SET a.k = :n", R"({"a":{"M":{"k":{"S":"old"}}}})", R"({"a":{"M":{"k":{"N":"5"}}}})"},
  };
  for (const auto& [text, before, after] : kCases) EXPECT_EQ(After(text, before), after) << text;
}

TEST_F(UpdateTest, RemovesFromTheListAsItWas) {
  constexpr std::string_view kItem =
      R"({"a":{"L":[{"N":"0"},{"M":{"x":{"N":"1"}}},{"N":"2"},{"N":"3"}]},"m":{"M":{"x":{"N":"1"}}}})";
  constexpr std::string_view kRest = R"(,"m":{"M":{"x":{"N":"1"}}}})";
  EXPECT_EQ(After("REMOVE a[0], a[2]", kItem),
            R"({"a":{"L":[{"M":{"x":{"N":"1"}}},{"N":"3"}]})" + std::string(kRest));
  EXPECT_EQ(After("REMOVE a[0], a[1].x, a[9]", kItem),
            R"({"a":{"L":[{"M":{}},{"N":"2"},{"N":"3"}]})" + std::string(kRest));
  EXPECT_EQ(After("REMOVE a[0] SET a[3] = :n, a[1].x = :m", kItem),
            R"({"a":{"L":[{"M":{"x":{"N":"3"}}},{"N":"2"},{"N":"5"}]})" + std::string(kRest));
  EXPECT_EQ(After("REMOVE a, nope, m.nope", kItem), R"({"m":{"M":{"x":{"N":"1"}}}})");
}

TEST_F(UpdateTest, AddsAndDeletes) {
  struct Case {
    const char* text;
    const char* before;
    const char* after;
  };
  const Case kCases[] = {
      {"ADD a :n", "{}", R"({"a":{"N":"5"}})"},
      {"ADD a :n", R"({"a":{"N":"1.5"}})", R"({"a":{"N":"6.5"}})"},
      {"ADD a.k :n", R"({"a":{"M":{}}})", R"({"a":{"M":{"k":{"N":"5"}}}})"},
      {"ADD a :ss", R"({"a":{"SS":["b","c"]}})", R"({"a":{"SS":["a","b","c"]}})"},
      {"ADD a :ss", "{}", R"({"a":{"SS":["a","b"]}})"},
      {"DELETE a :ss", R"({"a":{"SS":["b","c"]}})", R"({"a":{"SS":["c"]}})"},
      {"DELETE a :ss", R"({"a":{"SS":["b"]}})", "{}"},
      {"DELETE a :ss", "{}", "{}"},
      {"DELETE a[0] :ss", R"({"a":{"L":[{"SS":["a"]},{"N":"1"}]}})", R"({"a":{"L":[{"N":"1"}]}})"},
  };
  for (const auto& [text, before, after] : kCases) EXPECT_EQ(After(text, before), after) << text;
}

TEST_F(UpdateTest, RefusesWhatTheItemDoesNotAllow) {
  constexpr std::string_view kBadPath =
      "The document path provided in the update expression is invalid for update";
  constexpr std::string_view kBadType = "An operand in the update expression has an incorrect data type";
  constexpr std::string_view kMissing =
      "The provided expression refers to an attribute that does not exist in the item";
  constexpr std::string_view kItem =
      R"({"s":{"S":"x"},"l":{"L":[]},"m":{"M":{}},"ss":{"SS":["a"]},"big":{"N":"9.9E125"}})";
  const std::pair<const char*, std::string_view> kCases[] = {
      {"SET a = b", kMissing},
      {"SET a = b + :n", kMissing},
      {"SET a = if_not_exists(b, c)", kMissing},
      {"SET a = s + :n", kBadType},
      {"SET a = list_append(s, :l)", kBadType},
      {"ADD s :n", kBadType},
      {"ADD ss :ns", kBadType},
      {"DELETE ss :ns", kBadType},
      {"SET nope.x = :n", kBadPath},
      {"SET s.x = :n", kBadPath},
      {"SET l.x = :n", kBadPath},
      {"SET m[0] = :n", kBadPath},
      {"ADD nope.x :n", kBadPath},
      {"REMOVE nope.x", kBadPath},
      {"REMOVE s[0]", kBadPath},
      {"ADD big :big",
       "Number overflow. Attempting to store a number with magnitude larger than supported range"},
  };
  for (const auto& [text, refusal] : kCases) EXPECT_EQ(After(text, kItem), refusal) << text;
}

TEST_F(UpdateTest, MakesAnItemUnlessItOnlyRemoves) {
  const AttributeMap key = Item(R"({"p":{"S":"k"}})");
  EXPECT_EQ(ToJson(Compiled("SET a = :n REMOVE x.y").Apply(nullptr, key)),
            R"({"a":{"N":"5"},"p":{"S":"k"}})");
  EXPECT_EQ(Refusal([&] { Compiled("SET a = p").Apply(nullptr, key); }),
            "The provided expression refers to an attribute that does not exist in the item")
      << "the item as it was has no key either";
  EXPECT_TRUE(Compiled("SET a = :n REMOVE b").CreatesItem());
  EXPECT_TRUE(Compiled("ADD a :n").CreatesItem());
  EXPECT_FALSE(Compiled("REMOVE a DELETE b :ss").CreatesItem());
  EXPECT_EQ(Refusal([&] {
              RefuseKeysInUpdate(Compiled("SET b = p, #a = :n").Targets(), {"p", "a"});
            }),
            "One or more parameter values were invalid: Cannot update attribute a. This attribute is part of "
            "the key");
  EXPECT_EQ(Refusal([&] { RefuseKeysInUpdate(Compiled("SET b = p").Targets(), {"p"}); }), "")
      << "reading is fine";
}

TEST_F(UpdateTest, ShowsWhatItTouched) {
  const auto update = Compiled("SET a.c[1] = :n, b = :n, l[9] = :n REMOVE d.x[0]");
  const AttributeMap old =
      Item(R"({"a":{"M":{"c":{"L":[{"N":"1"},{"N":"2"}]},"z":{"N":"1"}}},"l":{"L":[{"N":"1"}]},)"
           R"("d":{"M":{"x":{"L":[{"S":"out"},{"S":"in"}]}}}})");
  EXPECT_EQ(ToJson(update.Touched(old)),
            R"({"a":{"M":{"c":{"L":[{"N":"2"}]}}},"d":{"M":{"x":{"L":[{"S":"out"}]}}}})");
  EXPECT_EQ(ToJson(update.Touched(update.Apply(&old, AttributeMap()))),
            R"({"a":{"M":{"c":{"L":[{"N":"5"}]}}},"b":{"N":"5"},"d":{"M":{"x":{"L":[{"S":"in"}]}}}})");
}

}  // namespace
}  // namespace cumulite::dynamodb
