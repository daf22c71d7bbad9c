#include "services/sns/records.h"

namespace cumulite::sns {
namespace {

std::optional<AttributeMap> First(storage::Cursor rows) {
  return rows.Next() ? std::optional(rows.Parsed(0, DecodeMap)) : std::nullopt;
}

}  // namespace

Records::Records(storage::Database& database)
    : find_(database, "SELECT content FROM record WHERE kind = ?1 AND owner = ?2 AND id = ?3"),
      list_(database,
            "SELECT id, content FROM record WHERE kind = ?1 AND owner = ?2 AND id > ?3 ORDER BY id LIMIT ?4"),
      load_(database, "SELECT content FROM record WHERE kind = ?1 AND owner = ?2 AND id = ?3"),
      put_(database, "INSERT OR REPLACE INTO record (kind, owner, id, content) VALUES (?1, ?2, ?3, ?4)"),
      erase_(database, "DELETE FROM record WHERE kind = ?1 AND owner = ?2 AND id = ?3"),
      erase_owner_(database, "DELETE FROM record WHERE kind = ?1 AND owner = ?2"),
      erase_account_(
          database,
          "DELETE FROM record WHERE ?1 = '' OR owner LIKE ?1 || '/%' OR owner LIKE '%:' || ?1 || ':%'") {}

std::optional<AttributeMap> Records::Find(std::string_view kind, std::string_view owner,
                                          std::string_view id) const {
  return First(find_.Query(kind, owner, id));
}

std::vector<std::pair<std::string, AttributeMap>> Records::List(std::string_view kind, std::string_view owner,
                                                                std::string_view after,
                                                                std::size_t limit) const {
  std::vector<std::pair<std::string, AttributeMap>> list;
  for (auto rows = list_.Query(kind, owner, after, limit); rows.Next();) {
    list.emplace_back(rows.Text(0), rows.Parsed(1, DecodeMap));
  }
  return list;
}

std::optional<AttributeMap> Records::Load(std::string_view kind, std::string_view owner,
                                          std::string_view id) {
  return First(load_.Query(kind, owner, id));
}

void Records::Put(std::string_view kind, std::string_view owner, std::string_view id,
                  const AttributeMap& content) {
  put_.Run(kind, owner, id, EncodeMap(content));
}

bool Records::Erase(std::string_view kind, std::string_view owner, std::string_view id) {
  return erase_.Run(kind, owner, id) > 0;
}

void Records::EraseOwner(std::string_view kind, std::string_view owner) { erase_owner_.Run(kind, owner); }

void Records::EraseAccount(std::string_view account) { erase_account_.Run(account); }

}  // namespace cumulite::sns
