#include "services/dynamodb/expressions/binding.h"

#include <algorithm>

#include "services/dynamodb/errors.h"
#include "services/dynamodb/expressions/operand_checks.h"

namespace cumulite::dynamodb {

bool Binding::SamePath(const Node& a, const Node& b) const {
  const auto same_step = [this](const PathStep& x, const PathStep& y) {
    return x.index == y.index && (x.IsIndex() || NameOf(x) == NameOf(y));
  };
  const PathStep* const first = tree->Steps(a);
  const PathStep* const second = tree->Steps(b);
  return std::equal(first, first + a.count, second, second + b.count, same_step);
}

std::string Binding::PathText(const Node& path) const {
  std::string text = "[";
  for (std::size_t i = 0; i < path.count; ++i) {
    const PathStep& step = tree->Steps(path)[i];
    if (i > 0) text += ", ";
    text += step.IsIndex() ? "[" + std::to_string(step.index) + "]" : std::string(NameOf(step));
  }
  return text + "]";
}

std::vector<UsedPath> PathsOf(const Binding& binding) {
  std::vector<UsedPath> paths;
  for (const Node& node : binding.tree->nodes) {
    if (node.kind == NodeKind::kPath) {
      paths.push_back({binding.NameOf(*binding.tree->Steps(node)), node.count > 1});
    }
  }
  return paths;
}

Binding Bind(ExpressionKind kind, std::shared_ptr<const SyntaxTree> tree, Substitutions& substitutions) {
  if (!tree->problem.empty()) Refuse(kind, tree->problem);
  Binding binding;
  binding.names.reserve(tree->names.size());
  binding.values.reserve(tree->values.size());
  for (const Placeholder& placeholder : tree->placeholders) {
    if (placeholder.is_value) {
      const AttributeValue* value = substitutions.UseValue(placeholder.text);
      if (value == nullptr) {
        Refuse(kind, "An expression attribute value used in expression is not defined; attribute value: " +
                         std::string(placeholder.text));
      }
      binding.values.push_back(value);
    } else {
      const std::string* name = substitutions.UseName(placeholder.text);
      if (name == nullptr) {
        Refuse(kind,
               "An expression attribute name used in the document path is not defined; attribute name: " +
                   std::string(placeholder.text));
      }
      binding.names.push_back(*name);
    }
  }
  binding.tree = std::move(tree);
  CheckOperands(kind, binding);
  return binding;
}

void RefuseNestedKeys(const std::vector<UsedPath>& paths, const std::vector<std::string_view>& keys,
                      const std::vector<std::string_view>& index_keys) {
  constexpr std::string_view kWords =
      "Key attributes must be scalars; list random access '[]' and map lookup '.' are not allowed: ";
  for (const UsedPath& path : paths) {
    if (!path.is_nested) continue;
    const bool is_key = std::ranges::find(keys, path.attribute) != keys.end();
    if (!is_key && std::ranges::find(index_keys, path.attribute) == index_keys.end()) continue;
    std::string message(kWords);
    message.append(is_key ? "Key: " : "IndexKey: ").append(path.attribute);
    throw Invalid(std::move(message));
  }
}

}  // namespace cumulite::dynamodb
