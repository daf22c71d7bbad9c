#include "protocol/json_codec.h"

#include "protocol/error.h"
#include "tests/unit/protocol/rpc_example.h"

namespace cumulite::protocol {
namespace {

using example::Everything;
using example::kModel;

Everything Decode(std::string text) {
  const std::size_t size = text.size();
  text.append(64, 'x');  // what follows a body in the session's buffer is not blank
  Everything request;
  DecodeJson(std::string_view(text).substr(0, size), kModel, &request, Everything::Describe());
  return request;
}

/// The message of the error that decoding gives; "no error" without one.
std::string Error(std::string text) {
  try {
    Decode(std::move(text));
  } catch (const AwsError& error) {
    return std::string(error.kind().code) + ": " + error.message();
  }
  return "no error";
}

std::string Serialization(const std::string& message) { return "SerializationException: " + message; }

std::string Encode(const Everything& response) {
  std::string text;
  EncodeJson(&response, Everything::Describe(), text);
  return text;
}

TEST(JsonCodecTest, ReadsEveryKind) {
  const Everything r =
      Decode(R"( {"QueueUrl":"u","Text":"a\"\\\/\b\f\n\r\t\u00e4\ud83d\ude00","DelaySeconds":-5,
    "Big":9007199254740993,"Ratio":1.5e2,"Flag":true,"Blob":"AP8=","When":1700000000.123,
    "Single":{"Id":"1","Body":""},"Names":["a","b"],"Entries":[{"Id":"x"},{"Id":"y","Body":"z"}],
    "Attributes":{"k":{"DataType":"String","StringValue":"v"}},"Tags":{"a":"","b":"2"}} )");
  EXPECT_EQ(r.queue_url, "u");
  EXPECT_EQ(r.text, "a\"\\/\b\f\n\r\t\xC3\xA4\xF0\x9F\x98\x80");
  EXPECT_EQ(r.delay_seconds, -5);
  EXPECT_EQ(r.big, 9007199254740993) << "not rounded to a double";
  EXPECT_EQ(r.ratio, 150.0);
  EXPECT_EQ(r.flag, true);
  EXPECT_EQ(r.blob->bytes, std::string("\0\xFF", 2));
  EXPECT_EQ(r.when->milliseconds, 1'700'000'000'123);
  EXPECT_EQ(r.single->body, "") << "present and empty";
  EXPECT_THAT(r.names, testing::ElementsAre("a", "b"));
  ASSERT_EQ(r.entries.size(), 2u);
  EXPECT_EQ(r.entries[0].body, std::nullopt);
  EXPECT_EQ(r.entries[1].body, "z");
  EXPECT_EQ(r.attributes.at("k").string_value, "v");
  EXPECT_EQ(r.tags, (std::map<std::string, std::string>{{"a", ""}, {"b", "2"}}));
}

TEST(JsonCodecTest, WritesWhatItReads) {
  const std::string text =
      R"({"QueueUrl":"u","Text":"a\"\\\n\r\t\u0001\u001fä","DelaySeconds":-5,"Big":9007199254740993,"Ratio":0.1,)"
      R"("Flag":false,"Blob":"AP8=","When":1700000000.123,"Single":{"Id":"1"},"Names":["a"],"Members":["m"],)"
      R"("Entries":[{"Id":"x"}],"Attributes":{"k":{"DataType":"String"}},"Tags":{"a":""},"Failed":[]})";
  EXPECT_EQ(Encode(Decode(text)), text);
}

TEST(JsonCodecTest, EveryControlCharacterSurvivesAtEveryOffset) {
  for (int c = 0; c < 0x80; ++c) {
    for (std::size_t offset = 0; offset < 18; ++offset) {
      Everything response;
      response.text = std::string(offset, ' ') + static_cast<char>(c) + " tail behind it";
      EXPECT_EQ(Decode(Encode(response)).text, response.text) << c << " at " << offset;
    }
  }
}

