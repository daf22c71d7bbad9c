#include "tests/wire/s3/s3_wire_test.h"

namespace cumulite::testing {
namespace {

class S3WebsiteTest : public S3WireTest {
 protected:
  Reply Browse(const std::string& path) const {
    return Request("GET", path, {}, {{"Host", "bucket.s3-website.localhost:4566"}});
  }
};

TEST_F(S3WebsiteTest, PagesErrorsAndRedirects) {
  const Reply none = Browse("/");
  EXPECT_EQ(none.status, 404);
  EXPECT_EQ(none.Header("Content-Type"), "text/html; charset=utf-8");
  EXPECT_NE(none.body.find("<li>Code: NoSuchWebsiteConfiguration</li>"), std::string::npos) << none.body;
  EXPECT_EQ(Put("/bucket?website",
                "<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument>"
                "<RoutingRules><RoutingRule><Condition><KeyPrefixEquals>old/</KeyPrefixEquals></Condition>"
                "<Redirect><ReplaceKeyPrefixWith>new/</ReplaceKeyPrefixWith></Redirect></RoutingRule></"
                "RoutingRules>"
                "</WebsiteConfiguration>")
                .status,
            200);
  Put("/bucket/index.html", "home", {{"Content-Type", "text/html"}});
  Put("/bucket/blog/index.html", "blog");
  EXPECT_EQ(Browse("/").body, "home");
  EXPECT_EQ(Browse("/").Header("Content-Type"), "text/html");
  EXPECT_EQ(Browse("/blog/").body, "blog");
  const Reply folder = Browse("/blog");
  EXPECT_EQ(folder.status, 302);
  EXPECT_EQ(folder.Header("Location"), "/blog/");
  const Reply moved = Browse("/old/page");
  EXPECT_EQ(moved.status, 301);
  EXPECT_EQ(moved.Header("Location"), "http://bucket.s3-website.localhost:4566/new/page");
  const Reply missing = Browse("/none");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.Header("x-amz-error-code"), "NoSuchKey");
  EXPECT_EQ(Request("PUT", "/x", "y", {{"Host", "bucket.s3-website.localhost"}}).status, 405);
}

TEST_F(S3WebsiteTest, AnErrorDocumentKeepsTheStatus) {
  Put("/bucket?website",
      "<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument>"
      "<ErrorDocument><Key>error.html</Key></ErrorDocument></WebsiteConfiguration>");
  EXPECT_NE(Browse("/none").body.find("Custom Error Document"), std::string::npos);
  Put("/bucket/error.html", "sorry");
  const Reply missing = Browse("/none");
  EXPECT_EQ(missing.status, 404);
  EXPECT_EQ(missing.body, "sorry");
}

TEST_F(S3WebsiteTest, EverybodyCanBeSentElsewhere) {
  Put("/bucket?website",
      "<WebsiteConfiguration><RedirectAllRequestsTo><HostName>example.com</HostName><Protocol>https</"
      "Protocol>"
      "</RedirectAllRequestsTo></WebsiteConfiguration>");
  EXPECT_EQ(Browse("/a/b").status, 301);
  EXPECT_EQ(Browse("/a/b").Header("Location"), "https://example.com/a/b");
}

/// A form as browsers send it.
std::string Form(const std::vector<std::pair<std::string, std::string>>& fields, const std::string& file) {
  std::string body;
  for (const auto& [name, value] : fields) {
    body += "--xx\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n";
  }
  return body +
         "--xx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n"
         "Content-Type: text/plain\r\n\r\n" +
         file + "\r\n--xx\r\nContent-Disposition: form-data; name=\"submit\"\r\n\r\nSend\r\n--xx--\r\n";
}

const Headers kForm{{"Content-Type", "multipart/form-data; boundary=xx"}};

TEST_F(S3WireTest, FormsUploadFiles) {
  const Reply put =
      Post("/bucket", Form({{"key", "up/${filename}"}, {"Content-Type", "text/x"}}, "hello"), kForm);
  EXPECT_EQ(put.status, 204) << put.body;
  EXPECT_EQ(put.Header("ETag"), "\"5d41402abc4b2a76b9719d911017c592\"");
  EXPECT_EQ(Get("/bucket/up/a.txt").body, "hello");
  EXPECT_EQ(Get("/bucket/up/a.txt").Header("Content-Type"), "text/x");
  const Reply created = Post("/bucket", Form({{"key", "k"}, {"success_action_status", "201"}}, "x"), kForm);
  EXPECT_EQ(created.status, 201);
  EXPECT_EQ(Element(created.body, "Key"), "k");
  EXPECT_NE(created.body.find("<PostResponse>"), std::string::npos) << "without a namespace";
  const Reply redirected =
      Post("/bucket", Form({{"key", "k"}, {"success_action_redirect", "http://page/?a=b"}}, "x"), kForm);
  EXPECT_EQ(redirected.status, 303);
  EXPECT_EQ(redirected.Header("Location").rfind("http://page/?a=b&bucket=bucket&key=k&etag=%22", 0), 0u);
  const std::string large(100'000, 'z');
  EXPECT_EQ(Post("/bucket", Form({{"key", "large"}}, large), kForm).status, 204);
  EXPECT_EQ(Get("/bucket/large").body, large);
  EXPECT_EQ(Post("/bucket", Form({{"key", "empty"}}, ""), kForm).status, 204);
  EXPECT_EQ(Get("/bucket/empty").body, "");
}

TEST_F(S3WireTest, BrokenFormsStoreNothing) {
  ExpectError(Post("/bucket", "x"), 412, "PreconditionFailed");
  ExpectError(Post("/bucket", Form({}, "x"), kForm), 400, "InvalidArgument");
  ExpectError(Post("/bucket", "--yy\r\n", kForm), 400, "MalformedPOSTRequest");
  ExpectError(
      Post("/bucket", "--xx\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n--xx--\r\n", kForm),
      400, "InvalidArgument");
  ExpectError(Post("/bucket", Form({{"key", "k"}, {"pad", std::string(30'000, 'x')}}, "x"), kForm), 400,
              "MaxPostPreDataLengthExceededError");
  std::string cut = Form({{"key", "k"}}, "hello");
  cut.resize(cut.find("hello") + 5);
  ExpectError(Post("/bucket", cut, kForm), 400, "IncompleteBody");
  ExpectError(Post("/bucket", Form({{"key", "k"}, {"AWSAccessKeyId", "a"}}, "x"), kForm), 400,
              "InvalidArgument");
  ExpectError(Post("/bucket", Form({{"key", "k"}, {"x-amz-checksum-crc32", "AAAAAA=="}}, "x"), kForm), 400,
              "BadDigest");
  EXPECT_EQ(Get("/bucket/k").status, 404);
}

}  // namespace
}  // namespace cumulite::testing
