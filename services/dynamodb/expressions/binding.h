#pragma once
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "services/dynamodb/expressions/substitutions.h"
#include "services/dynamodb/expressions/syntax_tree.h"
#include "services/dynamodb/items/attribute_value.h"

namespace cumulite::dynamodb {

/// A tree with what its names and values stand for in one request. Looks into the request.
struct Binding {
  std::shared_ptr<const SyntaxTree> tree;
  std::vector<std::string_view> names;        // as SyntaxTree::names
  std::vector<const AttributeValue*> values;  // as SyntaxTree::values

  std::string_view NameOf(const PathStep& step) const {
    return step.placeholder < 0 ? step.name : names[static_cast<std::size_t>(step.placeholder)];
  }
  const AttributeValue& ValueOf(const Node& value) const { return *values[value.first]; }
  bool SamePath(const Node& a, const Node& b) const;
  /// "[a, [0], b]", as errors show a path.
  std::string PathText(const Node& path) const;
};

/// A document path's beginning, for the rules about keys.
struct UsedPath {
  std::string_view attribute;
  bool is_nested = false;  // goes on below the attribute
};

/// The paths that the expression mentions, in its order, with repetitions.
std::vector<UsedPath> PathsOf(const Binding& binding);

/// Fills in names and values and makes the checks that need them.
/// Errors: ValidationException "Invalid X: ..." for the tree's own problem, what is not defined, numbers and
/// types of operands, operands that must be paths or differ.
Binding Bind(ExpressionKind kind, std::shared_ptr<const SyntaxTree> tree, Substitutions& substitutions);

/// `index_keys` are the keys of the index that is read, if one is.
/// Errors: ValidationException for a path below a key, which is a scalar.
void RefuseNestedKeys(const std::vector<UsedPath>& paths, const std::vector<std::string_view>& keys,
                      const std::vector<std::string_view>& index_keys = {});

}  // namespace cumulite::dynamodb
