#pragma once
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "protocol/checksum.h"
#include "services/s3/s3_service.h"
#include "services/storage/database.h"
#include "services/storage/error.h"
#include "services/storage/statement.h"
#include "tests/support/failing_vfs.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temporary_directory.h"

namespace cumulite::s3 {

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
class S3ServiceTest : public ::testing::Test {
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
  /// Ends an upload with the named parts, each of them kLarge.
  int Complete(std::string_view path, const std::string& upload, const std::vector<int>& parts) {
    const std::string etag = protocol::Checksum(protocol::ChecksumAlgorithm::kMd5, kLarge).Hex();
    std::string body = "<CompleteMultipartUpload>";
    for (const int part : parts) {
      body += "<Part><PartNumber>" + std::to_string(part) + "</PartNumber><ETag>" + etag + "</ETag></Part>";
    }
    return Send("POST", path, "uploadId=" + upload, body + "</CompleteMultipartUpload>");
  }
  /// Of a table, once the service is closed.
  std::int64_t Rows(const std::string& table) const {
    storage::Database database(directory_.path() / "s3.db", {});
    const storage::ReadStatement count(database, "SELECT count(*) FROM " + table);
    return count.Scalar<std::int64_t>().value_or(-1);
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
  std::optional<S3Service> service_{std::in_place, directory_.path(),
                                    storage::DatabaseOptions{.vfs = storage::kFailingVfs}, clock_};
  std::string answer_;
};

}  // namespace cumulite::s3
