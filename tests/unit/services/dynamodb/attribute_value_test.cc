#include "services/dynamodb/items/attribute_value.h"

#include <gtest/gtest.h>

#include "protocol/json_codec.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/items/sizes.h"

namespace cumulite::dynamodb {
namespace {

ItemInput Read(std::string_view json) {
  ItemInput item;
  protocol::ReadJsonLeaf(json, ItemInput::kLeafCodec, &item);
  return item;
}

std::string Canonical(std::string_view json) { return ToJson(Read(json).attributes); }

std::string Refusal(std::string_view json) {
  try {
    Read(json);
  } catch (const AwsError& error) {
    EXPECT_EQ(error.kind().code, protocol::kSerialization.code);
    return error.message();
  }
  return "accepted";
}

TEST(AttributeValueTest, AllTypesAreWrittenAsTheyWereReadInOneOrder) {
  EXPECT_EQ(
      Canonical(R"({"b":{"S":"x\n"},"a":{"N":"1e2"},"c":{"B":"AQI="},"d":{"SS":["z","y"]},)"
                R"("e":{"NS":["2","1.0"]},"f":{"BS":["Ag==","AQ=="]},"g":{"BOOL":false},)"
                R"("h":{"NULL":true},"i":{"L":[{"S":""},{"L":[]}]},"j":{"M":{"y":{"N":"1"},"x":{"M":{}}}}})"),
      R"({"a":{"N":"100"},"b":{"S":"x\n"},"c":{"B":"AQI="},"d":{"SS":["y","z"]},)"
      R"("e":{"NS":["1","2"]},"f":{"BS":["AQ==","Ag=="]},"g":{"BOOL":false},)"
      R"("h":{"NULL":true},"i":{"L":[{"S":""},{"L":[]}]},"j":{"M":{"x":{"M":{}},"y":{"N":"1"}}}})");
}

TEST(AttributeValueTest, FirstFaultInsideValuesIsKept) {
  const std::pair<const char*, const char*> kCases[] = {
      {R"({"a":{}})",
       "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"},
      {R"({"a":{"X":"1"}})",
       "Supplied AttributeValue is empty, must contain exactly one of the supported datatypes"},
      {R"({"a":{"S":"1","N":"1"}})",
       "Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported "
       "datatypes"},
      {R"({"a":{"S":"1","N":"b"}})", "The parameter cannot be converted to a numeric value: b"},
      {R"({"a":{"NULL":false}})",
       "One or more parameter values were invalid: Null attribute value types must have the value of true"},
      {R"({"a":{"SS":[]}})", "One or more parameter values were invalid: An string set  may not be empty"},
      {R"({"a":{"NS":[]}})", "One or more parameter values were invalid: An number set  may not be empty"},
      {R"({"a":{"BS":[]}})", "One or more parameter values were invalid: Binary sets should not be empty"},
      {R"({"a":{"SS":["b","a","a"]}})",
       "One or more parameter values were invalid: Input collection [b, a, a] contains duplicates."},
      {R"({"a":{"BS":["Yg==","Yg=="]}})",
       "One or more parameter values were invalid: Input collection [Yg==, Yg==]of type BS contains "
       "duplicates."},
      {R"({"a":{"NS":["1","1.0"]}})", "Input collection contains duplicates"},
  };
  for (const auto& [json, problem] : kCases) EXPECT_EQ(Read(json).problem, problem) << json;
  EXPECT_EQ(Read(R"({"a":{"S":""},"b":{"L":[{"M":{"c":{}}}]},"d":{"N":"x"}})").problem_name, "b");
}

TEST(AttributeValueTest, WrongJsonTypesAreToldInJavasWords) {
  EXPECT_EQ(Refusal(R"({"a":{"N":1}})"), "NUMBER_VALUE cannot be converted to String");
  EXPECT_EQ(Refusal(R"({"a":{"S":true}})"), "TRUE_VALUE cannot be converted to String");
  EXPECT_EQ(Refusal(R"({"a":"x"})"), "Unexpected value type in payload");
  EXPECT_EQ(Refusal(R"({"a":[]})"),
            "Unrecognized collection type class com.amazonaws.dynamodb.v20120810.AttributeValue");
  EXPECT_EQ(Refusal(R"({"a":{"B":"abcde"}})"),
            "Base64 encoded length is expected a multiple of 4 bytes but found: 5");
}

TEST(AttributeValueTest, NestsToThirtyTwoLevels) {
  const auto nested = [](int levels) {
    std::string text = R"({"a":)";
    for (int i = 0; i < levels; ++i) text += R"({"L":[)";
    text += R"({"S":"x"})";
    for (int i = 0; i < levels; ++i) text += "]}";
    return text + "}";
  };
  EXPECT_EQ(Read(nested(32)).problem, "");
  EXPECT_EQ(Canonical(nested(32)), nested(32));
  EXPECT_TRUE(Read(nested(33)).problem.starts_with("Nesting Levels have exceeded supported limits"));
  EXPECT_EQ(Refusal(nested(100'000)), "");
}

TEST(AttributeValueTest, SizesAreThoseOfTheDeveloperGuide) {
  const auto size = [](std::string_view json) { return SizeOf(Read(json).attributes); };
  EXPECT_EQ(size(R"({"abc":{"S":"é"}})"), 5U);
  EXPECT_EQ(size(R"({"a":{"N":"0"}})"), 2U);
  EXPECT_EQ(size(R"({"a":{"N":"27"}})"), 3U);
  EXPECT_EQ(size(R"({"a":{"N":"127"}})"), 4U);
  EXPECT_EQ(size(R"({"a":{"N":"-27"}})"), 4U);
  EXPECT_EQ(size(R"({"a":{"N":"12.7"}})"), 4U);
  EXPECT_EQ(size(R"({"a":{"B":"AQID"}})"), 4U);
  EXPECT_EQ(size(R"({"a":{"SS":["ab","c"]}})"), 4U);
  EXPECT_EQ(size(R"({"a":{"BOOL":true},"b":{"NULL":true}})"), 4U);
  EXPECT_EQ(size(R"({"a":{"L":[{"S":"x"},{"S":"yz"}]}})"), 1U + 3 + 2 + 3);
  EXPECT_EQ(size(R"({"a":{"M":{"k":{"S":"v"}}}})"), 1U + 3 + 1 + 2);
}

}  // namespace
}  // namespace cumulite::dynamodb
