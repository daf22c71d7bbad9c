// What a client replaced, left out or gave up takes no room any more.
#include "services/s3/errors.h"
#include "tests/unit/services/s3/s3_service_test.h"

namespace cumulite::s3 {
namespace {

class S3LeftoversTest : public S3ServiceTest {
 protected:
  void PutPart(const std::string& upload, int number) {
    ASSERT_EQ(Put("/bucket/k", "partNumber=" + std::to_string(number) + "&uploadId=" + upload), 200);
  }
};

TEST_F(S3LeftoversTest, APartThatWasUploadedAgainHasOneFile) {
  const std::string upload = Begin("/bucket/k");
  PutPart(upload, 1);
  PutPart(upload, 1);
  Close();
  EXPECT_EQ(Files(), 1u);
}

TEST_F(S3LeftoversTest, PartsThatACompletionLeavesOutAreDeleted) {
  const std::string upload = Begin("/bucket/k");
  for (const int part : {1, 2, 3}) PutPart(upload, part);
  ASSERT_EQ(Complete("/bucket/k", upload, {2}), 200) << answer_;
  Close();
  EXPECT_EQ(Files(), 1u);
  EXPECT_EQ(Rows("part"), 1);
}

TEST_F(S3LeftoversTest, AnAbortedUploadLeavesNothing) {
  const std::string upload = Begin("/bucket/k");
  for (const int part : {1, 2}) PutPart(upload, part);
  ASSERT_EQ(Send("DELETE", "/bucket/k", "uploadId=" + upload), 204);
  Close();
  EXPECT_EQ(Files(), 0u);
  EXPECT_EQ(Rows("part"), 0);
  EXPECT_EQ(Rows("upload"), 0);
}

TEST_F(S3LeftoversTest, AReplacedObjectLeavesNothingHoweverItWasStored) {
  for (const bool deleted : {false, true}) {
    const std::string upload = Begin("/bucket/k");
    PutPart(upload, 1);
    ASSERT_EQ(Complete("/bucket/k", upload, {1}), 200) << answer_;
    if (deleted) {
      ASSERT_EQ(Send("DELETE", "/bucket/k"), 204);
    }
    for (const char* bytes : {"one", "two"}) ASSERT_EQ(Send("PUT", "/bucket/k", {}, bytes), 200);
    ASSERT_EQ(Put("/bucket/k"), 200);
  }
  ASSERT_EQ(Send("PUT", "/bucket/k", {}, "last"), 200);
  Close();
  EXPECT_EQ(Files(), 0u);
  EXPECT_EQ(Rows("upload"), 0);
  EXPECT_EQ(Rows("part"), 0);
  EXPECT_EQ(Rows("content"), 1);
  EXPECT_EQ(Rows("object"), 1);
}

TEST_F(S3LeftoversTest, ABucketThatIsDeletedMeanwhileTakesNoObject) {
  const BucketPtr bucket = service_->buckets().Find("bucket");
  ASSERT_EQ(Send("DELETE", "/bucket"), 204);
  Object object;
  const Content content;
  const WriteConditions conditions;
  try {
    loop_.Get(service_->objects().Put(*bucket, "k", object, content, conditions));
    FAIL() << "stored";
  } catch (const AwsError& error) {
    EXPECT_EQ(error.kind().code, "NoSuchBucket");
  }
  Close();
  EXPECT_EQ(Rows("object"), 0);
}

}  // namespace
}  // namespace cumulite::s3
