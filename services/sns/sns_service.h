#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "base/clock.h"
#include "base/log.h"
#include "protocol/rpc.h"
#include "services/queue_fan_out.h"
#include "services/service.h"
#include "services/sns/delivery_log.h"
#include "services/sns/fan_out.h"
#include "services/sns/http_delivery.h"
#include "services/sns/publisher.h"
#include "services/sns/records.h"
#include "services/sns/signer.h"
#include "services/sns/sns_store.h"
#include "services/storage/data_directory.h"
#include "services/storage/database.h"
#include "services/storage/outbox.h"
#include "services/storage/writer.h"
#include "services/topic_delivery.h"

namespace cumulite::sns {

/// Amazon SNS: what the operations need to work on topics and subscriptions.
///
/// SQL is the truth (sns.db); memory keeps snapshots of what is used.
/// Thread: any I/O thread; constructed and destroyed while none runs.
class SnsService final : public services::Service, public services::TopicDelivery {
 public:
  /// `queues` and `http` outlive the service. Errors: storage::StorageError.
  SnsService(const storage::DataDirectory& data, const storage::DatabaseOptions& options,
             const base::Clock& clock, services::QueueFanOut& queues, net::HttpClient& http);
  ~SnsService() override;

  // services::Service
  std::string_view name() const override { return "sns"; }
  runtime::Task<void> Handle(protocol::Exchange& exchange) override;
  /// GET /_cumulite/sns/… and /_aws/sns/…: see inspect.h.
  runtime::Task<bool> Inspect(std::string_view resource, protocol::Exchange& exchange) override;
  /// Goes on with the deliveries that an earlier process left.
  void Start() override;
  runtime::Task<bool> Settle() override;
  void Stop() override;
  runtime::Task<void> Reset(services::ResetScope scope) override;
  // services::TopicDelivery
  runtime::Task<Outcome> Publish(services::TopicMessage message) override;

  std::optional<services::StoreStats> store_stats() const override {
    return services::StoreStats{writer_.counters(), database_.SizeBytes()};
  }

  /// The topic that a request names, which the caller may do `action` with.
  /// Errors: InvalidParameter, NotFound, AuthorizationError. `parameter`: "TopicArn".
  TopicPtr OpenTopic(const std::string& arn, const protocol::RequestContext& context, std::string_view action,
                     std::string_view parameter = "TopicArn") const;
  /// The same of a subscription; its topic's policy decides, its owner always may.
  /// Errors: InvalidParameter, NotFound, AuthorizationError.
  SubscriptionPtr OpenSubscription(const std::string& arn, const protocol::RequestContext& context,
                                   std::string_view action) const;

  /// Runs a job that changes a topic or its subscriptions, and waits until that is durable. `job` reads,
  /// decides and writes through store(); it outlives the call.
  template <class F>
  runtime::Task<std::invoke_result_t<F&>> Change(std::string topic_arn, F job,
                                                 storage::Room room = storage::Room::kTakes) {
    if constexpr (std::is_void_v<std::invoke_result_t<F&>>) {
      co_await writer_.Run(std::move(job), room);
      store_.Forget(topic_arn);
    } else {
      auto result = co_await writer_.Run(std::move(job), room);
      store_.Forget(topic_arn);
      co_return result;
    }
  }
  /// Loads a topic inside a job, changes it and saves it. Errors: NotFound; what `change` throws.
  runtime::Task<void> ChangeTopic(std::string arn, std::function<void(Topic&)> change);

  SnsStore& store() { return store_; }
  const SnsStore& store() const { return store_; }
  storage::Writer& writer() { return writer_; }
  Records& records() { return records_; }
  Publisher& publisher() { return publisher_; }
  Replay& replay() { return replay_; }
  storage::Outbox& outbox() { return outbox_; }
  const storage::Outbox& outbox() const { return outbox_; }
  DeliveryLog& delivery_log() { return delivery_log_; }
  const DeliveryLog& delivery_log() const { return delivery_log_; }
  const base::Clock& clock() const { return clock_; }
  const base::Log& log() const { return log_; }

 private:
  /// The certificate that SigningCertURL names. False for any other request.
  runtime::Task<bool> ServeCertificate(protocol::Exchange& exchange);

  const base::Clock& clock_;
  const base::Log& log_;
  storage::Database database_;
  storage::Writer writer_;
  SnsStore store_;
  Records records_;
  DeliveryLog delivery_log_;
  Signer signer_;
  storage::WorkMarker marker_;
  storage::Outbox outbox_;
  FanOut fan_out_;
  HttpDelivery http_;
  Replay replay_;
  Publisher publisher_;
};

/// The names, versions and operations of SNS on the wire: operations.cc.
extern const protocol::RpcModel kModel;

}  // namespace cumulite::sns
