#include <gtest/gtest.h>

#include "tests/fuzz/fuzz_target.h"
#include "tests/fuzz/mutate.h"

namespace cumulite::fuzz {
namespace {

TEST(AuthFuzzTest, AwsChunkedDecoderHoldsItsPromises) {
  const std::string signature(64, 'a');
  for (const char mode : {'\x02', '\x05', '\x08'}) {
    Mutate(std::string{mode, '\x03'} + "3\r\nabc\r\n0\r\nx-amz-checksum-crc32:NSRBwg==\r\n\r\n",
           FuzzAwsChunked);
  }
  for (const char mode : {'\x00', '\x03', '\x43', '\x40', '\x01', '\x41'}) {
    Mutate(std::string{mode, '\x01'} + "1;chunk-signature=" + signature + "\r\nx\r\n0;chunk-signature=" +
               signature + "\r\nx-amz-checksum-crc32:a\r\nx-amz-trailer-signature:" + signature + "\r\n\r\n",
           FuzzAwsChunked);
  }
}

TEST(AuthFuzzTest, AuthorizationNeverDoesMoreThanRefuse) {
  Mutate(
      "AWS4-HMAC-SHA256 Credential=K/20130524/us-east-1/s3/aws4_request, SignedHeaders=host;x-amz-date, "
      "Signature=00",
      FuzzAuthorization);
  Mutate("AWS K:c2lnbmF0dXJl", FuzzAuthorization);
  Mutate(
      "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=K%2F20130524%2Fr%2Fs3%2Faws4_request"
      "&X-Amz-Date=20130524T000000Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=00",
      FuzzAuthorization);
  Mutate("AWSAccessKeyId=K&Expires=99999999999&Signature=c2ln%2B", FuzzAuthorization);
}

}  // namespace
}  // namespace cumulite::fuzz
