#include "services/sns/sns_service.h"

#include "services/sns/access.h"
#include "services/sns/errors.h"
#include "services/sns/inspect.h"
#include "services/sns/names.h"
#include "services/sns/schema.h"

namespace cumulite::sns {
namespace {

/// Deliveries at once: those of a dozen endpoints that hang, and many beside.
constexpr std::size_t kMaxInFlight = 512;

}  // namespace

SnsService::SnsService(const storage::DataDirectory& data, const storage::DatabaseOptions& options,
                       const base::Clock& clock, services::QueueFanOut& queues, net::HttpClient& http)
    : clock_(clock),
      log_(*base::Logger("sns")),
      database_(data.path() / "sns.db", options),
      writer_(database_.Migrate(Migrations())),
      store_(database_),
      records_(database_),
      signer_(database_, writer_),
      marker_(data.path(), "sns"),
      outbox_(database_, writer_, clock, kMaxInFlight, &marker_),
      fan_out_(store_, queues, signer_, delivery_log_, writer_, outbox_, clock),
      http_(store_, http, signer_, fan_out_, outbox_, clock),
      replay_(database_, writer_, store_, outbox_, fan_out_, clock),
      publisher_(database_, writer_, store_, outbox_, fan_out_, http_, replay_, clock) {}

SnsService::~SnsService() { writer_.Stop(); }

void SnsService::Start() {
  outbox_.Start([this](storage::OutboxEvent event) { return publisher_.Handle(std::move(event)); });
}

runtime::Task<bool> SnsService::Settle() { return outbox_.Settled(); }

void SnsService::Stop() {
  outbox_.Stop();
  // While the loops still run, on which deliveries wait for the key and for their commits.
  database_.workers().WaitUntilIdle();
  writer_.Flush();
}

runtime::Task<bool> SnsService::ServeCertificate(protocol::Exchange& exchange) {
  const std::string_view path = exchange.request.path;
  if (exchange.request.method != "GET" || !path.starts_with("/SimpleNotificationService-")) co_return false;
  if (!signer_.ready()) co_await signer_.Prepare();
  if (path != signer_.certificate_path()) co_return false;
  exchange.operation = "GetSigningCertificate";
  exchange.response.AddHeader("Content-Type", "application/x-pem-file");
  exchange.response.body = signer_.certificate();
  co_return true;
}

runtime::Task<void> SnsService::Handle(protocol::Exchange& exchange) {
  runtime::Task<bool> served = ServeCertificate(exchange);
  if (co_await served) co_return;
  runtime::Task<void> handled = protocol::HandleRpc(kModel, this, exchange);
  co_await handled;
}

runtime::Task<bool> SnsService::Inspect(std::string_view resource, protocol::Exchange& exchange) {
  auto inspected = sns::Inspect(*this, resource, exchange.request);
  if (!inspected) co_return false;
  exchange.response.status = inspected->status;
  exchange.response.AddHeader("Content-Type", "application/json");
  exchange.response.body = std::move(inspected->body);
  co_return true;
}

runtime::Task<void> SnsService::Reset(services::ResetScope scope) {
  const std::string account = scope.account.value_or("");
  const auto erase = [this, &scope, &account] {
    store_.Erase(account, scope.region.value_or(""));
    if (!scope.region) records_.EraseAccount(account);
  };
  co_await writer_.Run(erase, storage::Room::kMakes);
  store_.Forget();
  if (!scope.region) delivery_log_.Clear(account);
}

TopicPtr SnsService::OpenTopic(const std::string& arn, const protocol::RequestContext& context,
                               std::string_view action, std::string_view parameter) const {
  CheckTopicArn(arn, parameter, context);
  TopicPtr topic = store_.FindTopic(arn);
  if (!topic) throw TopicDoesNotExist();
  Authorize(*topic, context, action);
  return topic;
}

SubscriptionPtr SnsService::OpenSubscription(const std::string& arn, const protocol::RequestContext& context,
                                             std::string_view action) const {
  CheckSubscriptionArn(arn, "SubscriptionArn", context);
  SubscriptionPtr subscription = store_.FindSubscription(arn);
  if (!subscription) throw SubscriptionDoesNotExist();
  const bool own = !context.identity.access_key.empty() && subscription->account == context.identity.account;
  if (own) {
    AuthorizeOwn(context, action, arn);
  } else if (context.strict) {
    const TopicPtr topic = store_.FindTopic(subscription->topic_arn);
    if (!topic) throw SubscriptionDoesNotExist();
    Authorize(*topic, context, action);
  }
  return subscription;
}

runtime::Task<void> SnsService::ChangeTopic(std::string arn, std::function<void(Topic&)> change) {
  const auto job = [this, &arn, &change] {
    auto topic = store_.LoadTopic(arn);
    if (!topic) throw TopicDoesNotExist();
    change(*topic);
    store_.SaveTopic(*topic);
  };
  co_await writer_.Run(job);
  store_.Forget(arn);
}

}  // namespace cumulite::sns