TEST(JsonCodecTest, NullIsAbsentAndUnknownMembersAreIgnored) {
  const Everything r = Decode(R"({"QueueUrl":"u","Text":null,"Names":null,"Tags":null,"Flag":null,
    "Unknown":{"a":[1,2,{"b":null}],"c":"\u0041"},"Other":-1e5})");
  EXPECT_EQ(r.text, std::nullopt);
  EXPECT_EQ(r.flag, std::nullopt);
  EXPECT_EQ(Error(R"({"QueueUrl":null})"),
            "ValidationException: 1 validation error detected: Value null at 'queueUrl' failed to satisfy "
            "constraint: Member must not be null");
}

TEST(JsonCodecTest, TheLastOfARepeatedKeyWins) {
  const Everything r = Decode(R"({"QueueUrl":"u","QueueUrl":"v","Names":["a","b"],"Names":["c"],
    "Tags":{"k":"1","k":"2"},"Attributes":{"k":{"DataType":"a","StringValue":"s"},"k":{"DataType":"b"}},
    "Single":{"Id":"1","Body":"x"},"Single":{"Id":"2"}})");
  EXPECT_EQ(r.queue_url, "v");
  EXPECT_THAT(r.names, testing::ElementsAre("c"));
  EXPECT_EQ(r.tags.at("k"), "2");
  EXPECT_EQ(r.attributes.at("k").string_value, std::nullopt);
  EXPECT_EQ(r.single->body, std::nullopt);
}

TEST(JsonCodecTest, AnEmptyBodyIsAnEmptyObject) {
  EXPECT_THAT(Error(""), testing::HasSubstr("'queueUrl'"));
  EXPECT_THAT(Error(" \r\n"), testing::HasSubstr("'queueUrl'"));
  EXPECT_THAT(Error("{}"), testing::HasSubstr("'queueUrl'"));
}

TEST(JsonCodecTest, WhatIsNotJsonHasNoMessage) {
  const char* const bad[] = {
      "{",
      "}",
      "{\"QueueUrl\":\"u\"",
      "{\"QueueUrl\":\"u\"}}",
      "{\"QueueUrl\":\"u\"} x",
      "{\"QueueUrl\":\"u\"}{}",
      "{\"QueueUrl\":\"u\",}",
      "{\"QueueUrl\" \"u\"}",
      "{\"QueueUrl\":\"u\" \"Text\":\"t\"}",
      "{QueueUrl:\"u\"}",
      "{'QueueUrl':'u'}",
      "{\"QueueUrl\":\"u}",
      "{\"QueueUrl\":\"a\nb\"}",
      "{\"QueueUrl\":\"\\x\"}",
      "{\"QueueUrl\":\"\\u12\"}",
      "{\"QueueUrl\":\"\\ud800\"}",
      "{\"QueueUrl\":\"\xFF\"}",
      "{\"QueueUrl\":\"\xC0\x80\"}",
      "{\"QueueUrl\":\"\xED\xA0\x80\"}",
      "{\"QueueUrl\":\"u\",\"Unknown\":tru}",
      "{\"QueueUrl\":\"u\",\"Unknown\":01}",
      "{\"QueueUrl\":\"u\",\"Unknown\":[1,]}",
      "{\"QueueUrl\":\"u\",\"Unknown\":{\"a\"}}",
      "{\"QueueUrl\":\"u\",\"Unknown\":{\"a\":}}",
      "{\"QueueUrl\":\"u\",\"Unknown\":nul}",
      "{\"QueueUrl\":\"u\",\"Names\":[\"a\" \"b\"]}",
      "{\"QueueUrl\":\"u\",\"Names\":[\"a\"}",
      "{\"QueueUrl\":\"u\",\"Tags\":{\"a\":\"b\"]}",
      "\xEF\xBB\xBF",
  };
  for (const char* text : bad) EXPECT_EQ(Error(text), Serialization("")) << text;
}

