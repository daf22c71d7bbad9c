#include "services/storage/statement.h"

#include <sqlite3.h>

#include <algorithm>
#include <chrono>
#include <stdexcept>

#include "services/storage/connection.h"
#include "services/storage/database.h"
#include "services/storage/error.h"
#include "services/storage/readers.h"

namespace cumulite::storage {
namespace {

int BindOne(sqlite3_stmt* statement, int index, const Value& value, sqlite3_destructor_type destructor) {
  // A null pointer would bind NULL, and an empty string_view may hold one.
  const auto data = [&value] { return value.bytes().data() != nullptr ? value.bytes().data() : ""; };
  switch (value.type()) {
    case Value::Type::kNull:
      return sqlite3_bind_null(statement, index);
    case Value::Type::kInteger:
      return sqlite3_bind_int64(statement, index, value.integer());
    case Value::Type::kReal:
      return sqlite3_bind_double(statement, index, value.real());
    case Value::Type::kText:
      return sqlite3_bind_text64(statement, index, data(), value.bytes().size(), destructor, SQLITE_UTF8);
    case Value::Type::kBlob:
      return sqlite3_bind_blob64(statement, index, data(), value.bytes().size(), destructor);
  }
  return SQLITE_MISUSE;
}

[[noreturn]] void ThrowStatementError(sqlite3_stmt* statement, int code) {
  ThrowSqliteError(sqlite3_db_handle(statement), code, sqlite3_sql(statement));
}

/// A value as it is shown in the log: what is long is cut.
std::string Shown(sqlite3_stmt* statement, int column) {
  constexpr std::size_t kMost = 60;
  const auto* const data = static_cast<const char*>(sqlite3_column_blob(statement, column));
  std::string text(data == nullptr ? "" : data,
                   static_cast<std::size_t>(sqlite3_column_bytes(statement, column)));
  if (text.size() > kMost) text.replace(kMost, std::string::npos, "...");
  return text;
}

bool IsKey(sqlite3_stmt* statement, int column) {
  const char* const table = sqlite3_column_table_name(statement, column);
  const char* const origin = sqlite3_column_origin_name(statement, column);
  int is_key = 0;
  return table != nullptr && origin != nullptr &&
         sqlite3_table_column_metadata(sqlite3_db_handle(statement), "main", table, origin, nullptr, nullptr,
                                       nullptr, &is_key, nullptr) == SQLITE_OK &&
         is_key != 0;
}

/// The primary key, as far as the statement selects it; else what it was asked with.
std::string RowOf(sqlite3_stmt* statement) {
  constexpr std::size_t kMost = 400;
  std::string row;
  for (int column = 0; column < sqlite3_column_count(statement); ++column) {
    if (!IsKey(statement, column)) continue;
    row.append(row.empty() ? "" : " ").append(sqlite3_column_name(statement, column));
    row.append("=").append(Shown(statement, column));
  }
  if (!row.empty()) return row;
  char* const sql = sqlite3_expanded_sql(statement);
  if (sql != nullptr) row.assign(sql).resize(std::min(row.size(), kMost));
  sqlite3_free(sql);
  return row;
}

/// Everything that leads to the value: "damaged value file=... table=... row=... column=... value=...".
std::string DescribeRow(sqlite3_stmt* statement, int column) {
  const char* const file = sqlite3_db_filename(sqlite3_db_handle(statement), "main");
  const char* table = sqlite3_column_table_name(statement, column);
  for (int i = 0; table == nullptr && i < sqlite3_column_count(statement); ++i) {
    table = sqlite3_column_table_name(statement, i);  // the column is computed of the row's others
  }
  std::string text = "damaged value file=";
  text.append(file == nullptr ? "" : file).append(" table=").append(table == nullptr ? "?" : table);
  text.append(" row=\"").append(RowOf(statement)).append("\" column=");
  text.append(sqlite3_column_name(statement, column)).append(" value=\"");
  return text.append(Shown(statement, column)).append("\"");
}

/// The statement, unless a Cursor of this thread still runs it: resetting it would silently end that one.
sqlite3_stmt* Unused(sqlite3_stmt* statement) {
  if (sqlite3_stmt_busy(statement) != 0) {
    throw std::logic_error(std::string("statement is already running: ") + sqlite3_sql(statement));
  }
  return statement;
}

}  // namespace

Cursor::~Cursor() {
  if (statement_ != nullptr) sqlite3_reset(statement_);
}

void Cursor::Bind(std::span<const Value> values, Copies copies) {
  if (sqlite3_bind_parameter_count(statement_) != static_cast<int>(values.size())) {
    throw std::logic_error(std::string("wrong number of values for: ") + sqlite3_sql(statement_));
  }
  const auto destructor = copies == Copies::kCopy ? SQLITE_TRANSIENT : SQLITE_STATIC;
  int index = 0;
  for (const Value& value : values) {
    const int code = BindOne(statement_, ++index, value, destructor);
    if (code != SQLITE_OK) ThrowStatementError(statement_, code);
  }
}

bool Cursor::Next() {
  const int code = sqlite3_step(statement_);
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) ThrowStatementError(statement_, code);
  sqlite3_reset(statement_);  // ends the read now, not when the cursor goes
  return false;
}

