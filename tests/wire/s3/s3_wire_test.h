#pragma once
#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "tests/support/wire/wire_test.h"

namespace cumulite::testing {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A server with the bucket "bucket", and requests to it as an S3 client makes them.
class S3WireTest : public WireTest {
 protected:
  void SetUp() override {
    WireTest::SetUp();
    ASSERT_EQ(Put("/bucket", "").status, 200);
  }

  Reply Get(std::string_view target, Headers headers = {}) const {
    return Request("GET", target, {}, std::move(headers));
  }
  Reply Head(std::string_view target, Headers headers = {}) const {
    return Request("HEAD", target, {}, std::move(headers));
  }
  Reply Put(std::string_view target, std::string_view body, Headers headers = {}) const {
    return Request("PUT", target, body, std::move(headers));
  }
  Reply Post(std::string_view target, std::string_view body, Headers headers = {}) const {
    return Request("POST", target, body, std::move(headers));
  }
  Reply Delete(std::string_view target, Headers headers = {}) const {
    return Request("DELETE", target, {}, std::move(headers));
  }
  /// Begins a multipart upload of `target` and gives its id.
  std::string Begin(const std::string& target, Headers headers = {}) const {
    return Element(Post(target + "?uploads", "", std::move(headers)).body, "UploadId");
  }

  /// The text of the first element of that name; empty when there is none.
  static std::string Element(const std::string& xml, const std::string& name) {
    const std::size_t open = xml.find("<" + name + ">");
    if (open == std::string::npos) return {};
    const std::size_t start = open + name.size() + 2;
    std::string text = xml.substr(start, xml.find("</" + name + ">", start) - start);
    for (std::size_t at; (at = text.find("&quot;")) != std::string::npos;) text.replace(at, 6, "\"");
    return text;
  }
  /// All of them.
  static std::vector<std::string> Elements(const std::string& xml, const std::string& name) {
    std::vector<std::string> texts;
    for (std::size_t at = 0; (at = xml.find("<" + name + ">", at)) != std::string::npos; ++at) {
      texts.push_back(Element(xml.substr(at), name));
    }
    return texts;
  }
  /// Expects an error of S3, in its shape.
  static void ExpectError(const Reply& reply, int status, const std::string& code) {
    EXPECT_EQ(reply.status, status) << reply.body;
    EXPECT_EQ(Element(reply.body, "Code"), code) << reply.body;
    EXPECT_EQ(Element(reply.body, "RequestId"), reply.Header("x-amz-request-id"));
    EXPECT_FALSE(reply.Header("x-amz-request-id").empty());
  }
};

}  // namespace cumulite::testing
