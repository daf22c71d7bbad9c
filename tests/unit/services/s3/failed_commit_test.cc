#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>

#include "services/s3/s3_service.h"
#include "services/storage/error.h"
#include "tests/support/failing_vfs.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temporary_directory.h"

namespace cumulite::s3 {
namespace {

/// A body that is there at once.
class Body final : public protocol::BodyReader {
 public:
  explicit Body(std::string bytes) : bytes_(std::move(bytes)) {}
  std::optional<std::uint64_t> content_length() const override { return bytes_.size(); }
  runtime::Task<std::string_view> Read() override {
    co_return std::exchange(read_, true) ? std::string_view{} : std::string_view(bytes_);
  }
  runtime::Task<std::optional<std::string_view>> ReadAll(std::size_t) override { co_return bytes_; }

 private:
  const std::string bytes_;
  bool read_ = false;
};

/// A service whose database fails when the test says so; its content files do not.
class S3FailedCommitTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_EQ(Send("PUT", "/bucket"), 200); }
  /// Finishes what it does in the background, too.
  void Close() { service_.reset(); }

  int Send(std::string_view method, std::string_view path, std::string_view query = {},
           std::string body = {}) {
    const protocol::HttpRequest request{
        .method = method, .target = path, .path = path, .query = query, .headers = {}};
    Body reader(std::move(body));
    protocol::Exchange exchange{.request = request, .body = reader};
    exchange.context.identity.account = "000000000000";
    exchange.context.identity.region = "us-east-1";
    exchange.context.host = "localhost";
    try {
      loop_.Get(service_->Handle(exchange));
    } catch (const storage::StorageError&) {
      return 500;
    }
    answer_ = exchange.response.body;
    return exchange.response.status;
  }
  int Put(std::string_view path, std::string_view query = {}) { return Send("PUT", path, query, kLarge); }
  /// Each attempt that is refused until then has written a file of its own.
  void PutOnceSound(std::string_view path, std::string_view query = {}) {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
    while (Put(path, query) != 200) ASSERT_LT(std::chrono::steady_clock::now(), deadline);
  }
  std::string Begin(std::string_view path) {
    Send("POST", path, "uploads");
    const std::size_t start = answer_.find("<UploadId>") + 10;
    return answer_.substr(start, answer_.find('<', start) - start);
  }
  std::size_t Files() const {
    std::size_t files = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator(directory_.path() / "s3-content")) {
      files += entry.is_regular_file() ? 1 : 0;
    }
    return files;
  }

  const std::string kLarge = std::string(100'000, 'x');  // a content file
  storage::Faults& faults_ = storage::InstallFailingVfs();
  base::Clock clock_;
  test_support::ManualLoop loop_{clock_};
  test_support::TemporaryDirectory directory_;
  std::optional<S3Service> service_{std::in_place, directory_.path(), storage::Durability::kProcess, clock_,
                                    storage::kFailingVfs};
  std::string answer_;
};

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
  const std::vector<std::string> one{"small"};
  const std::vector<std::string> none;
  faults_.held = true;
  std::vector<runtime::Task<ObjectStore::Blobs>> writes;
  writes.push_back(service_->objects().Delete(*bucket, one));
  faults_.AwaitStanding();
  for (std::size_t i = 0; i < storage::WriterOptions{}.max_queued; ++i) {
    writes.push_back(service_->objects().Delete(*bucket, none));
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
