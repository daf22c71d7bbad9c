#include "protocol/aes_ctr.h"

#include <gtest/gtest.h>

#include "protocol/base64.h"

namespace cumulite::protocol {
namespace {

// NIST SP 800-38A, F.5.5 "CTR-AES256.Encrypt".
const std::string kKey = *HexDecode("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4");
const std::string kCounter = *HexDecode("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff");
const std::string kPlain = *HexDecode(
    "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
    "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
const std::string kCipher = *HexDecode(
    "601ec313775789a5b7a7f504bbf3d228f443e3ca4d62b59aca84e990cacaf5c5"
    "2b0930daa23de94ce87017ba2d84988ddfc9c58db67aada613c2dd08457941a6");

std::string Apply(AesCtr cipher, std::string text) {
  cipher.Apply(text.data(), text.data(), text.size());
  return text;
}

TEST(AesCtrTest, TheVectorOfTheStandard) {
  EXPECT_EQ(Apply(AesCtr(kKey, kCounter), kPlain), kCipher);
  EXPECT_EQ(Apply(AesCtr(kKey, kCounter), kCipher), kPlain);
}

TEST(AesCtrTest, EveryByteCanBeTheFirst) {
  for (std::size_t offset = 0; offset <= kPlain.size(); ++offset) {
    EXPECT_EQ(Apply(AesCtr(kKey, kCounter, offset), kCipher.substr(offset)), kPlain.substr(offset)) << offset;
  }
}

TEST(AesCtrTest, TheCounterCarriesThroughAllItsBytes) {
  const std::string last(16, '\xFF');
  const std::string whole = Apply(AesCtr(kKey, last), std::string(64, '\0'));
  EXPECT_EQ(whole.substr(16), Apply(AesCtr(kKey, last, 16), std::string(48, '\0')));
  EXPECT_EQ(whole.substr(16, 16), Apply(AesCtr(kKey, std::string(16, '\0')), std::string(16, '\0')));
}

TEST(AesCtrTest, KeysOfOtherLengthsAreRefused) {
  EXPECT_THROW(AesCtr(kKey.substr(1), kCounter), std::invalid_argument);
  EXPECT_THROW(AesCtr(kKey, kCounter + "x"), std::invalid_argument);
}

}  // namespace
}  // namespace cumulite::protocol
