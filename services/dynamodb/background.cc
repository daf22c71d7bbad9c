#include <algorithm>
#include <limits>
#include <map>

#include "base/log.h"
#include "protocol/json_codec.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/items/item_key.h"
#include "services/dynamodb/tables/remove_table.h"
#include "services/dynamodb/transfers/exporter.h"
#include "services/dynamodb/transfers/importer.h"

// What goes on without anybody waiting for it, in short jobs of the writer, so that requests come in between.

namespace cumulite::dynamodb {
namespace {

constexpr std::int64_t kItemsOfOneStep = 200;
constexpr std::chrono::milliseconds kRetryDelay{200};

/// Where a step of a work in pieces goes on; nothing at its end.
using Next = std::optional<std::string>;

Next NextAfter(std::string last) { return last.empty() ? Next() : Next(std::move(last)); }

}  // namespace

template <class Step>
runtime::Task<void> DynamoDbService::Repeat(Step step, std::int64_t changed_table) {
  try {
    // A job may run twice from one state of the database, so where it went on is noted after its commit.
    std::string place;
    bool more = true;
    while (more && !stopped_) {
      const auto job = [&step, &place] { return step(place); };
      runtime::Task<Next> run = writer_.Run(job);
      Next next = co_await run;
      more = next.has_value();
      if (more) place = std::move(*next);
    }
    if (changed_table != 0) tables_.Refresh(changed_table);
  } catch (const std::exception& failure) {
    // The rows still say what is to do: the next start goes on with it.
    if (!stopped_) base::Logger("dynamodb")->warn("background work stopped cause={}", failure.what());
  }
}

void DynamoDbService::Resume() {
  SweepDropped();
  bool waits = false;  // for a time to come
  const std::vector<std::int64_t> copies = copier_.Open();
  for (const TablePtr& table : tables_.All()) {
    const bool copied = std::ranges::find(copies, table->id) != copies.end();
    for (const Index& index : table->indexes) {
      if (index.backfilling && !copied) Backfill(table->id, index.number);
    }
    if (table->IsBeingDeleted()) EndPhaseAt(table->record.phase_ends->milliseconds);
    waits = waits || table->record.ttl_attribute || table->IsBeingDeleted();
  }
  for (const std::int64_t target : copies) RunCopy(target);
  const std::vector<Transfer> transfers = transfers_.Open();
  for (const Transfer& transfer : transfers) RunTransfer(transfer);
  if (const auto due = items_.NextDue()) ExpireAt(*due);
  // What goes on from here is done before anybody stops, or found again by whoever calls first.
  if (!waits && copies.empty() && transfers.empty()) marker_.Lower();
}

runtime::Task<bool> DynamoDbService::Settle() {
  const auto due = items_.NextDue();
  const bool expires = due && *due <= NowMs();
  if (expires) {
    runtime::Task<void> expired = ExpireDue();
    co_await expired;
  }
  runtime::Task<bool> ending = EndPhases();
  const bool ended = co_await ending;
  co_return expires || ended;
}

void DynamoDbService::EndPhaseAt(std::int64_t end_ms) {
  phases_->SetAtMost(base::TimePoint(std::chrono::milliseconds(end_ms)));
}

runtime::Task<bool> DynamoDbService::EndPhases() {
  const std::int64_t now_ms = NowMs();
  std::vector<TablePtr> over;
  std::int64_t next_ms = std::numeric_limits<std::int64_t>::max();
  for (const TablePtr& table : tables_.All()) {
    if (!table->IsBeingDeleted()) continue;
    const std::int64_t end_ms = table->record.phase_ends->milliseconds;
    if (end_ms <= now_ms) {
      over.push_back(table);
    } else {
      next_ms = std::min(next_ms, end_ms);
    }
  }
  if (next_ms != std::numeric_limits<std::int64_t>::max()) EndPhaseAt(next_ms);
  if (over.empty()) co_return false;
  const auto remove = [this, &over] {
    for (const TablePtr& table : over) {
      if (const TablePtr current = tables_.Current(table->id)) RemoveTable(*this, *current);
    }
  };
  try {
    runtime::Task<void> run = writer_.Run(remove, storage::Room::kMakes);
    co_await run;
  } catch (const std::exception& failure) {
    if (!stopped_) base::Logger("dynamodb")->warn("tables were not removed cause={}", failure.what());
    EndPhaseAt(now_ms + kRetryDelay.count());
    co_return false;
  }
  tables_.RefreshAll();
  SweepDropped();
  co_return true;
}

void DynamoDbService::SweepDropped() {
  const auto step = [this](const std::string&) {
    if (const auto expired = backups_.FirstExpired(NowMs())) {
      backups_.Remove(*expired);
      return Next(std::in_place);
    }
    return tables_.RemoveDropped() ? Next(std::in_place) : Next();
  };
  Repeat(step, 0).Detach();
}

void DynamoDbService::Backfill(std::int64_t table_id, std::int64_t index_number) {
  const auto step = [this, table_id, index_number](const std::string& after) {
    const TablePtr table = tables_.Current(table_id);
    if (table == nullptr) return Next();
    for (std::size_t i = 0; i < table->indexes.size(); ++i) {
      const Index& index = table->indexes[i];
      if (index.number != index_number || !index.backfilling) continue;
      Next next = NextAfter(item_writer_.Backfill(*table, index, after, kItemsOfOneStep));
      if (next) return next;
      TableRecord record = table->record;
      record.indexes[i].backfilling.reset();
      tables_.Update(table_id, record);
    }
    return Next();
  };
  Repeat(step, table_id).Detach();
}

void DynamoDbService::RunCopy(std::int64_t target) {
  const auto step = [this, target](const std::string&) {
    return copier_.Step(target) ? Next(std::in_place) : Next();
  };
  const auto copy = [](DynamoDbService& service, auto steps) -> runtime::Task<void> {
    runtime::Task<void> repeated = service.Repeat(std::move(steps), 0);
    co_await repeated;
    service.tables_.RefreshAll();  // its source, its target
    service.SweepDropped();
  };
  copy(*this, step).Detach();
}

void DynamoDbService::RunTransfer(const Transfer& transfer) {
  if (transfer.kind == "import") {
    RunImport(*this, transfer.id).Detach();
    return;
  }
  ExportRecord record;
  protocol::DecodeStoredJson(transfer.record, &record, ExportRecord::Describe());
  const std::int64_t target = -record.backup_id;
  const auto step = [this, target](const std::string&) {
    return copier_.Step(target) ? Next(std::in_place) : Next();
  };
  const auto run = [](DynamoDbService& service, auto steps, std::int64_t id) -> runtime::Task<void> {
    runtime::Task<void> copied = service.Repeat(std::move(steps), 0);
    co_await copied;
    service.tables_.RefreshAll();  // the table is not copied any more
    if (service.stopping()) co_return;
    runtime::Task<void> exported = RunExport(service, id);
    co_await exported;
  };
  run(*this, step, transfer.id).Detach();
}

void DynamoDbService::NoteExpiries(std::int64_t table_id) {
  const auto step = [this, table_id](const std::string& after) {
    const TablePtr table = tables_.Current(table_id);
    if (table == nullptr || !table->record.ttl_attribute) return Next();
    return NextAfter(item_writer_.NoteExpiries(*table, after, kItemsOfOneStep, NowMs()));
  };
  const auto note = [](DynamoDbService& service, auto steps) -> runtime::Task<void> {
    runtime::Task<void> repeated = service.Repeat(std::move(steps), 0);
    co_await repeated;
    if (const auto due = service.items().NextDue()) service.ExpireAt(*due);
  };
  note(*this, step).Detach();
}

void DynamoDbService::ExpireAt(std::int64_t due_ms) {
  expiry_->SetAtMost(base::TimePoint(std::chrono::milliseconds(due_ms)));
}

runtime::Task<void> DynamoDbService::ExpireDue() {
  const auto step = [this](const std::string&) {
    struct Row {
      std::int64_t table;
      std::string key;
      std::int64_t due_ms;
    };
    const std::int64_t now_ms = NowMs();
    std::vector<Row> due;
    for (auto rows = items_.Due(now_ms, kItemsOfOneStep); rows.Next();) {
      due.push_back({rows.Int64(0), std::string(rows.Blob(1).bytes), rows.Int64(2)});
    }
    std::map<std::int64_t, TablePtr> tables;
    WriteJob job{.now_ms = now_ms};
    for (const Row& row : due) {
      items_.DeleteExpiry(row.due_ms, row.table, row.key);
      auto [entry, is_new] = tables.try_emplace(row.table);
      if (is_new) entry->second = tables_.Current(row.table);
      if (entry->second == nullptr) continue;
      const WriteAction action{.kind = WriteKind::kDelete, .table = entry->second, .key = row.key};
      Decision decision = item_writer_.Decide(action);
      const AttributeMap* item = decision.OldItem();
      if (item == nullptr || ExpiryOf(*entry->second, *item, now_ms) != row.due_ms) continue;
      item_writer_.Apply(action, decision, WrittenBy::kTimeToLive, job);
    }
    item_writer_.Finish(job);
    return due.size() == static_cast<std::size_t>(kItemsOfOneStep) ? Next(std::in_place) : Next();
  };
  runtime::Task<void> repeated = Repeat(step, 0);
  co_await repeated;
  if (stopped_) co_return;
  const auto next = items_.NextDue();
  // After a failure the same items are due still: not at once again.
  if (next) ExpireAt(std::max(*next, NowMs() + kRetryDelay.count()));
}

}  // namespace cumulite::dynamodb
