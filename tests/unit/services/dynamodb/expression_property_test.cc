#include <random>

#include "services/dynamodb/expressions/parser.h"
#include "tests/unit/services/dynamodb/expression_fixture.h"

namespace cumulite::dynamodb {
namespace {

/// Random expressions that the grammar allows, though not always what operands mean.
class Writer {
 public:
  explicit Writer(unsigned seed) : random_(seed) {}

  std::string Condition(int depth) {
    switch (depth > 0 ? Pick(8) : Pick(5)) {
      case 0:
        return Operand() + Blank() + One({"=", "<>", "<", "<=", ">", ">="}) + Blank() + Operand();
      case 1:
        return Operand() + " BETWEEN " + Operand() + " AND " + Operand();
      case 2:
        return Operand() + " in (" + Operand() + "," + Operand() + ")";
      case 3:
        return "attribute_exists(" + Path() + ")";
      case 4:
        return "contains(" + Path() + Blank() + ", " + Operand() + ")";
      case 5:
        return "NOT " + Condition(0);
      case 6:
        return "(" + Condition(depth - 1) + " AND " + Condition(depth - 1) + ")";
      default:
        return Condition(depth - 1) + " OR " + Condition(depth - 1);
    }
  }

  std::string Update() {
    std::string text = "SET " + Path() + " = " + Value() + One({"", " + x1", " - :v"});
    if (Pick(2) == 0) text += " REMOVE " + Path() + "," + Path();
    if (Pick(2) == 0) text += " ADD " + Path() + " :v";
    return text;
  }

  std::string Garbage() {
    static constexpr std::string_view kPieces[] = {
        "(",  ")",  "[",   "]",        ".",  ",",    "=",    "<>",      "a",
        "#a", ":a", "AND", "OR",       "+",  "SET ", "ADD ", "NOT ",    "size",
        "12", "-",  " ",   "\xC3\xA9", "IN", "\"",   "'",    "REMOVE ", "BETWEEN "};
    std::string text;
    for (int i = Pick(30); i > 0; --i) text += kPieces[static_cast<std::size_t>(Pick(27))];
    return text;
  }

 private:
  int Pick(int count) { return static_cast<int>(random_() % static_cast<unsigned>(count)); }
  std::string One(std::initializer_list<const char*> choices) {
    return choices.begin()[Pick(static_cast<int>(choices.size()))];
  }
  std::string Blank() { return One({"", " ", "\t\n "}); }
  std::string Path() {
    std::string path = One({"x1", "#n", "Abc_9"});
    for (int i = Pick(3); i > 0; --i) path += One({".y", ".#m", "[0]", "[17]"});
    return path;
  }
  std::string Operand() { return Pick(4) == 0 ? "size(" + Path() + ")" : Pick(2) == 0 ? Path() : ":v"; }
  std::string Value() {
    if (Pick(3) == 0) return "if_not_exists(" + Path() + ", " + Value() + ")";
    return Pick(2) == 0 ? "list_append(" + Path() + ",:v)" : Path();
  }

  std::mt19937 random_;
};

/// A tree as an expression, with parentheses wherever they are not redundant for certain.
class Printer {
 public:
  explicit Printer(const SyntaxTree& tree) : tree_(tree) {}

  std::string Print(const Node& node) const {
    switch (node.kind) {
      case NodeKind::kPath:
        return Path(node);
      case NodeKind::kValue:
        return std::string(tree_.values[node.first]);
      case NodeKind::kCall:
        return std::string(node.text) + "(" + Joined(node, 0, ", ") + ")";
      case NodeKind::kBetween:
        return Child(node, 0) + " BETWEEN " + Child(node, 1) + " AND " + Child(node, 2);
      case NodeKind::kIn:
        return Child(node, 0) + " IN (" + Joined(node, 1, ", ") + ")";
      case NodeKind::kNot:
        return "NOT " + Nested(node, 0);
      case NodeKind::kAnd:
      case NodeKind::kOr:
        return Parts(node);
      default:
        return Child(node, 0) + " " + std::string(OperatorOf(node.kind)) + " " + Child(node, 1);
    }
  }

  std::string PrintUpdate() const {
    std::string text;
    const UpdateAction* last = nullptr;
    for (const UpdateAction& action : tree_.actions) {
      text += last != nullptr && last->section == action.section
                  ? ", "
                  : " " + std::string(NameOf(action.section)) + " ";
      text += Print(tree_.nodes[action.path]);
      if (action.section == Section::kSet) text += " = ";
      if (action.section != Section::kRemove) text += " " + Print(tree_.nodes[action.value]);
      last = &action;
    }
    return text;
  }

 private:
  std::string Child(const Node& node, std::size_t i) const { return Print(tree_.Child(node, i)); }
  std::string Nested(const Node& node, std::size_t i) const {
    const NodeKind kind = tree_.Child(node, i).kind;
    const bool joins = kind == NodeKind::kAnd || kind == NodeKind::kOr;
    return joins ? "(" + Child(node, i) + ")" : Child(node, i);
  }
  std::string Joined(const Node& node, std::size_t from, const std::string& sign) const {
    std::string text;
    for (std::size_t i = from; i < node.count; ++i) text += (i > from ? sign : "") + Child(node, i);
    return text;
  }
  std::string Parts(const Node& node) const {
    std::string text;
    for (std::size_t i = 0; i < node.count; ++i) {
      text += (i > 0 ? " " + std::string(OperatorOf(node.kind)) + " " : "") + Nested(node, i);
    }
    return text;
  }
  std::string Path(const Node& node) const {
    std::string text;
    for (std::size_t i = 0; i < node.count; ++i) {
      const PathStep& step = tree_.Steps(node)[i];
      if (step.IsIndex()) {
        text += "[" + std::to_string(step.index) + "]";
      } else {
        text += (i > 0 ? "." : "") + std::string(step.name);
      }
    }
    return text;
  }

  const SyntaxTree& tree_;
};

std::string PrintedCondition(std::string_view text) {
  const auto tree = ParseExpression(ExpressionKind::kCondition, text);
  return Printer(*tree).Print(tree->nodes[tree->root]);
}

TEST(ExpressionPropertyTest, PrintedConditionsReadTheSame) {
  Writer writer(7);
  for (int i = 0; i < 3000; ++i) {
    const std::string text = writer.Condition(3);
    const std::string printed = PrintedCondition(text);
    EXPECT_EQ(PrintedCondition(printed), printed) << text;
  }
}

TEST(ExpressionPropertyTest, PrintedUpdatesReadTheSame) {
  Writer writer(8);
  for (int i = 0; i < 3000; ++i) {
    const std::string text = writer.Update();
    const auto tree = ParseExpression(ExpressionKind::kUpdate, text);
    const std::string printed = Printer(*tree).PrintUpdate();
    const auto again = ParseExpression(ExpressionKind::kUpdate, printed);
    EXPECT_EQ(Printer(*again).PrintUpdate(), printed) << text;
  }
}

TEST(ExpressionPropertyTest, GarbageIsReadOrRefused) {
  Writer writer(9);
  for (int i = 0; i < 20000; ++i) {
    const std::string text = writer.Garbage();
    for (int kind = 0; kind < 5; ++kind) {
      try {
        ParseExpression(static_cast<ExpressionKind>(kind), text);
      } catch (const protocol::AwsError& error) {
        EXPECT_EQ(error.kind().code, "ValidationException");
      }
    }
  }
}

}  // namespace
}  // namespace cumulite::dynamodb
