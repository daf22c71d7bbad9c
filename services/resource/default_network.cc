#include "services/resource/default_network.h"

#include <cstdint>
#include <initializer_list>

namespace cumulite::resource {

std::string FixedId(std::string_view kind, std::string_view account, std::string_view region,
                    std::string_view what) {
  std::uint64_t hash = 0xcbf29ce484222325;  // FNV-1a
  for (const std::string_view part :
       std::initializer_list<std::string_view>{kind, "/", account, "/", region, "/", what}) {
    for (const char c : part) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3;
  }
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text = std::string(kind) + "-0";
  for (int shift = 60; shift >= 0; shift -= 4) text += kDigits[hash >> shift & 15];
  return text;
}

std::string DefaultVpcId(std::string_view account, std::string_view region) {
  return FixedId("vpc", account, region);
}

std::string DefaultSecurityGroupId(std::string_view account, std::string_view region) {
  return FixedId("sg", account, region, DefaultVpcId(account, region));
}

}  // namespace cumulite::resource
