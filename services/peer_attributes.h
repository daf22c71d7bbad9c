#pragma once
#include <map>
#include <string>
#include <utility>

#include "services/delivery.h"

namespace cumulite::services {

/// Moves the attributes of a message that another service sends into the form in which a request has them:
/// `Values` maps names to a type with data_type, string_value and binary_value.
template <class Values>
void TakeAttributes(std::map<std::string, QueueMessage::Attribute>& from, Values& to) {
  for (auto& [name, attribute] : from) {
    auto& value = to[name];
    if (attribute.data_type.starts_with("Binary")) {
      value.binary_value.emplace().bytes = std::move(attribute.value);
    } else {
      value.string_value = std::move(attribute.value);
    }
    value.data_type = std::move(attribute.data_type);
  }
}

}  // namespace cumulite::services
