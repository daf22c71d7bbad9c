#pragma once
#include <filesystem>

#include "base/clock.h"
#include "protocol/rpc.h"
#include "services/service.h"
#include "services/storage/database.h"
#include "services/storage/writer.h"

namespace cumulite::dynamodb {

/// Amazon DynamoDB and DynamoDB Streams, which share one database.
/// Thread: any I/O thread.
class DynamoDbService final : public services::Service {
 public:
  /// Keeps dynamodb.db in `data_dir`.
  /// Errors: storage::StorageError.
  DynamoDbService(const std::filesystem::path& data_dir, storage::DatabaseOptions options,
                  base::Clock& clock);
  ~DynamoDbService() override;

  std::string_view name() const override { return "dynamodb"; }
  runtime::Task<void> Handle(protocol::Exchange& exchange) override;
  void RenderError(const protocol::AwsError& error, protocol::Exchange& exchange) override;
  runtime::Task<void> Reset(std::optional<std::string> account) override;
  std::optional<services::StoreStats> store_stats() const override {
    return services::StoreStats{writer_.counters(), database_.SizeBytes()};
  }

  const base::Clock& clock() const { return clock_; }

 private:
  base::Clock& clock_;
  storage::Database database_;
  storage::Writer writer_;
};

extern const protocol::RpcModel kModel;         // operations.cc
extern const protocol::RpcModel kStreamsModel;  // operations.cc

}  // namespace cumulite::dynamodb
