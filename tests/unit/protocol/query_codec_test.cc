#include "protocol/query_codec.h"

#include "protocol/error.h"
#include "tests/unit/protocol/rpc_example.h"

namespace cumulite::protocol {
namespace {

using example::Everything;
using example::kModel;

Everything Decode(std::string_view query, std::string_view body = {}) {
  Everything request;
  DecodeQuery(QueryParams({query, body}), kModel, &request, Everything::Describe());
  return request;
}

std::string Error(std::string_view query) {
  try {
    Decode(query);
  } catch (const AwsError& error) {
    return std::string(error.kind().QueryCode()) + ": " + error.message();
  }
  return "no error";
}

TEST(QueryCodecTest, ReadsEveryKind) {
  const Everything r = Decode(
      "Action=Echo&QueueUrl=u&Text=a+b%26%0D%C3%A4&DelaySeconds=-5&Big=9007199254740993&Ratio=1.5e2&Flag=true"
      "&Blob=AP8%3D&When=2023-11-14T22%3A13%3A20.123Z&Single.Id=1&Single.Body=",
      "Name.1=a&Name.2=b&Members.member.1=m&Entries.member.1.Id=x&Entries.member.2.Id=y&Entries.member.2."
      "Body=z"
      "&MessageAttribute.1.Name=k&MessageAttribute.1.Value.DataType=String"
      "&MessageAttribute.1.Value.StringValue=v&Tags.entry.1.key=a&Tags.entry.1.value=&Tags.entry.2.key=b"
      "&Tags.entry.2.value=2");
  EXPECT_EQ(r.queue_url, "u");
  EXPECT_EQ(r.text, "a b&\r\xC3\xA4");
  EXPECT_EQ(r.delay_seconds, -5);
  EXPECT_EQ(r.big, 9007199254740993);
  EXPECT_EQ(r.ratio, 150.0);
  EXPECT_EQ(r.flag, true);
  EXPECT_EQ(r.blob->bytes, std::string("\0\xFF", 2));
  EXPECT_EQ(r.when->milliseconds, 1'700'000'000'123);
  EXPECT_EQ(r.single->body, "") << "present and empty";
  EXPECT_THAT(r.names, testing::ElementsAre("a", "b"));
  EXPECT_THAT(r.members, testing::ElementsAre("m"));
  ASSERT_EQ(r.entries.size(), 2u);
  EXPECT_EQ(r.entries[0].body, std::nullopt);
  EXPECT_EQ(r.entries[1].body, "z");
  EXPECT_EQ(r.attributes.at("k").string_value, "v");
  EXPECT_EQ(r.tags, (std::map<std::string, std::string>{{"a", ""}, {"b", "2"}}));
}

TEST(QueryCodecTest, IndicesGiveTheOrderAndMayHaveGaps) {
  const Everything r = Decode("QueueUrl=u&Name.4000000000=d&Name.10=c&Name.9=b&Name.007=a");
  EXPECT_THAT(r.names, testing::ElementsAre("a", "b", "c", "d"));
}

TEST(QueryCodecTest, TheOnlyElementOfAFlattenedListOrMapNeedsNoNumber) {
  const Everything r = Decode(
      "QueueUrl=u&Name=a&MessageAttribute.Name=k&MessageAttribute.Value.DataType=String"
      "&MessageAttribute.Value.StringValue=v");
  EXPECT_THAT(r.names, testing::ElementsAre("a"));
  ASSERT_EQ(r.attributes.size(), 1u);
  EXPECT_EQ(r.attributes.at("k").string_value, "v");
}

TEST(QueryCodecTest, NeighboursInTheAlphabetDoNotMix) {
  const Everything r =
      Decode("QueueUrl=u&Name-x=no&Name.1=a&Name!=no&NameX=no&Name.2=b&Single.Id=i&Single-Id=no");
  EXPECT_THAT(r.names, testing::ElementsAre("a", "b"));
  EXPECT_EQ(r.single->id, "i");
}

TEST(QueryCodecTest, AnEmptyListIsPresentAndAnEmptyNumberIsNot) {
  EXPECT_TRUE(Decode("QueueUrl=u&Name=&Members=").names.empty());
  EXPECT_EQ(Decode("QueueUrl=u&DelaySeconds=").delay_seconds, std::nullopt);
  EXPECT_EQ(Decode("QueueUrl=u&Text=").text, "");
}

TEST(QueryCodecTest, TheFirstOfARepeatedParameterCounts) {
  EXPECT_EQ(Decode("QueueUrl=u&QueueUrl=v").queue_url, "u");
}

TEST(QueryCodecTest, TheLastOfARepeatedKeyCountsWhole) {
  const Everything r = Decode(
      "QueueUrl=u&MessageAttribute.1.Name=k&MessageAttribute.1.Value.DataType=String"
      "&MessageAttribute.1.Value.StringValue=v&MessageAttribute.2.Name=k"
      "&MessageAttribute.2.Value.DataType=Binary");
  ASSERT_EQ(r.attributes.size(), 1u);
  EXPECT_EQ(r.attributes.at("k").data_type, "Binary");
  EXPECT_EQ(r.attributes.at("k").string_value, std::nullopt) << "of the first";
}

TEST(QueryCodecTest, WrongTypesAreMalformedInput) {
  const std::pair<const char*, const char*> cases[] = {
      {"DelaySeconds=abc", "'abc' is not a valid integer"},
      {"DelaySeconds=1.5", "'1.5' is not a valid integer"},
      {"DelaySeconds=2147483648", "'2147483648' is not a valid integer"},
      {"DelaySeconds=%201", "' 1' is not a valid integer"},
      {"Big=9223372036854775808", "'9223372036854775808' is not a valid long"},
      {"Ratio=inf", "'inf' is not a valid double"},
      {"Flag=maybe", "'maybe' is not a valid boolean"},
      {"Blob=%21", "'!' is not a valid base64 text"},
      {"When=yesterday", "'yesterday' is not a valid timestamp"},
      {"When=2023-02-30T00:00:00Z", "'2023-02-30T00:00:00Z' is not a valid timestamp"},
      {"Text.1=a", "Start of list found where not expected"},
      {"Text.member.1=a", "Start of list found where not expected"},
      {"Text.a=a", "Start of structure or map found where not expected"},
      {"Single=a", "Unexpected complex element termination"},
      {"Name=a&Name.1=b", "Unexpected list element termination"},
      {"Members=a", "Unexpected list element termination"},
      {"MessageAttribute.Name=k&MessageAttribute.1.Name=l&MessageAttribute.1.Value.DataType=String",
       "Unexpected list element termination"},
      {"MessageAttribute.Value.DataType=String", "Unexpected list element termination"},
      {"Name.x=a", "Unexpected list element termination"},
      {"Name.-1=a", "Unexpected list element termination"},
      {"Name.99999999999999999999=a", "Unexpected list element termination"},
      {"Members.1=a", "Top level element may not be treated as a list"},
      {"Members.members.1=a", "Unexpected list element termination"},
      {"MessageAttribute.1.Value.DataType=String", "Unexpected complex element termination"},
  };
  for (const auto& [parameter, message] : cases) {
    EXPECT_EQ(Error(parameter), "MalformedInput: " + std::string(message)) << parameter;
  }
}

TEST(QueryCodecTest, MissingMembersAreNamedByTheirPath) {
  EXPECT_EQ(
      Error("Entries.member.1.Body=x&MessageAttribute.1.Name=a&MessageAttribute.1.Value.StringValue=v"
            "&Tags.entry.1.key=t"),
      "ValidationError: 4 validation errors detected: Value null at 'queueUrl' failed to satisfy constraint: "
      "Member must not be null; Value null at 'tags.t.member' failed to satisfy constraint: Member must not "
      "be null; Value null at 'entries.1.member.id' failed to satisfy constraint: Member must not be null; "
      "Value null at 'attributes.a.member.dataType' failed to satisfy constraint: Member must not be null");
}

TEST(QueryCodecTest, MalformedQueriesAreRefused) {
  for (const char* bad :
       {"QueueUrl=%", "QueueUrl=%4", "%zz=1", "QueueUrl=%FF", "QueueUrl=%C0%80", "%ED%A0%80=1"}) {
    EXPECT_THAT(Error(bad), testing::StartsWith("MalformedQueryString")) << bad;
  }
}

TEST(QueryCodecTest, ManyParametersAreRefusedAndManyAllowedOnesAreQuick) {
  std::string many = "QueueUrl=u";
  for (int i = 0; i < 9'000; ++i)
    many += "&Name." + std::to_string(i * 7919 % 9'000 + 1) + "=" + std::to_string(i);
  const auto start = std::chrono::steady_clock::now();
  EXPECT_EQ(Decode(many).names.size(), 9'000u);
  EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds(2)) << "not quadratic";
  for (int i = 0; i < 100'000; ++i) many += "&x=1";
  EXPECT_THAT(Error(many), testing::StartsWith("MalformedQueryString"));
}

}  // namespace
}  // namespace cumulite::protocol
