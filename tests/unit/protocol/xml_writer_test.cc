#include "protocol/xml_writer.h"

#include "protocol/xml_codec.h"
#include "tests/unit/protocol/rpc_example.h"

namespace cumulite::protocol {
namespace {

std::string Escaped(std::string_view text) {
  std::string out;
  AppendXmlText(out, text);
  return out;
}

TEST(XmlWriterTest, EscapesWhatXmlGivesAMeaning) {
  EXPECT_EQ(Escaped("a<b>&\"'\r\n\t\xC3\xA4"), "a&lt;b&gt;&amp;&quot;'&#xD;\n\t\xC3\xA4");
  EXPECT_EQ(Escaped("&quot;"), "&amp;quot;") << "literal entities stay literal";
}

TEST(XmlWriterTest, ReplacesWhatXmlCannotCarry) {
  EXPECT_EQ(Escaped(std::string_view("a\0b\x01\x1F", 5)),
            "a\xEF\xBF\xBD"
            "b\xEF\xBF\xBD\xEF\xBF\xBD");
  EXPECT_EQ(Escaped("\xEF\xBF\xBE|\xEF\xBF\xBF|\xEF\xBF\xBD|\xEF"),
            "\xEF\xBF\xBD|\xEF\xBF\xBD|\xEF\xBF\xBD|\xEF");
}

TEST(XmlWriterTest, WritesElements) {
  std::string out;
  XmlWriter xml(out);
  xml.Open("A", "xmlns", "http://x/\"");
  xml.Element("B", "t<");
  xml.Element("C", std::int64_t{-3});
  xml.Element("D", true);
  xml.Empty("E");
  xml.Close("A");
  EXPECT_EQ(out, "<A xmlns=\"http://x/&quot;\"><B>t&lt;</B><C>-3</C><D>true</D><E/></A>");
}

TEST(XmlCodecTest, WritesEveryKind) {
  example::Everything r;
  r.queue_url = "u";
  r.delay_seconds = -5;
  r.big = 9007199254740993;
  r.ratio = 0.1;
  r.flag = false;
  r.blob = Blob{std::string("\0\xFF", 2)};
  r.when = Timestamp{1'700'000'000'020};
  r.single = example::Entry{.id = "1", .body = ""};
  r.names = {"a", "b"};
  r.members = {"m"};
  r.entries = {{.id = "x", .body = std::nullopt}};
  r.attributes["k"] = {.data_type = "String", .string_value = "v", .binary_value = std::nullopt};
  r.tags["t"] = "1";
  std::string out;
  XmlWriter xml(out);
  EncodeXml(&r, example::Everything::Describe(), xml);
  EXPECT_EQ(
      out,
      "<QueueUrl>u</QueueUrl><DelaySeconds>-5</DelaySeconds><Big>9007199254740993</Big><Ratio>0.1</Ratio>"
      "<Flag>false</Flag><Blob>AP8=</Blob><When>2023-11-14T22:13:20.020Z</When>"
      "<Single><Id>1</Id><Body></Body></Single><Name>a</Name><Name>b</Name>"
      "<Members><member>m</member></Members><Entries><member><Id>x</Id></member></Entries>"
      "<MessageAttribute><Name>k</Name><Value><DataType>String</DataType><StringValue>v</StringValue>"
      "</Value></MessageAttribute><Tags><entry><key>t</key><value>1</value></entry></Tags><Failed/>");
}

}  // namespace
}  // namespace cumulite::protocol