TEST(JsonCodecTest, WrongTypesAreNamedAsAwsDoes) {
  const std::pair<const char*, const char*> cases[] = {
      {R"("QueueUrl":1)", "NUMBER_VALUE cannot be converted to String"},
      {R"("QueueUrl":1.5)", "DECIMAL_VALUE cannot be converted to String"},
      {R"("QueueUrl":true)", "TRUE_VALUE cannot be converted to String"},
      {R"("QueueUrl":false)", "FALSE_VALUE cannot be converted to String"},
      {R"("QueueUrl":[])", "Unrecognized collection type class java.lang.String"},
      {R"("QueueUrl":{})", "Start of structure or map found where not expected"},
      {R"("DelaySeconds":"7")", "STRING_VALUE cannot be converted to Integer"},
      {R"("DelaySeconds":1.5)", "DECIMAL_VALUE cannot be converted to Integer"},
      {R"("DelaySeconds":2147483648)", "NUMBER_VALUE cannot be converted to Integer"},
      {R"("DelaySeconds":-99999999999999999999999999)", "NUMBER_VALUE cannot be converted to Integer"},
      {R"("Big":9223372036854775808)", "NUMBER_VALUE cannot be converted to Long"},
      {R"("Flag":"maybe")", "Unexpected token received from parser"},
      {R"("Flag":1)", "NUMBER_VALUE cannot be converted to Boolean"},
      {R"("Blob":1)", "only base-64-encoded strings are convertible to bytes"},
      {R"("Blob":"abcde")", "Base64 encoded length is expected a multiple of 4 bytes but found: 5"},
      {R"("Blob":"AP9=")", "Invalid last non-pad Base64 character dectected"},
      {R"("When":"now")", "STRING_VALUE cannot be converted to Timestamp"},
      {R"("When":1e300)", "DECIMAL_VALUE cannot be converted to Timestamp"},
      {R"("Names":"a")", "Unexpected field type"},
      {R"("Names":{})", "Start of structure or map found where not expected"},
      {R"("Names":[1])", "NUMBER_VALUE cannot be converted to String"},
      {R"("Tags":[])", "Unrecognized collection type class java.lang.String"},
      {R"("Tags":"a")", "Unexpected field type"},
      {R"("Single":"a")", "Unexpected field type"},
      {R"("Entries":["a"])", "Unexpected value type in payload"},
      {R"("Attributes":{"a":"b"})", "Unexpected value type in payload"},
  };
  for (const auto& [member, message] : cases) {
    EXPECT_EQ(Error("{" + std::string(member) + "}"), Serialization(message)) << member;
  }
  for (const char* root : {"[]", "\"a\"", "1", "null", "true"}) {
    EXPECT_THAT(Error(root), testing::StartsWith("SerializationException")) << root;
  }
}

TEST(JsonCodecTest, TypesComeBeforeConstraints) {
  EXPECT_EQ(Error(R"({"Entries":[{}],"DelaySeconds":"x"})"),
            Serialization("STRING_VALUE cannot be converted to Integer"));
}

TEST(JsonCodecTest, DeepNestingIsRefused) {
  constexpr int kLevels = 200'000;
  const std::string open(kLevels, '[');
  EXPECT_EQ(Error("{\"Unknown\":" + open + std::string(kLevels, ']') + "}"), Serialization(""));
  EXPECT_EQ(Error("{\"Unknown\":" + open), Serialization(""));
  std::string objects;
  for (int i = 0; i < kLevels; ++i) objects += "{\"a\":";
  EXPECT_EQ(Error(objects), Serialization(""));
  EXPECT_EQ(Error("{\"QueueUrl\":\"u\",\"Unknown\":" + std::string(200, '[') + std::string(200, ']') + "}"),
            "no error");
}

