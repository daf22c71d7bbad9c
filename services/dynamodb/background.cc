#include <algorithm>
#include <map>

#include "base/log.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/items/item_key.h"

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
  const std::vector<std::int64_t> copies = copier_.Open();
  for (const TablePtr& table : tables_.All()) {
    const bool copied = std::ranges::find(copies, table->id) != copies.end();
    for (const Index& index : table->indexes) {
      if (index.backfilling && !copied) Backfill(table->id, index.number);
    }
  }
  for (const std::int64_t target : copies) RunCopy(target);
  if (const auto due = items_.NextDue()) ExpireAt(*due);
}

void DynamoDbService::SweepDropped() {
  const auto step = [this](const std::string&) {
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
    for (const Row& row : due) {
      items_.DeleteExpiry(row.due_ms, row.table, row.key);
      auto [entry, is_new] = tables.try_emplace(row.table);
      if (is_new) entry->second = tables_.Current(row.table);
      if (entry->second == nullptr) continue;
      const WriteAction action{.kind = WriteKind::kDelete, .table = entry->second, .key = row.key};
      Decision decision = item_writer_.Decide(action);
      const AttributeMap* item = decision.OldItem();
      if (item == nullptr || ExpiryOf(*entry->second, *item, now_ms) != row.due_ms) continue;
      std::optional<std::int64_t> none;
      item_writer_.Apply(action, decision, now_ms, WrittenBy::kTimeToLive, none);
    }
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
