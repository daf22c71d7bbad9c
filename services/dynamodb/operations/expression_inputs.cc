#include "services/dynamodb/operations/expression_inputs.h"

#include "services/dynamodb/errors.h"
#include "services/dynamodb/items/sizes.h"

namespace cumulite::dynamodb {
namespace {

std::string Present(std::initializer_list<GivenParameter> parameters) {
  std::string text;
  for (const auto& [name, present] : parameters) {
    if (!present) continue;
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

}  // namespace

void RefuseMixedStyles(std::initializer_list<GivenParameter> legacy,
                       std::initializer_list<GivenParameter> expressions) {
  const std::string old_style = Present(legacy);
  const std::string new_style = Present(expressions);
  if (old_style.empty() || new_style.empty()) return;
  throw Invalid(
      "Can not use both expression and non-expression parameters in the same request: Non-expression "
      "parameters: {" +
      old_style + "} Expression parameters: {" + new_style + "}");
}

void CheckAttributeName(std::string_view name) {
  if (name.empty()) throw InvalidValue("Empty attribute name");
  if (name.size() > kMaxAttributeNameBytes) throw InvalidValue(kAttributeNameTooLong);
}

void RefuseBadValues(const ItemInput& item) {
  for (const auto& [name, value] : item.attributes) CheckAttributeName(name);
  if (!item.problem.empty()) throw Invalid(item.problem);
}

}  // namespace cumulite::dynamodb
