// Ids of versions, what is kept of a version, and Object Lock: pure rules.
#include <gtest/gtest.h>

#include <set>

#include "services/s3/object_attributes.h"
#include "services/s3/object_lock.h"
#include "services/s3/version_id.h"

namespace cumulite::s3 {
namespace {

using namespace std::chrono_literals;

TEST(S3VersionIdTest, AnIdTellsItsNumberAndNothingElse) {
  std::set<std::string> ids;
  for (const std::int64_t number : {std::int64_t{1}, std::int64_t{1} << 32, INT64_MAX}) {
    for (int i = 0; i < 50; ++i) {
      const std::string id = NewVersionId(number);
      ASSERT_EQ(id.size(), 32u);
      EXPECT_EQ(id.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._"),
                std::string::npos);
      ASSERT_TRUE(ParseVersionId(id));
      EXPECT_EQ(ParseVersionId(id)->number, number);
      EXPECT_TRUE(ids.insert(id).second);
    }
  }
  EXPECT_EQ(ParseVersionId("null")->number, 0);
  for (const char* bad : {"", "nul", "0123456789012345678901234567890", "0123456789012345678901234567890/",
                          "0123456789012345678901234567890=", "0123456789012345678901234567890 "}) {
    EXPECT_FALSE(ParseVersionId(bad)) << bad;
  }
}

TEST(S3ObjectAttributesTest, WhatIsKeptComesBack) {
  EXPECT_EQ(EncodeAttributes({}), "");
  EXPECT_EQ(ObjectAttributes{}.StorageClass(), "STANDARD");
  ObjectAttributes attributes;
  attributes.owner = "111111111111";
  attributes.storage_class = "GLACIER";
  attributes.encryption.kind = Encryption::Kind::kDsse;
  attributes.encryption.seal = Seal::kLocal;
  attributes.encryption.bucket_key = true;
  attributes.encryption.kms_key = "arn:aws:kms:us-east-1:000000000000:key/a b&c=d";
  attributes.encryption.context = "e30=";
  attributes.encryption.customer_key_md5 = "x==";
  attributes.redirect = "/a?b=c&d";
  attributes.tags = "a=b&c=d";
  attributes.acl = "<AccessControlPolicy/>";
  attributes.retention = Retention{RetentionMode::kCompliance, base::TimePoint(123456789ms)};
  attributes.legal_hold = false;
  attributes.replication = "PENDING";
  attributes.restored = base::TimePoint(5ms);
  EXPECT_EQ(DecodeAttributes(EncodeAttributes(attributes)), attributes);
  attributes.retention->mode = RetentionMode::kGovernance;
  attributes.legal_hold = true;
  EXPECT_EQ(DecodeAttributes(EncodeAttributes(attributes)), attributes);
}

const base::TimePoint kNow{1'000'000ms};

bool MayDelete(const ObjectAttributes& attributes, Bypass bypass, base::TimePoint now = kNow) {
  return !RefusalToDelete(attributes, bypass, now).has_value();
}

TEST(S3ObjectLockTest, WhatIsHeldIsNotDeleted) {
  ObjectAttributes attributes;
  EXPECT_TRUE(MayDelete(attributes, Bypass::kNo));
  attributes.retention = Retention{RetentionMode::kGovernance, kNow + 1s};
  EXPECT_FALSE(MayDelete(attributes, Bypass::kNo));
  EXPECT_TRUE(MayDelete(attributes, Bypass::kYes));
  EXPECT_TRUE(MayDelete(attributes, Bypass::kNo, kNow + 1s)) << "the period has ended";
  attributes.retention->mode = RetentionMode::kCompliance;
  EXPECT_FALSE(MayDelete(attributes, Bypass::kYes));
  EXPECT_TRUE(MayDelete(attributes, Bypass::kNo, kNow + 2s));
  attributes.legal_hold = true;
  EXPECT_FALSE(MayDelete(attributes, Bypass::kYes, kNow + 2s));
  attributes.legal_hold = false;
  EXPECT_TRUE(MayDelete(attributes, Bypass::kNo, kNow + 2s));
}

bool MayChange(const Retention& held, std::optional<Retention> wanted, Bypass bypass) {
  ObjectAttributes attributes;
  attributes.retention = held;
  try {
    RequireRetentionChange(attributes, wanted, bypass, kNow);
    return true;
  } catch (const AwsError& error) {
    EXPECT_EQ(error.kind().code, "AccessDenied");
    return false;
  }
}

TEST(S3ObjectLockTest, RetentionGrowsFreelyAndShrinksByBypassOnly) {
  const Retention governance{RetentionMode::kGovernance, kNow + 10s};
  const Retention compliance{RetentionMode::kCompliance, kNow + 10s};
  for (const Bypass bypass : {Bypass::kNo, Bypass::kYes}) {
    const bool bypassed = bypass == Bypass::kYes;
    EXPECT_TRUE(MayChange(governance, Retention{RetentionMode::kGovernance, kNow + 11s}, bypass));
    EXPECT_EQ(MayChange(governance, Retention{RetentionMode::kGovernance, kNow + 9s}, bypass), bypassed);
    EXPECT_TRUE(MayChange(governance, governance, bypass)) << "the same once more";
    EXPECT_EQ(MayChange(governance, compliance, bypass), bypassed);
    EXPECT_EQ(MayChange(governance, std::nullopt, bypass), bypassed);
    EXPECT_TRUE(MayChange(compliance, Retention{RetentionMode::kCompliance, kNow + 11s}, bypass));
    EXPECT_FALSE(MayChange(compliance, Retention{RetentionMode::kCompliance, kNow + 9s}, bypass));
    EXPECT_FALSE(MayChange(compliance, governance, bypass));
    EXPECT_FALSE(MayChange(compliance, std::nullopt, bypass));
    EXPECT_TRUE(MayChange({RetentionMode::kCompliance, kNow}, std::nullopt, bypass)) << "it has ended";
  }
}

}  // namespace
}  // namespace cumulite::s3
