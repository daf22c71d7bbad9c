#pragma once
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "services/sns/subscribers.h"
#include "services/sns/topic.h"
#include "services/sns/topic_attributes.h"
#include "services/storage/statement.h"
#include "services/storage/writer.h"

namespace cumulite::sns {

/// Topics and subscriptions: in SQL, with those that are used kept in memory as immutable snapshots.
///
/// A read begun after a change was answered sees it: whoever changes calls Forget once the change is durable.
/// Thread: reads on any; Load*, Save* and Erase* on the writer thread, inside a job.
class SnsStore {
 public:
  explicit SnsStore(storage::Database& database);

  /// Null when there is none.
  TopicPtr FindTopic(std::string_view arn) const;
  /// The confirmed subscriptions of a topic, in the order in which they were made.
  std::shared_ptr<const Subscribers> SubscribersOf(std::string_view topic_arn) const;
  SubscriptionPtr FindSubscription(std::string_view arn) const;
  SubscriptionPtr FindSubscription(std::int64_t number) const;
  SubscriptionCounts CountSubscriptions(std::string_view topic_arn) const;

  /// Up to `limit` ARNs behind `after`, of an account and region.
  std::vector<std::string> ListTopics(std::string_view account, std::string_view region,
                                      std::string_view after, std::size_t limit) const;
  /// Up to `limit` subscriptions whose number is greater than `after`; of an account and region, or of a
  /// topic.
  SubscriptionList ListSubscriptions(std::string_view account, std::string_view region, std::int64_t after,
                                     std::size_t limit) const;
  SubscriptionList ListByTopic(std::string_view topic_arn, std::int64_t after, std::size_t limit) const;

  /// Drops what is kept of a topic; all topics without an argument.
  void Forget(std::string_view topic_arn);
  void Forget();

  // Inside a job of the writer.
  std::optional<Topic> LoadTopic(std::string_view arn);
  void InsertTopic(const Topic& topic);
  /// Attributes, tags and data protection policy.
  void SaveTopic(const Topic& topic);
  /// With its subscriptions and its archive; nothing if there is none.
  void EraseTopic(std::string_view arn);
  /// The next SequenceNumber of a FIFO topic.
  std::int64_t TakeSequence(std::string_view topic_arn);

  std::optional<Subscription> LoadSubscription(std::string_view arn);
  std::optional<Subscription> LoadSubscription(std::string_view topic_arn, std::string_view protocol,
                                               std::string_view endpoint);
  std::optional<Subscription> LoadSubscriptionByToken(std::string_view token);
  void InsertSubscription(const Subscription& subscription);
  /// Attributes and state.
  void SaveSubscription(const Subscription& subscription);
  /// And counts it as deleted.
  void EraseSubscription(const Subscription& subscription);

  /// Everything of an account and a region; of all where that is empty.
  void Erase(std::string_view account, std::string_view region);

 private:
  struct Kept {
    TopicPtr topic;
    std::shared_ptr<const Subscribers> subscribers;
  };
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  /// Puts what was read at `generation` into memory, unless something changed since.
  void Keep(std::string_view arn, std::uint64_t generation, const std::function<void(Kept&)>& put) const;

  mutable std::shared_mutex mutex_;  // guards the next two
  mutable std::unordered_map<std::string, Kept, Hash, std::equal_to<>> kept_;
  mutable std::uint64_t generation_ = 0;

  storage::ReadStatement find_topic_;
  storage::ReadStatement list_topics_;
  storage::ReadStatement subscribers_;
  storage::ReadStatement find_subscription_;
  storage::ReadStatement find_numbered_;
  storage::ReadStatement count_;
  storage::ReadStatement deleted_;
  storage::ReadStatement list_subscriptions_;
  storage::ReadStatement list_by_topic_;

  storage::Statement load_topic_;
  storage::Statement insert_topic_;
  storage::Statement save_topic_;
  storage::Statement erase_topic_;
  storage::Statement erase_subscriptions_;
  storage::Statement erase_archive_;
  storage::Statement erase_deduplication_;
  storage::Statement take_sequence_;
  storage::Statement load_subscription_;
  storage::Statement load_by_endpoint_;
  storage::Statement load_by_token_;
  storage::Statement insert_subscription_;
  storage::Statement save_subscription_;
  storage::Statement erase_subscription_;
  storage::Statement count_deleted_;
  storage::Statement topics_of_;
  storage::Statement erase_foreign_;
};

}  // namespace cumulite::sns
