#include "services/dynamodb/expressions/operand_checks.h"

#include <algorithm>
#include <array>
#include <optional>

#include "protocol/base64.h"
#include "services/dynamodb/expressions/type_set.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::string_view kTypeWords = "Incorrect operand type for operator or function; ";

std::size_t OperandsOf(Function function) {
  switch (function) {
    case Function::kAttributeExists:
    case Function::kAttributeNotExists:
    case Function::kSize:
      return 1;
    default:
      return 2;
  }
}

std::string_view NameOfNode(const Node& node) {
  return node.kind == NodeKind::kCall ? NameOf(node.function) : OperatorOf(node.kind);
}

bool HasOperands(const Node& node) { return node.kind != NodeKind::kPath && node.kind != NodeKind::kValue; }

std::string CountProblem(const Binding&, const Node& node) {
  if (node.kind != NodeKind::kCall || node.count == OperandsOf(node.function)) return {};
  std::string problem = "Incorrect number of operands for operator or function; operator or function: ";
  return problem.append(NameOf(node.function)).append(", number of operands: ") + std::to_string(node.count);
}

/// The types that a value may have as an operand.
TypeSet Allowed(const Node& node, std::size_t operand) {
  switch (node.kind) {
    case NodeKind::kLess:
    case NodeKind::kLessOrEqual:
    case NodeKind::kGreater:
    case NodeKind::kGreaterOrEqual:
    case NodeKind::kBetween:
      return kOrderedTypes;
    case NodeKind::kSum:
    case NodeKind::kDifference:
      return TypeSet::Of(AttributeType::kN);
    case NodeKind::kCall:
      break;
    default:
      return TypeSet::All();
  }
  switch (node.function) {
    case Function::kBeginsWith:
      return TypeSet::Of(AttributeType::kS, AttributeType::kB);
    case Function::kAttributeType:
      return operand == 1 ? TypeSet::Of(AttributeType::kS) : TypeSet::All();
    case Function::kSize:
      return kSizedTypes;
    case Function::kContains:
      return operand == 0 ? kContainerTypes : TypeSet::All();
    case Function::kListAppend:
      return TypeSet::Of(AttributeType::kL);
    default:
      return TypeSet::All();
  }
}

std::string TypeProblem(std::string_view name, std::string_view type) {
  std::string problem(kTypeWords);
  return problem.append("operator or function: ").append(name).append(", operand type: ").append(type);
}

bool IsTypeName(std::string_view name) {
  for (int type = 0; type <= static_cast<int>(AttributeType::kM); ++type) {
    if (TypeName(static_cast<AttributeType>(type)) == name) return true;
  }
  return false;
}

std::string AttributeTypeProblem(const Binding& binding, const Node& call) {
  const Node& type = binding.tree->Child(call, 1);
  if (type.kind != NodeKind::kValue) return TypeProblem(NameOf(call.function), "PATH");
  const std::string& name = binding.ValueOf(type).As<std::string>();
  if (IsTypeName(name)) return {};
  return "Invalid attribute type name found; type: " + name + ", valid types: {B,NULL,SS,BOOL,L,BS,N,NS,S,M}";
}

/// Of an operand, where the expression alone tells.
std::optional<AttributeType> KnownType(const Binding& binding, const Node& operand) {
  if (operand.kind == NodeKind::kValue) return binding.ValueOf(operand).type();
  if (operand.kind != NodeKind::kCall) return std::nullopt;
  if (operand.function == Function::kListAppend) return AttributeType::kL;
  return operand.function == Function::kSize ? std::optional(AttributeType::kN) : std::nullopt;
}

std::string TypesProblem(const Binding& binding, const Node& node) {
  if (!HasOperands(node)) return {};
  for (std::size_t i = 0; i < node.count; ++i) {
    const auto type = KnownType(binding, binding.tree->Child(node, i));
    if (type && !Allowed(node, i).Has(*type)) return TypeProblem(NameOfNode(node), TypeName(*type));
  }
  if (node.function == Function::kAttributeType) return AttributeTypeProblem(binding, node);
  if (node.kind != NodeKind::kBetween) return {};
  const Node& low = binding.tree->Child(node, 1);
  const Node& high = binding.tree->Child(node, 2);
  if (low.kind != NodeKind::kValue || high.kind != NodeKind::kValue) return {};
  return BoundsProblem(binding.ValueOf(low), binding.ValueOf(high));
}

