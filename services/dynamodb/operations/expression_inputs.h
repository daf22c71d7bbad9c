#pragma once
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "services/dynamodb/items/attribute_value.h"

namespace cumulite::dynamodb {

/// A parameter of a request and whether the request has it, empty or not.
struct GivenParameter {
  std::string_view name;
  bool present = false;
};

/// Errors: ValidationException "Can not use both expression and non-expression parameters ..."; the lists are
/// in the order in which AWS names them.
void RefuseMixedStyles(std::initializer_list<GivenParameter> legacy,
                       std::initializer_list<GivenParameter> expressions);

/// Errors: ValidationException for an attribute's name that is empty or longer than 65535 bytes.
void CheckAttributeName(std::string_view name);

/// Errors: ValidationException for the first fault inside the values of an item or key.
void RefuseBadValues(const ItemInput& item);

}  // namespace cumulite::dynamodb
