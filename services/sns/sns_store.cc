#include "services/sns/sns_store.h"

#include <mutex>

#include "base/log.h"

namespace cumulite::sns {
namespace {

#define SNS_TOPIC_COLUMNS "arn, account, region, attributes, tags, data_protection_policy, created_ms"
#define SNS_SUBSCRIPTION_COLUMNS                                                               \
  "number, arn, topic_arn, account, region, principal, protocol, endpoint, attributes, token," \
  " confirmed, authenticated, created_ms"

Topic ReadTopic(const storage::Cursor& row) {
  Topic topic;
  topic.arn = row.Text(0);
  topic.account = row.Text(1);
  topic.region = row.Text(2);
  topic.attributes = row.Parsed(3, DecodeMap);
  topic.tags = row.Parsed(4, DecodeMap);
  topic.data_protection_policy = row.Text(5);
  topic.created = row.Time(6);
  if (const std::string_view policy = ValueOf(topic.attributes, "Policy"); !policy.empty()) {
    const auto parse = [policy](std::string_view) { return protocol::Policy::Parse(policy); };
    topic.policy = std::make_shared<const protocol::Policy>(row.Parsed(3, parse));
  }
  return topic;
}

Subscription ReadSubscription(const storage::Cursor& row) {
  Subscription subscription;
  subscription.number = row.Int64(0);
  subscription.arn = row.Text(1);
  subscription.topic_arn = row.Text(2);
  subscription.account = row.Text(3);
  subscription.region = row.Text(4);
  subscription.principal = row.Text(5);
  subscription.protocol = row.Text(6);
  subscription.endpoint = row.Text(7);
  subscription.attributes = row.Parsed(8, DecodeMap);
  subscription.token = row.Text(9);
  subscription.confirmed = row.Int64(10) != 0;
  subscription.authenticated = row.Int64(11) != 0;
  subscription.created = row.Time(12);
  if (const std::string_view policy = ValueOf(subscription.attributes, "FilterPolicy"); !policy.empty()) {
    const bool body = ValueOf(subscription.attributes, "FilterPolicyScope") == "MessageBody";
    const FilterScope scope = body ? FilterScope::kMessageBody : FilterScope::kMessageAttributes;
    const auto compile = [&](std::string_view) { return FilterPolicy::Compile(policy, scope, {}); };
    subscription.filter = std::make_shared<const FilterPolicy>(row.Parsed(8, compile));
  }
  return subscription;
}

SubscriptionPtr FirstSubscription(storage::Cursor rows) {
  return rows.Next() ? std::make_shared<const Subscription>(ReadSubscription(rows)) : nullptr;
}

SubscriptionList AllSubscriptions(storage::Cursor rows) {
  SubscriptionList list;
  while (rows.Next()) list.push_back(std::make_shared<const Subscription>(ReadSubscription(rows)));
  return list;
}

std::optional<Subscription> LoadFirst(storage::Cursor rows) {
  if (!rows.Next()) return std::nullopt;
  return ReadSubscription(rows);
}

}  // namespace

SnsStore::SnsStore(storage::Database& database)
    : find_topic_(database, "SELECT " SNS_TOPIC_COLUMNS " FROM topic WHERE arn = ?1"),
      list_topics_(
          database,
          "SELECT arn FROM topic WHERE account = ?1 AND region = ?2 AND arn > ?3 ORDER BY arn LIMIT ?4"),
      subscribers_(database, "SELECT " SNS_SUBSCRIPTION_COLUMNS
                             " FROM subscription WHERE topic_arn = ?1 AND confirmed = 1 ORDER BY number"),
      find_subscription_(database, "SELECT " SNS_SUBSCRIPTION_COLUMNS " FROM subscription WHERE arn = ?1"),
      find_numbered_(database, "SELECT " SNS_SUBSCRIPTION_COLUMNS " FROM subscription WHERE number = ?1"),
      count_(database,
             "SELECT confirmed, count(*) FROM subscription WHERE topic_arn = ?1 GROUP BY confirmed"),
      deleted_(database, "SELECT deleted_subscriptions FROM topic WHERE arn = ?1"),
      list_subscriptions_(database, "SELECT " SNS_SUBSCRIPTION_COLUMNS
                                    " FROM subscription WHERE account = ?1 AND region = ?2 AND number > ?3"
                                    " ORDER BY number LIMIT ?4"),
      list_by_topic_(database,
                     "SELECT " SNS_SUBSCRIPTION_COLUMNS
                     " FROM subscription WHERE topic_arn = ?1 AND number > ?2 ORDER BY number LIMIT ?3"),
      load_topic_(database, "SELECT " SNS_TOPIC_COLUMNS " FROM topic WHERE arn = ?1"),
      insert_topic_(database,
                    "INSERT INTO topic (arn, account, region, attributes, tags, data_protection_policy,"
                    " created_ms) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"),
      save_topic_(database,
                  "UPDATE topic SET attributes = ?2, tags = ?3, data_protection_policy = ?4 WHERE arn = ?1"),
      erase_topic_(database, "DELETE FROM topic WHERE arn = ?1"),
      erase_subscriptions_(database, "DELETE FROM subscription WHERE topic_arn = ?1"),
      erase_archive_(database, "DELETE FROM archive WHERE topic_arn = ?1"),
      erase_deduplication_(database, "DELETE FROM deduplication WHERE topic_arn = ?1"),
      take_sequence_(
          database,
          "UPDATE topic SET last_sequence = last_sequence + 1 WHERE arn = ?1 RETURNING last_sequence"),
      load_subscription_(database, "SELECT " SNS_SUBSCRIPTION_COLUMNS " FROM subscription WHERE arn = ?1"),
      load_by_endpoint_(database,
                        "SELECT " SNS_SUBSCRIPTION_COLUMNS
                        " FROM subscription WHERE topic_arn = ?1 AND protocol = ?2 AND endpoint = ?3"),
      load_by_token_(database, "SELECT " SNS_SUBSCRIPTION_COLUMNS " FROM subscription WHERE token = ?1"),
      insert_subscription_(database,
                           "INSERT INTO subscription (arn, topic_arn, account, region, principal, protocol,"
                           " endpoint, attributes, token, confirmed, authenticated, created_ms)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)"),
      save_subscription_(database,
                         "UPDATE subscription SET attributes = ?2, confirmed = ?3, authenticated = ?4"
                         " WHERE number = ?1"),
      erase_subscription_(database, "DELETE FROM subscription WHERE number = ?1"),
      count_deleted_(database,
                     "UPDATE topic SET deleted_subscriptions = deleted_subscriptions + 1 WHERE arn = ?1"),
      topics_of_(database, "SELECT arn FROM topic WHERE ?1 IN (account, '') AND ?2 IN (region, '')"),
      erase_foreign_(database, "DELETE FROM subscription WHERE ?1 IN (account, '') AND ?2 IN (region, '')") {}

void SnsStore::Keep(std::string_view arn, std::uint64_t generation,
                    const std::function<void(Kept&)>& put) const {
  const std::unique_lock lock(mutex_);
  if (generation_ != generation) return;
  const auto found = kept_.find(arn);
  put(found == kept_.end() ? kept_.emplace(arn, Kept{}).first->second : found->second);
}

TopicPtr SnsStore::FindTopic(std::string_view arn) const {
  std::uint64_t generation = 0;
  {
    const std::shared_lock lock(mutex_);
    if (const auto found = kept_.find(arn); found != kept_.end() && found->second.topic) {
      return found->second.topic;
    }
    generation = generation_;
  }
  auto rows = find_topic_.Query(arn);
  if (!rows.Next()) return nullptr;
  auto topic = std::make_shared<const Topic>(ReadTopic(rows));
  Keep(arn, generation, [&](Kept& kept) { kept.topic = topic; });
  return topic;
}

std::shared_ptr<const Subscribers> SnsStore::SubscribersOf(std::string_view topic_arn) const {
  std::uint64_t generation = 0;
  {
    const std::shared_lock lock(mutex_);
    if (const auto found = kept_.find(topic_arn); found != kept_.end() && found->second.subscribers) {
      return found->second.subscribers;
    }
    generation = generation_;
  }
  auto list = std::make_shared<const Subscribers>(AllSubscriptions(subscribers_.Query(topic_arn)));
  Keep(topic_arn, generation, [&](Kept& kept) { kept.subscribers = list; });
  return list;
}

SubscriptionPtr SnsStore::FindSubscription(std::string_view arn) const {
  return FirstSubscription(find_subscription_.Query(arn));
}

SubscriptionPtr SnsStore::FindSubscription(std::int64_t number) const {
  return FirstSubscription(find_numbered_.Query(number));
}

SubscriptionCounts SnsStore::CountSubscriptions(std::string_view topic_arn) const {
  SubscriptionCounts counts;
  for (auto rows = count_.Query(topic_arn); rows.Next();) {
    (rows.Int64(0) != 0 ? counts.confirmed : counts.pending) = rows.Int64(1);
  }
  counts.deleted = deleted_.Scalar<std::int64_t>(topic_arn).value_or(0);
  return counts;
}

std::vector<std::string> SnsStore::ListTopics(std::string_view account, std::string_view region,
                                              std::string_view after, std::size_t limit) const {
  std::vector<std::string> arns;
  for (auto rows = list_topics_.Query(account, region, after, limit); rows.Next();) {
    arns.emplace_back(rows.Text(0));
  }
  return arns;
}

SubscriptionList SnsStore::ListSubscriptions(std::string_view account, std::string_view region,
                                             std::int64_t after, std::size_t limit) const {
  return AllSubscriptions(list_subscriptions_.Query(account, region, after, limit));
}

SubscriptionList SnsStore::ListByTopic(std::string_view topic_arn, std::int64_t after,
                                       std::size_t limit) const {
  return AllSubscriptions(list_by_topic_.Query(topic_arn, after, limit));
}

void SnsStore::Forget(std::string_view topic_arn) {
  const std::unique_lock lock(mutex_);
  ++generation_;
  if (const auto found = kept_.find(topic_arn); found != kept_.end()) kept_.erase(found);
}

void SnsStore::Forget() {
  const std::unique_lock lock(mutex_);
  ++generation_;
  kept_.clear();
}

std::optional<Topic> SnsStore::LoadTopic(std::string_view arn) {
  auto rows = load_topic_.Query(arn);
  if (!rows.Next()) return std::nullopt;
  return ReadTopic(rows);
}

void SnsStore::InsertTopic(const Topic& topic) {
  insert_topic_.Run(topic.arn, topic.account, topic.region, EncodeMap(topic.attributes),
                    EncodeMap(topic.tags), topic.data_protection_policy, topic.created);
}

void SnsStore::SaveTopic(const Topic& topic) {
  save_topic_.Run(topic.arn, EncodeMap(topic.attributes), EncodeMap(topic.tags),
                  topic.data_protection_policy);
}

void SnsStore::EraseTopic(std::string_view arn) {
  erase_topic_.Run(arn);
  erase_subscriptions_.Run(arn);
  erase_archive_.Run(arn);
  erase_deduplication_.Run(arn);
}

std::int64_t SnsStore::TakeSequence(std::string_view topic_arn) {
  return take_sequence_.Scalar<std::int64_t>(topic_arn).value_or(0);
}

std::optional<Subscription> SnsStore::LoadSubscription(std::string_view arn) {
  return LoadFirst(load_subscription_.Query(arn));
}

std::optional<Subscription> SnsStore::LoadSubscription(std::string_view topic_arn, std::string_view protocol,
                                                       std::string_view endpoint) {
  return LoadFirst(load_by_endpoint_.Query(topic_arn, protocol, endpoint));
}

std::optional<Subscription> SnsStore::LoadSubscriptionByToken(std::string_view token) {
  return LoadFirst(load_by_token_.Query(token));
}

void SnsStore::InsertSubscription(const Subscription& subscription) {
  insert_subscription_.Run(subscription.arn, subscription.topic_arn, subscription.account,
                           subscription.region, subscription.principal, subscription.protocol,
                           subscription.endpoint, EncodeMap(subscription.attributes), subscription.token,
                           subscription.confirmed, subscription.authenticated, subscription.created);
}

void SnsStore::SaveSubscription(const Subscription& subscription) {
  save_subscription_.Run(subscription.number, EncodeMap(subscription.attributes), subscription.confirmed,
                         subscription.authenticated);
}

void SnsStore::EraseSubscription(const Subscription& subscription) {
  erase_subscription_.Run(subscription.number);
  count_deleted_.Run(subscription.topic_arn);
}

void SnsStore::Erase(std::string_view account, std::string_view region) {
  std::vector<std::string> arns;
  for (auto rows = topics_of_.Query(account, region); rows.Next();) arns.emplace_back(rows.Text(0));
  for (const std::string& arn : arns) EraseTopic(arn);
  erase_foreign_.Run(account, region);
}

}  // namespace cumulite::sns
