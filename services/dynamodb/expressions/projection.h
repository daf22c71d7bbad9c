#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "services/dynamodb/expressions/binding.h"
#include "services/dynamodb/expressions/expression_cache.h"

namespace cumulite::dynamodb {

/// A ProjectionExpression, or AttributesToGet: which parts of an item an answer shows.
///
/// Thread: any.
/// Source: DynamoDB Developer Guide "Using projection expressions in DynamoDB".
class Projection {
 public:
  /// Errors: ValidationException "Invalid ProjectionExpression: ...".
  static Projection Compile(ExpressionCache& cache, std::string_view text, Substitutions& substitutions);
  /// Whole attributes by their names, each once. Keeps views.
  static Projection OfNames(std::span<const std::string> names);
  /// Paths of any tree.
  Projection(ExpressionKind kind, Binding binding, std::vector<std::uint32_t> paths);

  /// What the paths lead to, in its places; elements of lists close up. Paths that lead nowhere are skipped.
  AttributeMap Project(const AttributeMap& item) const;

  /// Which attributes it shows, with repetitions.
  std::vector<UsedPath> Paths() const;
  /// Whether it shows whole attributes only.
  bool IsFlat() const;

 private:
  using Range = std::span<const std::uint32_t>;

  void ProjectMap(Range paths, std::size_t depth, const AttributeMap& from, AttributeMap& to) const;
  bool ProjectValue(Range paths, std::size_t depth, const AttributeValue& from, AttributeValue& to) const;
  bool ProjectList(Range paths, std::size_t depth, const List& from, List& to) const;
  /// The paths at the beginning of `paths` that have the same step at `depth`.
  Range Group(Range paths, std::size_t depth) const;
  const Node& NodeOf(std::uint32_t path) const { return binding_.tree->nodes[path]; }
  const PathStep& StepOf(std::uint32_t path, std::size_t depth) const {
    return binding_.tree->Steps(NodeOf(path))[depth];
  }

  Binding binding_;
  std::vector<std::uint32_t> paths_;  // in order
};

}  // namespace cumulite::dynamodb
