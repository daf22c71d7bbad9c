#include "services/sns/sns_service.h"

#include "services/sns/access.h"
#include "services/sns/errors.h"
#include "services/sns/names.h"
#include "services/sns/schema.h"

namespace cumulite::sns {

SnsService::SnsService(const storage::DataDirectory& data, const storage::DatabaseOptions& options,
                       const base::Clock& clock, services::QueueDelivery& queues)
    : clock_(clock),
      queues_(queues),
      log_(*base::Logger("sns")),
      database_(data.path() / "sns.db", options),
      writer_(database_.Migrate(Migrations())),
      store_(database_) {}

SnsService::~SnsService() { writer_.Stop(); }

runtime::Task<void> SnsService::Handle(protocol::Exchange& exchange) {
  return protocol::HandleRpc(kModel, this, exchange);
}

void SnsService::RenderError(const protocol::AwsError& error, protocol::Exchange& exchange) {
  protocol::RenderRpcError(kModel, error, exchange);
}

runtime::Task<void> SnsService::Reset(std::optional<std::string> account) {
  const auto erase = [this, &account] { store_.EraseAccount(account.value_or("")); };
  co_await writer_.Run(erase);
  store_.Forget();
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
  if (context.strict && !own) {
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
