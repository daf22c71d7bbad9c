#pragma once
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "protocol/json_codec.h"
#include "services/elb/records.h"
#include "services/storage/statement.h"

namespace cumulite::elb {

/// Whose resources a list shows.
struct Owner {
  std::string_view account;
  std::string_view region;
};

/// Reads of the store; `S` is Statement inside a job of the writer, ReadStatement outside.
template <class S>
class ElbQueries {
 public:
  explicit ElbQueries(storage::Database& database);

  /// Nothing for an ARN that nothing has, or something of another kind.
  template <class R>
  std::optional<R> Find(std::string_view arn) const {
    std::optional<R> record;
    auto row = find_.Query(arn, R::kKind);
    if (row.Next()) record = Read<R>(row);
    return record;
  }
  template <class R>
  std::optional<R> FindNamed(const Owner& owner, std::string_view name) const {
    std::optional<R> record;
    auto row = find_named_.Query(R::kKind, owner.account, owner.region, name);
    if (row.Next()) record = Read<R>(row);
    return record;
  }
  /// In the order of their names, `limit` at most behind `after`.
  template <class R>
  std::vector<R> Named(const Owner& owner, std::string_view after, std::int64_t limit) const {
    return All<R>(named_.Query(R::kKind, owner.account, owner.region, after, limit));
  }
  /// Of a load balancer or listener, in the order of their positions.
  template <class R>
  std::vector<R> Children(std::string_view parent) const {
    return All<R>(children_.Query(parent, R::kKind));
  }
  /// Of all accounts and regions, the oldest first.
  template <class R>
  std::vector<R> Everything() const {
    return All<R>(everything_.Query(R::kKind));
  }
  std::int64_t Count(std::string_view kind, const Owner& owner) const {
    return count_.template Scalar<std::int64_t>(kind, owner.account, owner.region).value_or(0);
  }

  /// The load balancers whose rules forward to a target group.
  std::vector<std::string> LoadBalancersOf(std::string_view target_group) const {
    return Texts(load_balancers_of_.Query(target_group));
  }
  /// The target groups that rules of a load balancer forward to.
  std::vector<std::string> TargetGroupsOf(std::string_view load_balancer) const {
    return Texts(target_groups_of_.Query(load_balancer));
  }

  /// In the order of registration, draining ones among them.
  std::vector<TargetRecord> Targets(std::string_view target_group) const;
  /// When the first target began to drain of each group that has such: ARN and milliseconds.
  std::vector<std::pair<std::string, std::int64_t>> Draining() const;

 private:
  template <class R>
  static R Read(const storage::Cursor& row) {
    return row.Parsed(0, [](std::string_view text) {
      R record;
      protocol::DecodeStoredJson(text, &record, R::Describe());
      if (!record.whole()) throw std::runtime_error("members are missing");
      return record;
    });
  }
  template <class R>
  static std::vector<R> All(storage::Cursor rows) {
    std::vector<R> records;
    while (rows.Next()) records.push_back(Read<R>(rows));
    return records;
  }
  static std::vector<std::string> Texts(storage::Cursor rows);

  mutable S find_;
  mutable S find_named_;
  mutable S named_;
  mutable S children_;
  mutable S everything_;
  mutable S count_;
  mutable S load_balancers_of_;
  mutable S target_groups_of_;
  mutable S targets_;
  mutable S draining_;
};

extern template class ElbQueries<storage::Statement>;
extern template class ElbQueries<storage::ReadStatement>;

/// Load balancers and what belongs to them: SQL is the truth.
/// Thread: committed() on any; the rest on the writer's, inside a job.
class ElbStore {
 public:
  using Committed = ElbQueries<storage::ReadStatement>;
  using Current = ElbQueries<storage::Statement>;

  explicit ElbStore(storage::Database& database);

  const Committed& committed() const { return committed_; }
  const Current& current() const { return current_; }

  template <class R>
  void Insert(const R& record, const Owner& owner) {
    InsertText(record.arn(), record.key(), owner, Write(record));
  }
  /// What may have changed besides the record: its position.
  template <class R>
  void Save(const R& record) {
    save_.Run(record.arn(), record.key().position, Write(record));
  }
  /// Of a rule or a target group: what refers to it goes, too.
  void Erase(std::string_view arn);
  /// With its listeners and their rules.
  void EraseLoadBalancer(std::string_view arn);
  /// With its rules.
  void EraseListener(std::string_view arn);

  /// What a rule forwards to; replaces what it did before.
  void SetForwards(std::string_view rule, std::string_view load_balancer,
                   const std::vector<std::string>& target_groups);

  /// A registration, which replaces one that drains.
  void InsertTarget(std::string_view target_group, const TargetRecord& target);
  void EraseTarget(std::int64_t registration);
  void SetDraining(std::int64_t registration, base::TimePoint since);
  /// Those of a group that have drained since before then.
  void EraseDrained(std::string_view target_group, base::TimePoint before);

  /// Everything of an account and a region; of all where that is empty.
  void EraseAll(std::string_view account, std::string_view region);

 private:
  template <class R>
  static std::string Write(const R& record) {
    std::string text;
    protocol::EncodeJson(&record, R::Describe(), text);
    return text;
  }
  void InsertText(std::string_view arn, const ResourceKey& key, const Owner& owner, std::string_view text);

  Committed committed_;
  Current current_;
  storage::Statement insert_;
  storage::Statement save_;
  storage::Statement erase_;
  storage::Statement erase_forwards_;
  storage::Statement erase_targets_;
  storage::Statement insert_forward_;
  storage::Statement insert_target_;
  storage::Statement erase_target_;
  storage::Statement set_draining_;
  storage::Statement erase_drained_;
  storage::Statement arns_of_;
};

}  // namespace cumulite::elb
