#include "services/dynamodb/transfers/transfer_store.h"

#include <limits>

#include "protocol/arn.h"

namespace cumulite::dynamodb {
namespace {

#define TRANSFER_COLUMNS "id, kind, account, region, table_name, label, token, request, open, at_ms, record"

Transfer ReadTransfer(const storage::Cursor& row) {
  return {.id = row.Int64(0),
          .kind = std::string(row.Text(1)),
          .account = std::string(row.Text(2)),
          .region = std::string(row.Text(3)),
          .table_name = std::string(row.Text(4)),
          .label = std::string(row.Text(5)),
          .token = std::string(row.Text(6)),
          .request = std::string(row.Text(7)),
          .open = row.Int64(8) != 0,
          .at_ms = row.Int64(9),
          .record = std::string(row.Text(10))};
}

}  // namespace

std::string Transfer::Arn() const {
  return protocol::FormatArn("dynamodb", region, account, "table/" + table_name + "/" + kind + "/" + label);
}

TransferStore::TransferStore(storage::Database& database)
    : list_(database, "SELECT " TRANSFER_COLUMNS
                      " FROM transfer WHERE kind = ?1 AND account = ?2 AND region = ?3"
                      " AND (?4 = '' OR table_name = ?4) AND id < ?5 ORDER BY id DESC LIMIT ?6"),
      find_(database, "SELECT " TRANSFER_COLUMNS
                      " FROM transfer WHERE kind = ?1 AND account = ?2 AND region = ?3 AND table_name = ?4"
                      " AND label = ?5"),
      by_id_(database, "SELECT " TRANSFER_COLUMNS " FROM transfer WHERE id = ?1"),
      open_(database, "SELECT " TRANSFER_COLUMNS " FROM transfer WHERE open = 1 ORDER BY id"),
      add_(database,
           "INSERT INTO transfer (kind, account, region, table_name, label, token, request, open, at_ms, "
           "record)"
           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 1, ?8, ?9) RETURNING id"),
      of_token_(database, "SELECT " TRANSFER_COLUMNS
                          " FROM transfer WHERE kind = ?1 AND account = ?2 AND region = ?3 AND token = ?4"
                          " AND at_ms >= ?5 ORDER BY id DESC LIMIT 1"),
      save_(database, "UPDATE transfer SET record = ?2, open = ?3 WHERE id = ?1"),
      reset_(database, "DELETE FROM transfer WHERE (?1 = '' OR account = ?1) AND (?2 = '' OR region = ?2)") {}

#undef TRANSFER_COLUMNS

std::vector<Transfer> TransferStore::List(const Filter& filter, std::int64_t max) const {
  const std::int64_t before = filter.before == 0 ? std::numeric_limits<std::int64_t>::max() : filter.before;
  std::vector<Transfer> list;
  for (auto rows = list_.Query(filter.kind, filter.account, filter.region, filter.table_name, before, max);
       rows.Next();) {
    list.push_back(ReadTransfer(rows));
  }
  return list;
}

std::optional<Transfer> TransferStore::Find(std::string_view kind, std::string_view arn) const {
  const auto parsed = protocol::ParseArn(arn);
  if (!parsed || parsed->service != "dynamodb") return std::nullopt;
  std::string_view resource = parsed->resource;
  const std::string middle = "/" + std::string(kind) + "/";
  const std::size_t at = resource.find(middle);
  constexpr std::string_view kTable = "table/";
  if (!resource.starts_with(kTable) || at == std::string_view::npos) return std::nullopt;
  const std::string_view table = resource.substr(kTable.size(), at - kTable.size());
  auto row = find_.Query(kind, parsed->account, parsed->region, table, resource.substr(at + middle.size()));
  return row.Next() ? std::optional(ReadTransfer(row)) : std::nullopt;
}

std::optional<Transfer> TransferStore::FindById(std::int64_t id) const {
  auto row = by_id_.Query(id);
  return row.Next() ? std::optional(ReadTransfer(row)) : std::nullopt;
}

std::vector<Transfer> TransferStore::Open() const {
  std::vector<Transfer> open;
  for (auto rows = open_.Query(); rows.Next();) open.push_back(ReadTransfer(rows));
  return open;
}

std::int64_t TransferStore::Add(const Transfer& transfer) {
  return *add_.Scalar<std::int64_t>(transfer.kind, transfer.account, transfer.region, transfer.table_name,
                                    transfer.label, transfer.token, transfer.request, transfer.at_ms,
                                    transfer.record);
}

std::optional<Transfer> TransferStore::FindOfToken(std::string_view kind, std::string_view account,
                                                   std::string_view region, std::string_view token,
                                                   std::int64_t since_ms) {
  auto row = of_token_.Query(kind, account, region, token, since_ms);
  return row.Next() ? std::optional(ReadTransfer(row)) : std::nullopt;
}

void TransferStore::Save(std::int64_t id, std::string_view record, bool open) {
  save_.Run(id, record, open ? 1 : 0);
}

void TransferStore::Reset(std::string_view account, std::string_view region) { reset_.Run(account, region); }

}  // namespace cumulite::dynamodb
