#include "services/dynamodb/expressions/syntax_tree.h"

#include <algorithm>
#include <array>

namespace cumulite::dynamodb {
namespace {

constexpr std::array<std::string_view, 9> kFunctions = {
    "",     "attribute_exists", "attribute_not_exists", "attribute_type", "begins_with", "contains",
    "size", "if_not_exists",    "list_append"};

}  // namespace

std::string_view OperatorOf(NodeKind kind) {
  static constexpr std::array<std::string_view, 16> kOperators = {
      "", "", "", "+", "-", "=", "<>", "<", "<=", ">", ">=", "BETWEEN", "IN", "NOT", "AND", "OR"};
  return kOperators[static_cast<std::size_t>(kind)];
}

Function FunctionOf(std::string_view name) {
  const auto found = std::ranges::find(kFunctions, name);
  return found == kFunctions.end() ? Function::kUnknown : static_cast<Function>(found - kFunctions.begin());
}

std::string_view NameOf(Function function) { return kFunctions[static_cast<std::size_t>(function)]; }

std::string_view NameOf(Section section) {
  static constexpr std::array<std::string_view, 4> kSections = {"SET", "REMOVE", "ADD", "DELETE"};
  return kSections[static_cast<std::size_t>(section)];
}

}  // namespace cumulite::dynamodb
