#include <gtest/gtest.h>

#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/mutate.h"

namespace cumulite::fuzz {
namespace {

TEST(S3FuzzTest, DocumentsAreReadOrRefused) {
  const std::string_view kSeeds[] = {
      "<LifecycleConfiguration><Rule><ID>a</ID><Filter><And><Prefix>x</Prefix><Tag><Key>k</Key><Value>v</"
      "Value>"
      "</Tag></And></Filter><Status>Enabled</Status><Expiration><Date>2030-01-01</Date></Expiration></Rule>"
      "</LifecycleConfiguration>",
      "<InventoryConfiguration><Destination><S3BucketDestination><Bucket>b</Bucket><Format>CSV</"
      "Format><Encryption>"
      "<SSE-S3/></Encryption></S3BucketDestination></Destination><IsEnabled>true</IsEnabled><Id>i</Id>"
      "<IncludedObjectVersions>All</IncludedObjectVersions><OptionalFields><Field>Size</Field></"
      "OptionalFields>"
      "<Schedule><Frequency>Daily</Frequency></Schedule></InventoryConfiguration>",
      "<AccessControlPolicy><Owner><ID>i</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi=\"x\" "
      "xsi:type=\"Group\"><URI>u&amp;</URI></Grantee><Permission>READ</Permission></Grant></"
      "AccessControlList>"
      "</AccessControlPolicy>",
  };
  for (const std::string_view seed : kSeeds) Mutate(seed, FuzzS3Document);
}

TEST(S3FuzzTest, PoliciesAreReadOrRefused) {
  const std::string_view kSeeds[] = {
      R"({"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"s3:Get*",)"
      R"("Resource":["arn:aws:s3:::bucket/*"],"Condition":{"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}]})",
      R"({"expiration":"2030-01-01T00:00:00Z","conditions":[{"bucket":"b"},["starts-with","$key",""],)"
      R"(["content-length-range",1,"10"]]})",
  };
  for (const std::string_view seed : kSeeds) Mutate(seed, FuzzS3Policy);
}

TEST(S3FuzzTest, FormsAreReadOrRefused) {
  Mutate(
      "--xx\r\nContent-Disposition: form-data; name=\"key\"\r\n\r\nk\r\n--xx\r\nContent-Disposition: "
      "form-data; "
      "name=\"file\"; filename=\"a;b\"\r\nContent-Type: text/plain\r\n\r\nhello\r\n--x\r\n--xx--\r\n",
      FuzzS3Form);
  FuzzS3Form("multipart/form-data; boundary=\"xx\"; charset=utf-8");
}

TEST(S3FuzzTest, SqlIsAnsweredOrRefused) {
  const std::string_view kSeeds[] = {
      "SELECT s.a, upper(s.b) || 'x' FROM S3Object[*].c[*] s WHERE s.a LIKE '%a_' ESCAPE '!' AND NOT s.b IN "
      "(1, 2) "
      "LIMIT 3\na,b\n1,\"2\"\"\n",
      "SELECT count(*), sum(cast(s._1 as int)) FROM S3Object s WHERE s._2 BETWEEN 1 AND 2 OR s._1 IS "
      "MISSING\n"
      "{\"_1\":1,\"_2\":[{}]} [1,\"\\\"\"] null",
      "SELECT date_add(MONTH, -3, to_timestamp(a)), substring(a FROM 2 FOR 3), to_string(utcnow(), 'yyyy "
      "MMM') "
      "FROM S3Object\na\n2001-02-03T04:05:06Z\n",
  };
  for (const std::string_view seed : kSeeds) Mutate(seed, FuzzS3Select);
}

}  // namespace
}  // namespace cumulite::fuzz
