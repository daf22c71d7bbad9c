#include "tests/wire/s3/s3_wire_test.h"

namespace cumulite::testing {
namespace {

using Names = std::vector<std::string>;

class S3ListingTest : public S3WireTest {
 protected:
  void SetUp() override {
    S3WireTest::SetUp();
    for (const char* key : {"a", "b/1", "b/2", "b/3", "c/x/1", "c/y", "d", "e+f%20g"})
      Put(std::string("/bucket/") + key, "x");
  }
  static Names Prefixes(const Reply& reply) {
    Names prefixes;
    for (const std::string& text : Elements(reply.body, "CommonPrefixes"))
      prefixes.push_back(Element(text, "Prefix"));
    return prefixes;
  }
};

TEST_F(S3ListingTest, DelimiterRollsUp) {
  const Reply reply = Get("/bucket?list-type=2&delimiter=%2F");
  EXPECT_EQ(Elements(reply.body, "Key"), (Names{"a", "d", "e+f g"}));
  EXPECT_EQ(Prefixes(reply), (Names{"b/", "c/"}));
  EXPECT_EQ(Element(reply.body, "KeyCount"), "5");
  EXPECT_EQ(Element(reply.body, "IsTruncated"), "false");
  const Reply below = Get("/bucket?list-type=2&delimiter=%2F&prefix=c%2F");
  EXPECT_EQ(Elements(below.body, "Key"), (Names{"c/y"}));
  EXPECT_EQ(Prefixes(below), (Names{"c/x/"}));
}

TEST_F(S3ListingTest, PagesOfOneGiveEverythingOnce) {
  Names seen;
  std::string token;
  for (int page = 0; page < 10; ++page) {
    const Reply reply = Get("/bucket?list-type=2&delimiter=%2F&max-keys=1" +
                            (token.empty() ? "" : "&continuation-token=" + token));
    for (const std::string& key : Elements(reply.body, "Key")) seen.push_back(key);
    for (const std::string& prefix : Prefixes(reply)) seen.push_back(prefix);
    token = Element(reply.body, "NextContinuationToken");
    for (std::size_t at; (at = token.find('+')) != std::string::npos;) token.replace(at, 1, "%2B");
    if (token.empty()) break;
  }
  EXPECT_EQ(seen, (Names{"a", "b/", "c/", "d", "e+f g"}));
}

TEST_F(S3ListingTest, MarkersOfVersionOne) {
  const Reply first = Get("/bucket?delimiter=%2F&max-keys=2");
  EXPECT_EQ(Element(first.body, "NextMarker"), "b/");
  EXPECT_NE(first.body.find("<Marker></Marker>"), std::string::npos) << "always sent";
  const Reply next = Get("/bucket?delimiter=%2F&max-keys=2&marker=b%2F");
  EXPECT_EQ(Prefixes(next), (Names{"c/"})) << "a marker that is a common prefix skips all below it";
  EXPECT_EQ(Elements(next.body, "Key"), (Names{"d"}));
  const Reply plain = Get("/bucket?max-keys=2");
  EXPECT_EQ(Element(plain.body, "IsTruncated"), "true");
  EXPECT_EQ(plain.body.find("NextMarker"), std::string::npos) << "only with a delimiter";
  EXPECT_EQ(Elements(Get("/bucket?marker=c%2Fy").body, "Key"), (Names{"d", "e+f g"}));
}

TEST_F(S3ListingTest, LimitsAndBadArguments) {
  const Reply none = Get("/bucket?max-keys=0");
  EXPECT_EQ(none.status, 200);
  EXPECT_EQ(Element(none.body, "IsTruncated"), "false");
  EXPECT_EQ(Elements(none.body, "Key").size(), 0u);
  EXPECT_EQ(Element(Get("/bucket").body, "MaxKeys"), "1000");
  ExpectError(Get("/bucket?max-keys=blah"), 400, "InvalidArgument");
  ExpectError(Get("/bucket?max-keys=-1"), 400, "InvalidArgument");
  ExpectError(Get("/bucket?encoding-type=hex"), 400, "InvalidArgument");
  ExpectError(Get("/bucket?encoding-type="), 400, "InvalidArgument");
  ExpectError(Get("/bucket?list-type=2&continuation-token="), 400, "InvalidArgument");
  ExpectError(Get("/bucket?list-type=2&continuation-token=Zm9v"), 400, "InvalidArgument");
}

TEST_F(S3ListingTest, UrlEncoding) {
  const Reply reply = Get("/bucket?list-type=2&encoding-type=url&prefix=e");
  EXPECT_EQ(Elements(reply.body, "Key"), (Names{"e%2Bf+g"}));
  Put("/bucket/%0A", "x");
  EXPECT_EQ(Elements(Get("/bucket?encoding-type=url&prefix=%0A").body, "Key"), (Names{"%0A"}));
}

TEST_F(S3ListingTest, StartAfterAndOwner) {
  const Reply reply = Get("/bucket?list-type=2&start-after=c&fetch-owner=true");
  EXPECT_EQ(Elements(reply.body, "Key"), (Names{"c/x/1", "c/y", "d", "e+f g"}));
  EXPECT_EQ(Element(reply.body, "StartAfter"), "c");
  EXPECT_EQ(Element(reply.body, "ID").size(), 64u);
  EXPECT_EQ(Get("/bucket?list-type=2").body.find("<Owner>"), std::string::npos);
}

}  // namespace
}  // namespace cumulite::testing
