#include "services/messaging/attribute_rules.h"

#include <gtest/gtest.h>

namespace cumulite::messaging {
namespace {
using enum AttributeFault::Kind;

MessageAttributeValue Text(std::string type, std::string value) {
  MessageAttributeValue attribute;
  attribute.data_type = std::move(type);
  attribute.string_value = std::move(value);
  return attribute;
}

std::optional<AttributeFault::Kind> FaultOfName(std::string_view name) {
  const auto fault = FindFault(name, Text("String", "x"));
  return fault ? std::optional(fault->kind) : std::nullopt;
}

std::optional<AttributeFault::Kind> FaultOf(const MessageAttributeValue& value) {
  const auto fault = FindFault("name", value);
  return fault ? std::optional(fault->kind) : std::nullopt;
}

TEST(AttributeRulesTest, Names) {
  EXPECT_EQ(FaultOfName("a_b-c.d\xC3\xA4"), std::nullopt);
  EXPECT_EQ(FaultOfName(std::string(256, 'n')), std::nullopt);
  EXPECT_EQ(FaultOfName(std::string(257, 'n')), kNameTooLong);
  EXPECT_EQ(FaultOfName(""), kNameEmpty);
  EXPECT_EQ(FaultOfName("a^"), kNameCharacter);
  EXPECT_EQ(FindFault("a^", Text("String", "x"))->character, '^');
  EXPECT_EQ(FaultOfName(".a"), kNameFirstDot);
  EXPECT_EQ(FaultOfName("a."), kNameLastDot);
  EXPECT_EQ(FaultOfName("a..b"), kNameSuccessiveDots);
  EXPECT_EQ(FaultOfName("aWs.a"), kNameReserved);
  EXPECT_EQ(FaultOfName("AMAZON.a"), kNameReserved);
  EXPECT_EQ(FaultOfName("awsome"), std::nullopt);
}

TEST(AttributeRulesTest, Types) {
  EXPECT_EQ(FaultOf(Text("", "x")), kNoType);
  EXPECT_EQ(FaultOf(Text("string", "x")), kUnknownType);
  EXPECT_EQ(FaultOf(Text("String.", "x")), kUnknownType);
  EXPECT_EQ(FaultOf(Text("Stringent", "x")), kUnknownType);
  EXPECT_EQ(FaultOf(Text("String.x", "x")), std::nullopt);
  EXPECT_EQ(FaultOf(Text("String." + std::string(250, 'x'), "x")), kTypeTooLong);
}

TEST(AttributeRulesTest, Values) {
  EXPECT_EQ(FaultOf(Text("String", "")), kEmptyValue);
  EXPECT_EQ(FindFault("n", Text("Number.int", ""))->base_type, "Number");
  EXPECT_EQ(FaultOf(Text("Binary", "x")), kNotBinary);
  EXPECT_EQ(FaultOf(Text("String", "a\x01")), kNotXmlText);
  MessageAttributeValue bytes;
  bytes.data_type = "Binary";
  EXPECT_EQ(FaultOf(bytes), kEmptyValue);
  bytes.binary_value = protocol::Blob{"\x01"};
  EXPECT_EQ(FaultOf(bytes), std::nullopt);
  bytes.data_type = "Number";
  EXPECT_EQ(FaultOf(bytes), kNotText);
  MessageAttributeValue list = Text("String", "x");
  list.string_list_values = {"y"};
  EXPECT_EQ(FaultOf(list), kListValue);
}

TEST(AttributeRulesTest, Numbers) {
  for (const char* number : {"0", "-1.5", "+2", "1e10", ".5"}) {
    EXPECT_EQ(FaultOf(Text("Number", number)), std::nullopt) << number;
  }
  for (const char* text : {"one", "1x", "inf", "nan", "--1", "+-1", " 1"}) {
    EXPECT_EQ(FaultOf(Text("Number", text)), kNotANumber) << text;
  }
}

TEST(MessageAttributesTest, EncodingGivesThemBack) {
  MessageAttributes attributes;
  attributes["b"] = Text("String.label", "value");
  attributes["a"].data_type = "Binary";
  attributes["a"].binary_value = protocol::Blob{std::string("\0\x01", 2)};
  const MessageAttributes again = DecodeAttributes(EncodeAttributes(attributes));
  ASSERT_EQ(again.size(), 2U);
  EXPECT_EQ(again.at("b").string_value, "value");
  EXPECT_EQ(again.at("b").data_type, "String.label");
  EXPECT_EQ(again.at("a").binary_value->bytes, std::string("\0\x01", 2));
  EXPECT_EQ(EncodeTextAttribute("n", "v"), EncodeAttributes({{"n", Text("String", "v")}}));
  EXPECT_EQ(SizeOf("body", attributes), 4 + (1 + 12 + 5) + (1 + 6 + 2));
}

}  // namespace
}  // namespace cumulite::messaging