std::string PathProblem(const Binding& binding, const Node& node) {
  if (node.kind != NodeKind::kCall) return {};
  const bool wants_path = node.function == Function::kAttributeExists ||
                          node.function == Function::kAttributeNotExists ||
                          node.function == Function::kIfNotExists;
  if (!wants_path || binding.tree->Child(node, 0).kind == NodeKind::kPath) return {};
  return std::string("Operator or function requires a document path; operator or function: ")
      .append(NameOf(node.function));
}

std::string SameOperandProblem(const Binding& binding, const Node& node) {
  const bool wants_others = (node.kind >= NodeKind::kEqual && node.kind <= NodeKind::kIn) ||
                            node.function == Function::kContains || node.function == Function::kBeginsWith;
  if (!wants_others) return {};
  const Node& first = binding.tree->Child(node, 0);
  if (first.kind != NodeKind::kPath) return {};
  for (std::size_t i = 1; i < node.count; ++i) {
    const Node& other = binding.tree->Child(node, i);
    if (other.kind != NodeKind::kPath || !binding.SamePath(first, other)) continue;
    return std::string(
               "The first operand must be distinct from the remaining operands for this operator or "
               "function; "
               "operator: ")
               .append(NameOfNode(node))
               .append(", first operand: ") +
           binding.PathText(first);
  }
  return {};
}

/// ADD and DELETE name types at length.
std::string_view LongTypeName(AttributeType type) {
  static constexpr std::array<std::string_view, 10> kNames = {
      "STRING",     "NUMBER",  "BINARY", "STRING_SET", "NUMBER_SET",
      "BINARY_SET", "BOOLEAN", "NULL",   "LIST",       "MAP"};
  return kNames[static_cast<std::size_t>(type)];
}

void CheckActions(const Binding& binding) {
  for (const UpdateAction& action : binding.tree->actions) {
    if (action.section != Section::kAdd && action.section != Section::kDelete) continue;
    const AttributeType type = binding.ValueOf(binding.tree->nodes[action.value]).type();
    if (kSetTypes.Has(type) || (action.section == Section::kAdd && type == AttributeType::kN)) continue;
    std::string problem(kTypeWords);
    problem.append("operator: ").append(NameOf(action.section)).append(", operand type: ");
    Refuse(ExpressionKind::kUpdate, problem.append(LongTypeName(type)));
  }
}

}  // namespace

std::string Shown(const AttributeValue& value) {
  std::string text = "AttributeValue: {";
  text.append(TypeName(value.type())).append(":");
  if (const auto* string = value.If<std::string>()) text += *string;
  if (const auto* number = value.If<Number>()) number->AppendTo(text);
  if (const auto* binary = value.If<Binary>()) text += protocol::Base64Encode(binary->bytes);
  return text + "}";
}

void CheckOperands(ExpressionKind kind, const Binding& binding) {
  for (const auto rule : {CountProblem, TypesProblem, PathProblem, SameOperandProblem}) {
    for (const Node& node : binding.tree->nodes) {
      const std::string problem = rule(binding, node);
      if (!problem.empty()) Refuse(kind, problem);
    }
  }
  CheckActions(binding);
}

std::string BoundsProblem(const AttributeValue& low, const AttributeValue& high) {
  const bool same_type = low.type() == high.type();
  if (same_type && !IsLess(high, low)) return {};
  return std::string("The BETWEEN operator requires ")
      .append(same_type ? "upper bound to be greater than or equal to lower bound"
                        : "same data type for lower and upper bounds")
      .append("; lower bound operand: ")
      .append(Shown(low))
      .append(", upper bound operand: ")
      .append(Shown(high));
}

bool IsLess(const AttributeValue& a, const AttributeValue& b) {
  if (const auto* number = a.If<Number>()) return *number < b.As<Number>();
  if (const auto* binary = a.If<Binary>()) return *binary < b.As<Binary>();
  return a.As<std::string>() < b.As<std::string>();
}

}  // namespace cumulite::dynamodb
