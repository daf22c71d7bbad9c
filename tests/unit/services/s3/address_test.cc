#include "services/s3/address.h"

#include <gtest/gtest.h>

namespace cumulite::s3 {
namespace {

struct Case {
  std::string_view host, path, bucket, key;
};

TEST(S3AddressTest, EveryFormOfHost) {
  for (const Case& c : {
           Case{"localhost:4566", "/b-1/k", "b-1", "k"},
           Case{"127.0.0.1:4566", "/b-1/k", "b-1", "k"},
           Case{"[::1]:4566", "/b-1/k", "b-1", "k"},
           Case{"cumulite", "/b-1/k", "b-1", "k"},
           Case{"aws.internal.example", "/b-1/k", "b-1", "k"},
           Case{"minio.s3.svc.cluster.local", "/b-1/k", "b-1", "k"},
           Case{"s3.localhost:4566", "/b-1/k", "b-1", "k"},
           Case{"s3.eu-west-1.localhost", "/b-1/k", "b-1", "k"},
           Case{"localhost.localstack.cloud:4566", "/b-1/k", "b-1", "k"},
           Case{"s3.localhost.localstack.cloud:4566", "/b-1/k", "b-1", "k"},
           Case{"s3.amazonaws.com", "/b-1/k", "b-1", "k"},
           Case{"s3.us-west-2.amazonaws.com", "/b-1/k", "b-1", "k"},
           Case{"s3-us-west-2.amazonaws.com", "/b-1/k", "b-1", "k"},
           Case{"s3.dualstack.us-west-2.amazonaws.com", "/b-1/k", "b-1", "k"},
           Case{"b-1.s3.localhost:4566", "/k", "b-1", "k"},
           Case{"B-1.S3.Localhost", "/k", "b-1", "k"},
           Case{"b-1.s3.us-gov-west-1.localhost:4566", "/k", "b-1", "k"},
           Case{"b-1.localhost:4566", "/k", "b-1", "k"},
           Case{"my.s3.bucket.localhost", "/k", "my.s3.bucket", "k"},
           Case{"my.dotted.s3.localhost", "/k", "my.dotted", "k"},
           Case{"b-1.s3.localhost.localstack.cloud:4566", "/k", "b-1", "k"},
           Case{"b-1.s3.eu-central-1.localhost.localstack.cloud", "/k", "b-1", "k"},
           Case{"b-1.s3.amazonaws.com", "/k", "b-1", "k"},
           Case{"b-1.s3.us-east-1.amazonaws.com", "/k", "b-1", "k"},
           Case{"b-1.s3-accelerate.dualstack.amazonaws.com", "/k", "b-1", "k"},
           Case{"b-1.s3.cn-north-1.amazonaws.com.cn", "/k", "b-1", "k"},
           Case{"b-1.s3.localhost", "/", "b-1", ""},
           Case{"localhost", "/b-1", "b-1", ""},
           Case{"localhost", "/b-1/", "b-1", ""},
           Case{"localhost", "/", "", ""},
           Case{"localhost", "/b-1//k", "b-1", "/k"},
           Case{"localhost", "/b-1/a+b%20c%2Fd/../e", "b-1", "a+b c/d/../e"},
       }) {
    const Address address = ParseAddress(protocol::ParseS3Host(c.host), c.path);
    EXPECT_EQ(address.bucket, c.bucket) << c.host << c.path;
    EXPECT_EQ(address.key, c.key) << c.host << c.path;
    EXPECT_EQ(address.endpoint, Endpoint::kS3) << c.host;
    EXPECT_EQ(address.level, !c.key.empty()      ? Level::kObject
                             : !c.bucket.empty() ? Level::kBucket
                                                 : Level::kService);
  }
}

TEST(S3AddressTest, OtherEndpoints) {
  const std::vector<std::string> base_hosts{"cumulite", "host.docker.internal"};
  EXPECT_EQ(protocol::ParseS3Host("b-1.s3.cumulite:4566", base_hosts).bucket, "b-1");
  EXPECT_EQ(protocol::ParseS3Host("b.1.host.docker.internal", base_hosts).bucket, "b.1");
  EXPECT_EQ(protocol::ParseS3Host("Host.Docker.Internal:4566", base_hosts).bucket, "");
  EXPECT_EQ(protocol::ParseS3Host("b-1.s3.cumulite").bucket, "") << "only where it is set";
  EXPECT_EQ(protocol::ParseS3Host("evilcumulite", base_hosts).bucket, "");
  EXPECT_EQ(protocol::ParseS3Host("b-1.s3-website.localhost").endpoint, Endpoint::kWebsite);
  EXPECT_EQ(protocol::ParseS3Host("b-1.s3-website-us-east-1.amazonaws.com").endpoint, Endpoint::kWebsite);
  EXPECT_EQ(protocol::ParseS3Host("b-1.s3-website.eu-west-1.amazonaws.com").bucket, "b-1");
  EXPECT_EQ(protocol::ParseS3Host("000000000000.s3-control.us-east-1.amazonaws.com").endpoint,
            Endpoint::kControl);
  EXPECT_EQ(protocol::ParseS3Host("000000000000.s3-control.localhost").endpoint, Endpoint::kControl);
  EXPECT_EQ(protocol::ParseS3Host("s3express-control.us-east-1.amazonaws.com").endpoint,
            Endpoint::kExpressControl);
}

std::string_view Refusal(std::string_view path) {
  try {
    ParseAddress(protocol::ParseS3Host("localhost"), path);
    return "";
  } catch (const AwsError& error) {
    return error.kind().code;
  }
}

TEST(S3AddressTest, BadNames) {
  EXPECT_EQ(Refusal("/ab"), "InvalidBucketName");
  EXPECT_EQ(Refusal("//key"), "InvalidBucketName");
  EXPECT_EQ(Refusal("/b%2F1/key"), "InvalidBucketName");
  EXPECT_EQ(Refusal("/../etc"), "InvalidBucketName");
  EXPECT_EQ(Refusal("/bucket/%FF"), "InvalidURI");
  EXPECT_EQ(Refusal("/bucket/%C0%AF"), "InvalidURI") << "overlong";
  EXPECT_EQ(Refusal("/bucket/%ED%A0%80"), "InvalidURI") << "surrogate";
  EXPECT_EQ(Refusal("/bucket/%F4%90%80%80"), "InvalidURI") << "past U+10FFFF";
  EXPECT_EQ(Refusal("/bucket/%E2%82"), "InvalidURI") << "truncated";
  EXPECT_EQ(Refusal("/bucket/%zz"), "InvalidURI");
  EXPECT_EQ(Refusal("/bucket/%E2%82%AC%F0%9F%98%80"), "");
  EXPECT_EQ(Refusal("/bucket/" + std::string(1024, 'k')), "");
  EXPECT_EQ(Refusal("/bucket/" + std::string(1025, 'k')), "KeyTooLongError");
}

TEST(S3AddressTest, NamesOfNewBuckets) {
  for (const std::string_view good : {"abc", "a.b-c.9", "123", "my-bucket"})
    EXPECT_TRUE(IsValidBucketName(good)) << good;
  for (const std::string_view bad :
       {"ab", "Abc", "a_b", "-abc", "abc-", "a..b", ".abc", "192.168.5.4", "xn--abc", "sthree-x",
        "amzn-s3-demo-x", "abc-s3alias", "abc--ol-s3", "abc.mrap", "abc--x-s3", "abc--table-s3", "a b"}) {
    EXPECT_FALSE(IsValidBucketName(bad)) << bad;
  }
  EXPECT_TRUE(IsValidBucketName(std::string(63, 'a')));
  EXPECT_FALSE(IsValidBucketName(std::string(64, 'a')));
}

}  // namespace
}  // namespace cumulite::s3
