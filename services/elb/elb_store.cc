#include "services/elb/elb_store.h"

#include <utility>

namespace cumulite::elb {

template <class S>
ElbQueries<S>::ElbQueries(storage::Database& database)
    : find_(database, "SELECT record FROM resource WHERE arn = ?1 AND kind = ?2"),
      find_named_(
          database,
          "SELECT record FROM resource WHERE kind = ?1 AND account = ?2 AND region = ?3 AND name = ?4"),
      named_(database,
             "SELECT record FROM resource WHERE kind = ?1 AND account = ?2 AND region = ?3 AND name > ?4"
             " ORDER BY name LIMIT ?5"),
      children_(database,
                "SELECT record FROM resource WHERE parent = ?1 AND parent <> '' AND kind = ?2"
                " ORDER BY position, number"),
      everything_(database, "SELECT record FROM resource WHERE kind = ?1 ORDER BY number"),
      count_(database, "SELECT count(*) FROM resource WHERE kind = ?1 AND account = ?2 AND region = ?3"),
      load_balancers_of_(database,
                         "SELECT DISTINCT load_balancer FROM forward WHERE target_group = ?1 ORDER BY 1"),
      target_groups_of_(database,
                        "SELECT DISTINCT target_group FROM forward WHERE load_balancer = ?1 ORDER BY 1"),
      targets_(database,
               "SELECT registration, id, port, has_port, zone, deregistered_ms FROM target"
               " WHERE target_group = ?1 ORDER BY registration"),
      draining_(database,
                "SELECT target_group, min(deregistered_ms) FROM target WHERE deregistered_ms IS NOT NULL"
                " GROUP BY target_group") {}

template <class S>
std::vector<TargetRecord> ElbQueries<S>::Targets(std::string_view target_group) const {
  std::vector<TargetRecord> targets;
  auto rows = targets_.Query(target_group);
  while (rows.Next()) {
    targets.push_back({.registration = rows.Int64(0),
                       .id = std::string(rows.Text(1)),
                       .port = rows.template Number<std::int32_t>(2, 0, 65535),
                       .has_port = rows.Int64(3) != 0,
                       .zone = std::string(rows.Text(4)),
                       .deregistered_ms = rows.OptionalInt64(5)});
  }
  return targets;
}

template <class S>
std::vector<std::pair<std::string, std::int64_t>> ElbQueries<S>::Draining() const {
  std::vector<std::pair<std::string, std::int64_t>> groups;
  auto rows = draining_.Query();
  while (rows.Next()) groups.emplace_back(rows.Text(0), rows.Int64(1));
  return groups;
}

template <class S>
std::vector<std::string> ElbQueries<S>::Texts(storage::Cursor rows) {
  std::vector<std::string> texts;
  while (rows.Next()) texts.emplace_back(rows.Text(0));
  return texts;
}

template class ElbQueries<storage::Statement>;
template class ElbQueries<storage::ReadStatement>;

ElbStore::ElbStore(storage::Database& database)
    : committed_(database),
      current_(database),
      insert_(database,
              "INSERT INTO resource (arn, kind, account, region, parent, name, position, record)"
              " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"),
      save_(database, "UPDATE resource SET position = ?2, record = ?3 WHERE arn = ?1"),
      erase_(database, "DELETE FROM resource WHERE arn = ?1"),
      erase_forwards_(database, "DELETE FROM forward WHERE rule = ?1"),
      erase_targets_(database, "DELETE FROM target WHERE target_group = ?1"),
      insert_forward_(
          database, "INSERT OR IGNORE INTO forward (rule, target_group, load_balancer) VALUES (?1, ?2, ?3)"),
      insert_target_(database,
                     "INSERT OR REPLACE INTO target (target_group, id, port, has_port, zone)"
                     " VALUES (?1, ?2, ?3, ?4, ?5)"),
      erase_target_(database, "DELETE FROM target WHERE registration = ?1"),
      set_draining_(database, "UPDATE target SET deregistered_ms = ?2 WHERE registration = ?1"),
      erase_drained_(database, "DELETE FROM target WHERE target_group = ?1 AND deregistered_ms <= ?2"),
      arns_of_(database,
               "SELECT arn FROM resource WHERE (?1 = '' OR account = ?1) AND (?2 = '' OR region = ?2)") {}

void ElbStore::InsertText(std::string_view arn, const ResourceKey& key, const Owner& owner,
                          std::string_view text) {
  insert_.Run(arn, key.kind, owner.account, owner.region, key.parent, key.name, key.position, text);
}

void ElbStore::Erase(std::string_view arn) {
  erase_.Run(arn);
  erase_forwards_.Run(arn);
  erase_targets_.Run(arn);
}

void ElbStore::EraseListener(std::string_view arn) {
  for (const RuleRecord& rule : current_.Children<RuleRecord>(arn)) Erase(rule.arn());
  Erase(arn);
}

void ElbStore::EraseLoadBalancer(std::string_view arn) {
  for (const ListenerRecord& listener : current_.Children<ListenerRecord>(arn)) EraseListener(listener.arn());
  Erase(arn);
}

void ElbStore::SetForwards(std::string_view rule, std::string_view load_balancer,
                           const std::vector<std::string>& target_groups) {
  erase_forwards_.Run(rule);
  for (const std::string& target_group : target_groups)
    insert_forward_.Run(rule, target_group, load_balancer);
}

void ElbStore::InsertTarget(std::string_view target_group, const TargetRecord& target) {
  insert_target_.Run(target_group, target.id, target.port, target.has_port ? 1 : 0, target.zone);
}

void ElbStore::EraseTarget(std::int64_t registration) { erase_target_.Run(registration); }

void ElbStore::SetDraining(std::int64_t registration, base::TimePoint since) {
  set_draining_.Run(registration, since);
}

void ElbStore::EraseDrained(std::string_view target_group, base::TimePoint before) {
  erase_drained_.Run(target_group, before);
}

void ElbStore::EraseAll(std::string_view account, std::string_view region) {
  std::vector<std::string> arns;
  {
    auto rows = arns_of_.Query(account, region);
    while (rows.Next()) arns.emplace_back(rows.Text(0));
  }
  for (const std::string& arn : arns) Erase(arn);
}

}  // namespace cumulite::elb
