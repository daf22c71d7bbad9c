#include "services/sns/data_protection.h"

#include <nlohmann/json.hpp>

#include "services/sns/errors.h"

namespace cumulite::sns {

void CheckDataProtectionPolicy(std::string_view json) {
  constexpr std::size_t kMaxBytes = 30'720;
  if (json.size() > kMaxBytes) throw Invalid("DataProtectionPolicy", "The policy is too long");
  const nlohmann::json document = nlohmann::json::parse(json, nullptr, false);
  if (!document.is_object()) throw Invalid("DataProtectionPolicy", "The policy is not valid JSON");
  for (const char* name : {"Name", "Version", "Statement"}) {
    if (!document.contains(name)) {
      throw Invalid("DataProtectionPolicy", std::string("The policy must contain ") + name);
    }
  }
  if (!document["Statement"].is_array() || document["Statement"].empty()) {
    throw Invalid("DataProtectionPolicy", "Statement must be a non-empty list");
  }
}

}  // namespace cumulite::sns
