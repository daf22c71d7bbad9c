#pragma once
#include <chrono>
#include <filesystem>
#include <memory>
#include <vector>

#include "base/clock.h"
#include "protocol/auth.h"
#include "protocol/s3_host.h"
#include "services/peers.h"
#include "services/s3/bucket_store.h"
#include "services/s3/content.h"
#include "services/s3/control/control_store.h"
#include "services/s3/object_lister.h"
#include "services/s3/object_store.h"
#include "services/s3/seal.h"
#include "services/s3/upload_store.h"
#include "services/service.h"
#include "services/storage/database.h"
#include "services/storage/writer.h"

namespace cumulite::s3 {
struct Address;
struct Call;
class AccessLog;
class EventLog;
class LifecycleRunner;

/// What the server's settings say about S3.
struct S3Settings {
  std::vector<std::string> base_hosts = {};  // buckets have hosts below them, besides the built-in names
  bool legacy_bucket_defaults = false;       // new buckets: ACLs on, no public access block
  /// Who may sign, and the accounts that ACLs can name. They stand for users whom the server knows.
  std::vector<protocol::Credential> credentials = {};
};

/// Amazon S3 over REST: finds the operation of a request, runs it, renders its errors.
/// Thread: any I/O thread.
class S3Service final : public services::Service {
 public:
  /// Keeps s3.db and the folder s3-content in `data_dir`; `peers`: whom events go to, null in tests that have
  /// none. Errors: storage::StorageError.
  S3Service(const std::filesystem::path& data_dir, const storage::DatabaseOptions& database,
            const base::Clock& clock, S3Settings settings = {}, services::Peers* peers = nullptr);

  ~S3Service() override;

  std::string_view name() const override { return "s3"; }
  /// Removes what a crash left behind, goes on with events and lifecycles.
  void Start() override;
  runtime::Task<bool> Settle() override;
  void Stop() override;
  runtime::Task<void> Handle(protocol::Exchange& exchange) override;
  runtime::Task<void> Reset(services::ResetScope scope) override;
  std::optional<services::StoreStats> store_stats() const override {
    return services::StoreStats{writer_.counters(), database_.SizeBytes()};
  }

  const base::Clock& clock() const { return clock_; }
  const S3Settings& settings() const { return settings_; }
  services::Peers* peers() const { return peers_; }
  /// The name that an account is shown with; empty when it has none.
  std::string_view DisplayName(std::string_view account) const;
  /// The account of a canonical user id, if one of the configured ones or a bucket's owner has it.
  std::optional<std::string> AccountOf(std::string_view canonical_id) const;
  const protocol::Credential* FindCredential(std::string_view access_key) const;

  BucketStore& buckets() { return buckets_; }
  EventLog& events() { return *events_; }
  ControlStore& control() { return control_; }
  ObjectStore& objects() { return objects_; }
  const ObjectLister& lister() const { return lister_; }
  UploadStore& uploads() { return uploads_; }
  ContentStore& content() { return content_; }
  LocalKey& local_key() { return local_key_; }

 private:
  using Handler = runtime::Task<void> (*)(Call& call);

  Call Read(protocol::Exchange& exchange, protocol::S3Host host);
  /// After the answer, where any bucket is logged.
  void NoteAccess(const protocol::Exchange& exchange, const Address& address,
                  std::chrono::steady_clock::time_point begun);
  /// Also names the operation and begins the answer.
  Handler FindHandler(Call& call);

  const base::Clock& clock_;
  const S3Settings settings_;
  services::Peers* const peers_;
  storage::Database database_;
  const std::int64_t first_number_;
  storage::Writer writer_;
  ContentOwners owners_;
  BucketStore buckets_;
  ControlStore control_;
  ObjectStore objects_;
  ObjectLister lister_;
  UploadStore uploads_;
  ContentStore content_;
  LocalKey local_key_;
  std::unique_ptr<EventLog> events_;
  std::unique_ptr<LifecycleRunner> lifecycle_;
  std::unique_ptr<AccessLog> access_log_;
  std::vector<std::string_view> actions_;  // by the row of Routes()
  std::vector<Handler> handlers_;          // by the row of Routes(); null: not built
};

/// Makes `error` the answer, as S3's <Error>; Handle does so for what it catches.
void RenderError(const protocol::AwsError& error, protocol::Exchange& exchange);

}  // namespace cumulite::s3
