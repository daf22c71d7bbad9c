#include "services/storage/resource_table.h"

namespace cumulite::storage {
namespace {

constexpr std::string_view kFind = "SELECT record FROM resource WHERE arn = ?1";
constexpr std::string_view kFindNamed =
    "SELECT record FROM resource WHERE account = ?1 AND region = ?2 AND name = ?3";
constexpr std::string_view kAll =
    "SELECT record FROM resource WHERE account = ?1 AND region = ?2 ORDER BY number";

std::optional<std::string> One(Cursor rows) {
  std::optional<std::string> text;
  if (rows.Next()) text.emplace(rows.Text(0));
  return text;
}

std::vector<std::string> Texts(Cursor rows) {
  std::vector<std::string> texts;
  while (rows.Next()) texts.emplace_back(rows.Text(0));
  return texts;
}

}  // namespace

ResourceTable::ResourceTable(Database& database)
    : find_(database, kFind),
      find_named_(database, kFindNamed),
      all_(database, kAll),
      find_in_job_(database, kFind),
      find_named_in_job_(database, kFindNamed),
      all_in_job_(database, kAll),
      save_(database,
            "INSERT INTO resource (arn, account, region, name, record) VALUES (?1, ?2, ?3, ?4, ?5)"
            " ON CONFLICT (arn) DO UPDATE SET name = excluded.name, record = excluded.record"),
      erase_(database, "DELETE FROM resource WHERE arn = ?1"),
      erase_all_(database,
                 "DELETE FROM resource WHERE (?1 = '' OR account = ?1) AND (?2 = '' OR region = ?2)") {}

std::optional<std::string> ResourceTable::Find(std::string_view arn) const { return One(find_.Query(arn)); }

std::optional<std::string> ResourceTable::FindNamed(std::string_view account, std::string_view region,
                                                    std::string_view name) const {
  return One(find_named_.Query(account, region, name));
}

std::vector<std::string> ResourceTable::All(std::string_view account, std::string_view region) const {
  return Texts(all_.Query(account, region));
}

std::optional<std::string> ResourceTable::FindInJob(std::string_view arn) {
  return One(find_in_job_.Query(arn));
}

std::optional<std::string> ResourceTable::FindNamedInJob(std::string_view account, std::string_view region,
                                                         std::string_view name) {
  return One(find_named_in_job_.Query(account, region, name));
}

std::vector<std::string> ResourceTable::AllInJob(std::string_view account, std::string_view region) {
  return Texts(all_in_job_.Query(account, region));
}

void ResourceTable::Save(std::string_view arn, std::string_view account, std::string_view region,
                         std::string_view name, std::string_view text) {
  save_.Run(arn, account, region, name, text);
}

void ResourceTable::Erase(std::string_view arn) { erase_.Run(arn); }

void ResourceTable::EraseAll(std::string_view account, std::string_view region) {
  erase_all_.Run(account, region);
}

}  // namespace cumulite::storage