bool Cursor::IsNull(int column) const { return sqlite3_column_type(statement_, column) == SQLITE_NULL; }

std::int64_t Cursor::Int64(int column) const {
  const int type = sqlite3_column_type(statement_, column);
  if (type != SQLITE_INTEGER && type != SQLITE_NULL) ThrowDamaged(column, "not an integer");
  return sqlite3_column_int64(statement_, column);
}

double Cursor::Double(int column) const {
  const int type = sqlite3_column_type(statement_, column);
  if (type == SQLITE_TEXT || type == SQLITE_BLOB) ThrowDamaged(column, "not a number");
  return sqlite3_column_double(statement_, column);
}

base::TimePoint Cursor::Time(int column) const {
  constexpr std::int64_t kEnd = base::Clock::kEnd.time_since_epoch().count();
  return base::TimePoint(std::chrono::milliseconds(Number<std::int64_t>(column, -kEnd, kEnd)));
}

std::string_view Cursor::Bytes(int column, std::size_t size) const {
  const std::string_view bytes = Text(column);
  if (bytes.size() != size) ThrowDamaged(column, "of a wrong length");
  return bytes;
}

std::string_view Cursor::Text(int column) const {
  const int type = sqlite3_column_type(statement_, column);
  if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) ThrowDamaged(column, "not a text");
  // As a blob: the same bytes, without the terminating zero that SQLite would have to add.
  const void* const data = sqlite3_column_blob(statement_, column);
  return {static_cast<const char*>(data), static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
}

void Cursor::ThrowDamaged(int column, std::string_view why) const {
  throw DamagedValue(DescribeRow(statement_, column).append(" reason=\"").append(why).append("\""));
}

std::optional<std::int64_t> Cursor::OptionalInt64(int column) const {
  return IsNull(column) ? std::nullopt : std::optional(Int64(column));
}

std::optional<std::string_view> Cursor::OptionalText(int column) const {
  return IsNull(column) ? std::nullopt : std::optional(Text(column));
}

void Cursor::First(std::optional<std::int64_t>& result) {
  if (Next()) result = OptionalInt64(0);
}

void Cursor::First(std::optional<double>& result) {
  if (Next() && !IsNull(0)) result = Double(0);
}

void Cursor::First(std::optional<std::string>& result) {
  if (Next() && !IsNull(0)) result.emplace(Text(0));
}

Statement::Statement(Database& database, std::string_view sql) : database_(database), sql_(sql) {}

Statement::~Statement() {
  if (statement_ != nullptr && generation_ == database_.generation_) sqlite3_finalize(statement_);
}

sqlite3_stmt* Statement::Prepared() {
  if (statement_ == nullptr || generation_ != database_.generation_) {
    statement_ = database_.writing().Prepare(sql_);
    generation_ = database_.generation_;
  }
  return Unused(statement_);
}

Cursor Statement::OpenWith(std::span<const Value> values) {
  Cursor cursor(Prepared());
  cursor.Bind(values, Cursor::Copies::kReferTo);
  return cursor;
}

Cursor Statement::QueryWith(std::span<const Value> values) {
  Cursor cursor(Prepared());
  cursor.Bind(values, Cursor::Copies::kCopy);
  return cursor;
}

std::int64_t Statement::RunWith(std::span<const Value> values) {
  Cursor cursor = OpenWith(values);
  while (cursor.Next()) {
  }
  return sqlite3_changes64(database_.writing().handle());
}

ReadStatement::ReadStatement(Database& database, std::string_view sql)
    : database_(database), index_(database.readers_->Declare(sql)) {}

Cursor ReadStatement::OpenWith(std::span<const Value> values) const {
  Cursor cursor(Unused(database_.readers_->Prepared(index_)));
  cursor.Bind(values, Cursor::Copies::kReferTo);
  return cursor;
}

Cursor ReadStatement::QueryWith(std::span<const Value> values) const {
  Cursor cursor(Unused(database_.readers_->Prepared(index_)));
  cursor.Bind(values, Cursor::Copies::kCopy);
  return cursor;
}

ReadTransaction::ReadTransaction(Database& database) : database_(database) {
  ThreadReader& reader = database_.readers_->Own();
  if (reader.transactions++ == 0) reader.connection.Execute("BEGIN");
}

ReadTransaction::~ReadTransaction() {
  ThreadReader& reader = database_.readers_->Own();
  if (--reader.transactions == 0)
    sqlite3_exec(reader.connection.handle(), "COMMIT", nullptr, nullptr, nullptr);
}

}  // namespace cumulite::storage
