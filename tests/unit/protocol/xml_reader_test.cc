#include "protocol/xml_reader.h"

namespace cumulite::protocol {
namespace {

TEST(XmlReaderTest, ReadsElementsWithoutRegardToNamespaces) {
  const auto document = XmlDocument::Parse(
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?><!-- x -->\n"
      "<s3:Delete xmlns:s3=\"http://s3.amazonaws.com/doc/2006-03-01/\" a='1'>"
      "<Object><Key>a &amp; b&#x0D;</Key></Object> <Object><Key><![CDATA[<c>]]> d</Key></Object><Quiet/>"
      "</s3:Delete>\n");
  ASSERT_TRUE(document.has_value());
  const XmlNode root = document->root();
  EXPECT_EQ(root.name(), "Delete");
  EXPECT_EQ(root.Attribute("a"), "1");
  EXPECT_EQ(root.Attribute("b"), std::nullopt);
  std::vector<std::string> keys;
  for (XmlNode node = root.First(); node; node = node.Next()) {
    if (node.name() == "Object") keys.push_back(*node.ChildText("Key"));
  }
  EXPECT_THAT(keys, testing::ElementsAre("a & b\r", "<c> d"));
  EXPECT_EQ(root.ChildText("Quiet"), "");
  EXPECT_EQ(root.ChildText("Absent"), std::nullopt);
  EXPECT_EQ(root.Child("Absent").Child("Deeper").text(), "");
}

TEST(XmlReaderTest, RefusesWhatIsNotOneWellFormedElement) {
  const std::string_view bad[] = {
      "",
      "  ",
      "text",
      "<a>",
      "<a></b>",
      "<a/><b/>",
      "<a/>text",
      "text<a/>",
      "<a b=1/>",
      "<a>\xFF</a>",
      std::string_view("<a/>\0<b/>", 9),
      "<!-- only -->",
  };
  for (const std::string_view text : bad) EXPECT_FALSE(XmlDocument::Parse(text).has_value()) << text;
}

TEST(XmlReaderTest, RefusesDocumentTypesAndTheirEntities) {
  EXPECT_FALSE(XmlDocument::Parse("<!DOCTYPE a><a/>").has_value());
  EXPECT_FALSE(XmlDocument::Parse("<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>").has_value());
  EXPECT_FALSE(
      XmlDocument::Parse("<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><a>&x;</a>").has_value());
  EXPECT_FALSE(XmlDocument::Parse("<a><!DOCTYPE b><b/></a>").has_value());
}

TEST(XmlReaderTest, RefusesDeepNesting) {
  const auto nested = [](int levels) {
    std::string text;
    for (int i = 0; i < levels; ++i) text += "<a>";
    for (int i = 0; i < levels; ++i) text += "</a>";
    return text;
  };
  EXPECT_TRUE(XmlDocument::Parse(nested(60)).has_value());
  EXPECT_FALSE(XmlDocument::Parse(nested(200'000)).has_value());
}

}  // namespace
}  // namespace cumulite::protocol
