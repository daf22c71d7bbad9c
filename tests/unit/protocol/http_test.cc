#include "protocol/http.h"

#include <fcntl.h>
#include <unistd.h>

#include <utility>

namespace cumulite::protocol {
namespace {

TEST(HttpTest, HeaderNamesIgnoreCaseOfLettersOnly) {
  EXPECT_TRUE(EqualsIgnoreCase("X-Amz-Content-Sha256", "x-amz-content-sha256"));
  EXPECT_TRUE(EqualsIgnoreCase("", ""));
  EXPECT_FALSE(EqualsIgnoreCase("x-amz-date", "x-amz-data"));
  EXPECT_FALSE(EqualsIgnoreCase("Host", "Hosts"));
  // Pairs that differ by the bit which makes letters lower case, but are no letters.
  EXPECT_FALSE(EqualsIgnoreCase("aaaaaaa[", "aaaaaaa{"));
  EXPECT_FALSE(EqualsIgnoreCase("aaaaaaa@", "aaaaaaa`"));
  EXPECT_FALSE(EqualsIgnoreCase("\xC1zzzzzzz", "\xE1zzzzzzz"));
  for (int c = 0; c < 256; ++c) {
    const std::string one(9, static_cast<char>(c));
    const bool upper = c >= 'A' && c <= 'Z';
    const std::string other(9, static_cast<char>(upper ? c + 32 : c ^ 32));
    const bool letter = upper || (c >= 'a' && c <= 'z');
    EXPECT_EQ(EqualsIgnoreCase(one, other), letter) << c;
  }
}

TEST(HttpTest, FindGivesTheFirstHeaderOfAName) {
  const HeaderField fields[] = {{"Host", "a"}, {"x-amz-date", "b"}, {"X-AMZ-DATE", "c"}};
  const HttpRequest request{.headers = fields};
  EXPECT_EQ(request.Find("X-Amz-Date"), "b");
  EXPECT_EQ(request.Find("X-Amz-Target"), std::nullopt);
  EXPECT_EQ(request.Header("X-Amz-Target"), "");
}

TEST(HttpTest, PercentDecodes) {
  EXPECT_EQ(PercentDecode("a%2Fb%c3%A4+"), "a/b\xC3\xA4+");
  EXPECT_EQ(PercentDecode("a+b", Plus::kSpace), "a b");
  EXPECT_EQ(PercentDecode("%00"), std::string(1, '\0'));
  for (const char* bad : {"%", "%4", "a%", "a%4", "%zz", "%4z", "%z4", "%%41"}) {
    EXPECT_EQ(PercentDecode(bad), std::nullopt) << bad;
  }
}

TEST(HttpTest, PercentEncodesAllButTheUnreserved) {
  EXPECT_EQ(PercentEncode("aZ9-_.~ /+\xC3\xA4"), "aZ9-_.~%20%2F%2B%C3%A4");
  EXPECT_EQ(PercentEncode("a/b c", Slash::kKeep), "a/b%20c");
}

TEST(HttpTest, ParsesQueriesInOrder) {
  const auto params = ParseQuery("b=1&&a&c=%20+&=x&d=e=f");
  ASSERT_TRUE(params.has_value());
  std::vector<std::pair<std::string, std::string>> pairs;
  for (const auto& param : *params) pairs.emplace_back(param.name, param.value);
  EXPECT_THAT(pairs,
              testing::ElementsAre(testing::Pair("b", "1"), testing::Pair("a", ""), testing::Pair("c", "  "),
                                   testing::Pair("", "x"), testing::Pair("d", "e=f")));
  EXPECT_TRUE(ParseQuery("")->empty());
  EXPECT_FALSE(ParseQuery("a=%g1").has_value());
}

TEST(HttpTest, NoValueForgesAHeader) {
  HttpResponse response;
  response.AddHeader("x-amz-meta-a", std::string("1\r\nSet-Cookie: x\0y", 18));
  EXPECT_EQ(response.headers, "x-amz-meta-a: 1Set-Cookie: xy\r\n");
}

TEST(HttpTest, AFileSegmentClosesItsFileOnce) {
  const int fd = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  ASSERT_GE(fd, 0);
  {
    FileSegment first(fd, 1, 2);
    FileSegment second(std::move(first));
    EXPECT_EQ(second.fd(), fd);
    EXPECT_EQ(::fcntl(fd, F_GETFD), FD_CLOEXEC) << "still open";
  }
  EXPECT_EQ(::fcntl(fd, F_GETFD), -1) << "closed";
}

}  // namespace
}  // namespace cumulite::protocol