TEST(JsonCodecTest, AMillionBrokenElementsGiveTenViolations) {
  std::string text = R"({"QueueUrl":"u","Entries":[{})";
  for (int i = 0; i < 300'000; ++i) text += ",{}";
  const std::string error = Error(text + "]}");
  EXPECT_THAT(error, testing::StartsWith("ValidationException: 10 validation errors detected: Value null at "
                                         "'entries.1.member.id' failed to satisfy constraint"));
  EXPECT_LT(error.size(), 2000u);
}

TEST(JsonCodecTest, ALongBodyLeavesNothingBehind) {
  const std::string big(3'000'000, 'a');
  EXPECT_EQ(Decode("{\"QueueUrl\":\"" + big + "\"}").queue_url, big);
  EXPECT_EQ(Decode(R"({"QueueUrl":"small"})").queue_url, "small");
}

TEST(JsonCodecTest, NullElementsAreConstraintViolations) {
  EXPECT_EQ(
      Error(R"({"QueueUrl":"u","Names":["a",null],"Tags":{"k":null}})"),
      "ValidationException: 2 validation errors detected: Value null at 'names.2.member' failed to satisfy "
      "constraint: Member must not be null; Value null at 'tags.k.member' failed to satisfy constraint: "
      "Member must not be null");
}

/// A type that reads itself, as DynamoDB's attribute values do: it keeps the outline of what it saw.
struct Outline {
  std::string text;
  static const LeafCodec kLeafCodec;
};

void ReadOutline(std::string& out, JsonValue& value) {
  switch (value.type()) {
    case JsonValue::Type::kObject:
      out += '{';
      value.Members([&](std::string_view key, JsonValue& member) {
        out.append(key) += ':';
        if (key != "skipped") ReadOutline(out, member);
      });
      out += '}';
      return;
    case JsonValue::Type::kArray:
      out += '[';
      value.Elements([&](JsonValue& element) { ReadOutline(out, element); });
      out += ']';
      return;
    case JsonValue::Type::kString: {
      const std::string text(value.String());
      if (text == "bad") value.Violate(".s", text, "Member must be good");
      out.append(text) += ';';
      return;
    }
    case JsonValue::Type::kNumber:
      out.append(value.NumberText()) += ';';
      return;
    case JsonValue::Type::kBool:
      out += value.Bool() ? "true;" : "false;";
      return;
    case JsonValue::Type::kNull:
      out += "null;";
  }
}

const LeafCodec Outline::kLeafCodec{
    .read_json = [](void* out, JsonValue& in) { ReadOutline(static_cast<Outline*>(out)->text, in); },
    .write_json = [](const void* value,
                     std::string& out) { out += static_cast<const Outline*>(value)->text; }};

struct Item {
  std::map<std::string, Outline> values;
  static Members Describe() {
    static const Member kMembers[] = {Wire<&Item::values>("Item")};
    return kMembers;
  }
};

Item DecodeItem(std::string text) {
  const std::size_t size = text.size();
  text.append(64, ' ');
  Item item;
  DecodeJson(std::string_view(text).substr(0, size), kModel, &item, Item::Describe());
  return item;
}

TEST(JsonCodecTest, LeavesReadThemselves) {
  const Item item = DecodeItem(
      R"({"Item":{"a":{"M":{"x":{"N":"1"},"y":[1.50 , true,null]},"skipped":{"z":[1]},"S":"\u0041"},"b":7}})");
  EXPECT_EQ(item.values.at("a").text, "{M:{x:{N:1;}y:[1.50;true;null;]}skipped:S:A;}");
  EXPECT_EQ(item.values.at("b").text, "7;");
  EXPECT_THROW(DecodeItem(R"({"Item":{"a":{"skipped":tru}}})"), AwsError)
      << "also where the leaf does not look";
  EXPECT_THROW(DecodeItem("{\"Item\":{\"a\":" + std::string(5000, '[') + std::string(5000, ']') + "}}"),
               AwsError);
}

TEST(JsonCodecTest, WhatLeavesFindWrongIsReportedWithTheRest) {
  try {
    DecodeItem(R"({"Item":{"a":{"M":{"x":"bad"}},"b":[{"S":"bad"}]}})");
    FAIL() << "nothing was reported";
  } catch (const AwsError& error) {
    EXPECT_STREQ(
        error.what(),
        "2 validation errors detected: Value 'bad' at 'item.a.member.s' failed to satisfy constraint: "
        "Member must be good; Value 'bad' at 'item.b.member.s' failed to satisfy constraint: Member "
        "must be good");
  }
}

TEST(JsonCodecTest, LeavesWriteThemselves) {
  Item item;
  item.values["a"].text = "{\"S\":\"x\"}";
  item.values["b"].text = "{\"N\":\"1\"}";
  std::string text;
  EncodeJson(&item, Item::Describe(), text);
  EXPECT_EQ(text, R"({"Item":{"a":{"S":"x"},"b":{"N":"1"}}})");
}

}  // namespace
}  // namespace cumulite::protocol
