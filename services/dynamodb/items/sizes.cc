#include "services/dynamodb/items/sizes.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::size_t kContainer = 3;  // of a list or map
constexpr std::size_t kElement = 1;    // of each of its members

std::size_t SizeOfNumber(const Number& number) {
  return 1 + static_cast<std::size_t>(number.DigitPairs()) + (number.negative() ? 1 : 0);
}

}  // namespace

std::size_t SizeOf(const AttributeValue& value) {
  std::size_t size = 0;
  switch (value.type()) {
    case AttributeType::kS:
      return value.As<std::string>().size();
    case AttributeType::kN:
      return SizeOfNumber(value.As<Number>());
    case AttributeType::kB:
      return value.As<Binary>().bytes.size();
    case AttributeType::kSS:
      for (const std::string& member : value.As<StringSet>().members) size += member.size();
      return size;
    case AttributeType::kNS:
      for (const Number& member : value.As<NumberSet>().members) size += SizeOfNumber(member);
      return size;
    case AttributeType::kBS:
      for (const Binary& member : value.As<BinarySet>().members) size += member.bytes.size();
      return size;
    case AttributeType::kBool:
    case AttributeType::kNull:
      return 1;
    case AttributeType::kL:
      for (const AttributeValue& member : value.As<List>()) size += kElement + SizeOf(member);
      return kContainer + size;
    case AttributeType::kM:
      return kContainer + value.As<AttributeMap>().size() * kElement + SizeOf(value.As<AttributeMap>());
  }
  return size;
}

std::size_t SizeOf(const AttributeMap& item) {
  std::size_t size = 0;
  for (const auto& [name, value] : item) size += name.size() + SizeOf(value);
  return size;
}

}  // namespace cumulite::dynamodb
