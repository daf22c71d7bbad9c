#include "services/dynamodb/expressions/substitutions.h"

#include <algorithm>

#include "services/dynamodb/errors.h"
#include "services/dynamodb/items/sizes.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::string_view kNames = "ExpressionAttributeNames";
constexpr std::string_view kValues = "ExpressionAttributeValues";

template <typename... Parts>
[[noreturn]] void RefuseParts(const Parts&... parts) {
  std::string message;
  (message.append(parts), ...);
  throw Invalid(std::move(message));
}

/// "FilterExpression and KeyConditionExpression are null": the expressions that take values.
std::string MissingExpressions(std::initializer_list<Substitutions::Given> expressions) {
  std::string names;
  std::size_t count = 0;
  for (const auto& expression : expressions) {
    if (expression.kind == ExpressionKind::kProjection) continue;
    if (count++ > 0) names += " and ";
    names += NameOf(expression.kind);
  }
  return names + (count > 1 ? " are null" : " is null");
}

void RefuseWithoutExpression(bool names, bool values,
                             std::initializer_list<Substitutions::Given> expressions) {
  const auto present = [](const Substitutions::Given& given) { return given.present; };
  const auto takes_values = [&](const Substitutions::Given& given) {
    return given.present && given.kind != ExpressionKind::kProjection;
  };
  if (names && std::ranges::none_of(expressions, present)) {
    RefuseParts(kNames, " can only be specified when using expressions");
  }
  if (values && std::ranges::none_of(expressions, takes_values)) {
    RefuseParts(kValues, " can only be specified when using expressions: ", MissingExpressions(expressions));
  }
}

void CheckKey(std::string_view parameter, std::string_view key, char sign) {
  const bool good =
      key.size() > 1 && key.front() == sign && std::ranges::all_of(key.substr(1), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
      });
  if (!good) RefuseParts(parameter, " contains invalid key: Syntax error; key: \"", key, "\"");
}

/// What `given` has and `used`, which is sorted, has not.
template <typename Map, typename Used, typename Member>
std::string Unused(const Map& given, const Used& used, Member member) {
  std::string list;
  for (const auto& entry : given) {
    const auto [key, value] = member(entry);
    if (std::ranges::binary_search(used, value)) continue;
    list.append(list.empty() ? "" : ", ").append(*key);
  }
  return list;
}

template <typename Map, typename Used, typename Member>
void RefuseUnusedOf(std::string_view parameter, const Map* given, Used used, Member member) {
  if (given == nullptr) return;
  std::ranges::sort(used);
  const auto repeated = std::ranges::unique(used);
  used.erase(repeated.begin(), repeated.end());
  if (used.size() == given->size()) return;
  RefuseParts("Value provided in ", parameter, " unused in expressions: keys: {",
              Unused(*given, used, member), "}");
}

}  // namespace

Substitutions::Substitutions(const std::optional<Names>& names, const std::optional<ItemInput>& values,
                             std::initializer_list<Given> expressions)
    : names_(names ? &*names : nullptr), values_(values ? &values->attributes : nullptr) {
  if (names_ == nullptr && values_ == nullptr) return;
  RefuseWithoutExpression(names_ != nullptr, values_ != nullptr, expressions);
  if (names_ != nullptr) {
    if (names_->empty()) RefuseParts(kNames, " must not be empty");
    for (const auto& [key, name] : *names_) {
      CheckKey(kNames, key, '#');
      if (name.empty()) RefuseParts(kNames, " contains invalid value: Empty attribute name for key ", key);
      if (name.size() > kMaxAttributeNameBytes) {
        RefuseParts(kNames, " contains invalid value: ", kAttributeNameTooLong, " for key ", key);
      }
    }
  }
  if (values_ == nullptr) return;
  if (!values->problem.empty()) {
    RefuseParts(kValues, " contains invalid value: ", values->problem, " for key ", values->problem_name);
  }
  if (values_->empty()) RefuseParts(kValues, " must not be empty");
  for (const Attribute& value : *values_) CheckKey(kValues, value.name, ':');
}

const std::string* Substitutions::UseName(std::string_view placeholder) {
  if (names_ == nullptr) return nullptr;
  const auto found = names_->find(std::string(placeholder));
  if (found == names_->end()) return nullptr;
  used_names_.push_back(&found->second);
  return &found->second;
}

const AttributeValue* Substitutions::UseValue(std::string_view placeholder) {
  const AttributeValue* value = values_ == nullptr ? nullptr : values_->Find(placeholder);
  if (value != nullptr) used_values_.push_back(value);
  return value;
}

void Substitutions::RefuseUnused() const {
  RefuseUnusedOf(kNames, names_, used_names_,
                 [](const auto& entry) { return std::pair(&entry.first, &entry.second); });
  RefuseUnusedOf(kValues, values_, used_values_,
                 [](const Attribute& entry) { return std::pair(&entry.name, &entry.value); });
}

}  // namespace cumulite::dynamodb
