#include "protocol/xml_decode.h"

#include <gtest/gtest.h>

#include "protocol/xml_codec.h"

namespace cumulite::protocol {
namespace {

constexpr std::string_view kColours[] = {"red", "green"};
constexpr Limits kColour = Limits{}.Values(kColours);

struct Marker {
  static Members Describe() { return {}; }
};

struct Who {
  std::string type;
  std::optional<std::string> id;
  static Members Describe() {
    static constexpr Member kMembers[] = {
        Wire<&Who::type>("Type").InQuery("xsi:type").Required().Values(kColours),
        Wire<&Who::id>("ID"),
    };
    return kMembers;
  }
};

struct Paper {
  std::string name;
  std::optional<std::int32_t> days;
  std::optional<bool> enabled;
  std::optional<Timestamp> when;
  std::vector<std::string> colours;
  std::vector<Who> people;
  std::optional<Marker> marker;
  static Members Describe() {
    static constexpr Member kMembers[] = {
        Wire<&Paper::name>("Name").Required(),
        Wire<&Paper::days>("Days").Range(1, 10),
        Wire<&Paper::enabled>("Enabled"),
        Wire<&Paper::when>("When"),
        Wire<&Paper::colours>("Colours").InQuery("Colour").Flattened().Elements(kColour),
        Wire<&Paper::people>("People").Items("Person").KeepEmpty(),
        Wire<&Paper::marker>("Marker").InQuery("SSE-S3"),
    };
    return kMembers;
  }
};

std::optional<Paper> Read(const std::string& inside) {
  Paper paper;
  if (!DecodeXml("<Paper>" + inside + "</Paper>", "Paper", &paper, Paper::Describe())) return std::nullopt;
  return paper;
}

TEST(XmlDecodeTest, WhatWasWrittenIsRead) {
  Paper paper{.name = "a<b",
              .days = 3,
              .enabled = true,
              .when = Timestamp{1'700'000'000'000},
              .colours = {"red", "green"},
              .people = {{"red", "x"}, {"green", std::nullopt}},
              .marker = Marker{}};
  std::string text;
  XmlWriter xml(text, XmlTimes::kMilliseconds);
  EncodeXml(&paper, Paper::Describe(), xml);
  EXPECT_EQ(
      text,
      "<Name>a&lt;b</Name><Days>3</Days><Enabled>true</Enabled><When>2023-11-14T22:13:20.000Z</When>"
      "<Colour>red</Colour><Colour>green</Colour><People>"
      "<Person xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"red\"><ID>x</ID></Person>"
      "<Person xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:type=\"green\"></Person>"
      "</People><SSE-S3></SSE-S3>");
  const auto read = Read(text);
  ASSERT_TRUE(read);
  EXPECT_EQ(read->name, "a<b");
  EXPECT_EQ(read->days, 3);
  EXPECT_EQ(read->when, paper.when);
  EXPECT_EQ(read->colours, paper.colours);
  ASSERT_EQ(read->people.size(), 2u);
  EXPECT_EQ(read->people[1].type, "green");
  EXPECT_TRUE(read->marker);
}

TEST(XmlDecodeTest, FormsThatClientsSend) {
  EXPECT_EQ(Read("<Name/>")->name, "");
  EXPECT_EQ(Read("<Name>n</Name><Days> 7\n</Days>")->days, 7);
  EXPECT_EQ(Read("<Name>n</Name><Enabled>TRUE</Enabled>")->enabled, true);
  EXPECT_EQ(Read("<Name>n</Name><When>1970-01-02</When>")->when, (Timestamp{86'400'000}));
  EXPECT_TRUE(Read("<Name>n</Name><SSE-S3/>")->marker);
  EXPECT_TRUE(Read("<Name>n</Name><People/>"));
  Paper paper;
  EXPECT_TRUE(DecodeXml("<?xml version=\"1.0\"?><s:Paper xmlns:s=\"urn:x\"><s:Name>n</s:Name></s:Paper>",
                        "Paper", &paper, Paper::Describe()));
}

TEST(XmlDecodeTest, WhatDoesNotFitIsRefused) {
  EXPECT_FALSE(Read("")) << "a required element is missing";
  EXPECT_FALSE(Read("<Name>n</Name><Name>n</Name>"));
  EXPECT_FALSE(Read("<Name>n</Name><Unknown/>"));
  EXPECT_FALSE(Read("<Name><b/></Name>"));
  EXPECT_FALSE(Read("<Name>n</Name><Days>7x</Days>"));
  EXPECT_FALSE(Read("<Name>n</Name><Days>11</Days>"));
  EXPECT_FALSE(Read("<Name>n</Name><Days>99999999999</Days>"));
  EXPECT_FALSE(Read("<Name>n</Name><Enabled>yes</Enabled>"));
  EXPECT_FALSE(Read("<Name>n</Name><When>tomorrow</When>"));
  EXPECT_FALSE(Read("<Name>n</Name><Colour>blue</Colour>"));
  EXPECT_FALSE(Read("<Name>n</Name><People><Thing/></People>"));
  EXPECT_FALSE(Read("<Name>n</Name><People><Person/></People>")) << "a required attribute is missing";
  EXPECT_FALSE(Read("<Name>n</Name><SSE-S3>x<y/></SSE-S3>"));
  Paper paper;
  EXPECT_FALSE(DecodeXml("<Other><Name>n</Name></Other>", "Paper", &paper, Paper::Describe()));
  EXPECT_FALSE(DecodeXml("<Paper><Name>n</Name>", "Paper", &paper, Paper::Describe()));
}

}  // namespace
}  // namespace cumulite::protocol
