#pragma once
#include <filesystem>
#include <vector>

#include "base/clock.h"
#include "services/s3/bucket_store.h"
#include "services/s3/content.h"
#include "services/s3/object_store.h"
#include "services/s3/upload_store.h"
#include "services/service.h"
#include "services/storage/database.h"
#include "services/storage/writer.h"

namespace cumulite::s3 {
struct Call;

/// Amazon S3 over REST: finds the operation of a request, runs it, renders its errors.
/// Thread: any I/O thread.
class S3Service final : public services::Service {
 public:
  /// Keeps s3.db and the folder s3-content in `data_dir`; `vfs`: see DatabaseOptions; `base_hosts`: names
  /// below which buckets have hosts of their own, besides the built-in ones. Errors: storage::StorageError.
  S3Service(const std::filesystem::path& data_dir, storage::Durability durability, const base::Clock& clock,
            const std::string& vfs = storage::DatabaseOptions{}.vfs,
            std::vector<std::string> base_hosts = {});

  ~S3Service() override;

  std::string_view name() const override { return "s3"; }
  runtime::Task<void> Handle(protocol::Exchange& exchange) override;
  runtime::Task<void> Reset(services::ResetScope scope) override;
  std::optional<services::StoreStats> store_stats() const override {
    return services::StoreStats{writer_.counters(), database_.SizeBytes()};
  }

  const base::Clock& clock() const { return clock_; }
  BucketStore& buckets() { return buckets_; }
  ObjectStore& objects() { return objects_; }
  UploadStore& uploads() { return uploads_; }
  ContentStore& content() { return content_; }

 private:
  using Handler = runtime::Task<void> (*)(Call& call);

  Call Read(protocol::Exchange& exchange);
  /// Also names the operation and begins the answer.
  Handler FindHandler(const Call& call);

  const base::Clock& clock_;
  const std::vector<std::string> base_hosts_;
  storage::Database database_;
  const std::int64_t first_number_;
  storage::Writer writer_;
  BucketStore buckets_;
  ObjectStore objects_;
  UploadStore uploads_;
  ContentStore content_;
  std::vector<Handler> handlers_;  // by the row of Routes(); null: not built
};

/// Makes `error` the answer, as S3's <Error>; Handle does so for what it catches.
void RenderError(const protocol::AwsError& error, protocol::Exchange& exchange);

}  // namespace cumulite::s3
