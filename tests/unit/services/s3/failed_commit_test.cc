#include "tests/unit/services/s3/s3_service_test.h"

namespace cumulite::s3 {
namespace {

using S3FailedCommitTest = S3ServiceTest;

TEST_F(S3FailedCommitTest, FilesOfRefusedObjectsAreDeletedAtOnce) {
  ASSERT_EQ(Put("/bucket/k"), 200);
  faults_.disk_full = true;
  EXPECT_EQ(Put("/bucket/k"), 500) << "a failed commit";
  EXPECT_EQ(Put("/bucket/k"), 500) << "a write that was never tried";
  EXPECT_EQ(Put("/bucket/k"), 500);
  Close();
  EXPECT_EQ(Files(), 2u) << "that of the object, and that of which it is not known";
}

TEST_F(S3FailedCommitTest, AWriteThatFindsTheQueueFullLeavesNoFile) {
  ASSERT_EQ(Send("PUT", "/bucket/small", {}, "x"), 200);
  const BucketPtr bucket = service_->buckets().Find("bucket");
  const std::vector<Deletion> one{{.key = "small"}};
  const std::vector<Deletion> none;
  faults_.held = true;
  std::vector<runtime::Task<ObjectStore::DeleteResult>> writes;
  writes.push_back(service_->objects().Delete(*bucket, one, Bypass::kNo, clock_.Now()));
  faults_.AwaitStanding();
  for (std::size_t i = 0; i < storage::WriterOptions{}.max_queued; ++i) {
    writes.push_back(service_->objects().Delete(*bucket, none, Bypass::kNo, clock_.Now()));
  }
  EXPECT_EQ(Put("/bucket/k"), 503);
  faults_.Release();
  for (auto& write : writes) {
    try {
      loop_.Get(std::move(write));
    } catch (const storage::QueueFull&) {  // those that came last
    }
  }
  Close();
  EXPECT_EQ(Files(), 0u);
}

TEST_F(S3FailedCommitTest, FilesOfFailedCommitsAreDeletedAfterTheNextOne) {
  const std::string upload = "partNumber=1&uploadId=" + Begin("/bucket/parts");
  ASSERT_EQ(Put("/bucket/k"), 200);
  faults_.disk_full = true;
  EXPECT_EQ(Put("/bucket/k"), 500);
  faults_.disk_full = false;
  PutOnceSound("/bucket/parts", upload);
  faults_.disk_full = true;
  EXPECT_EQ(Put("/bucket/parts", upload), 500);
  faults_.disk_full = false;
  PutOnceSound("/bucket/k");
  Close();
  EXPECT_EQ(Files(), 2u) << "the object's and the part's";
}

}  // namespace
}  // namespace cumulite::s3
