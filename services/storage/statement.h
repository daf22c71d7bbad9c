#pragma once
#include <array>
#include <concepts>
#include <cstdint>
#include <exception>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/clock.h"

struct sqlite3_stmt;

namespace cumulite::storage {
class Database;

/// Bytes to bind as a BLOB (a bare string_view is bound as TEXT), or bytes of a BLOB column.
struct BytesView {
  std::string_view bytes;
};

/// A value on its way into a statement; refers to the caller's bytes.
class Value {
 public:
  enum class Type : unsigned char { kNull, kInteger, kReal, kText, kBlob };

  Value(std::nullopt_t) : type_(Type::kNull), integer_(0) {}  // NOLINT(google-explicit-constructor)
  template <std::integral T>
  Value(T value) : type_(Type::kInteger), integer_(static_cast<std::int64_t>(value)) {}  // NOLINT
  Value(double value) : type_(Type::kReal), real_(value) {}                              // NOLINT
  /// An enumeration goes in as its number.
  template <class T>
  requires std::is_enum_v<T> Value(T value)
      : Value(static_cast<std::int64_t>(static_cast<std::underlying_type_t<T>>(value))) {}  // NOLINT
  /// A moment goes in as milliseconds since the epoch.
  Value(base::TimePoint time) : Value(time.time_since_epoch().count()) {}  // NOLINT
  template <class T>
  requires std::convertible_to<const T&, std::string_view> Value(const T& text)
      : type_(Type::kText), bytes_(text) {}                          // NOLINT
  Value(BytesView blob) : type_(Type::kBlob), bytes_(blob.bytes) {}  // NOLINT
  template <class T>
  Value(const std::optional<T>& value) : Value(std::nullopt) {  // NOLINT
    if (value) *this = Value(*value);
  }

  Type type() const { return type_; }
  std::int64_t integer() const { return integer_; }
  double real() const { return real_; }
  std::string_view bytes() const { return bytes_; }

 private:
  Type type_;
  union {
    std::int64_t integer_;
    double real_;
    std::string_view bytes_;
  };
};

/// The rows of a running statement, from before the first to past the last; resets the statement at its end.
///
/// Columns count from 0. Views stay valid until the next Next(). Never hold one across a co_await: the
/// statement belongs to the thread, and an open read keeps the write-ahead log from being reused.
///
/// A file may hold what no program of ours wrote (a bad disk, an editor): each reader checks what it reads
/// and throws DamagedValue, which names file, table, row and column, for a value of another type or range.
/// Thread: the one that made it.
class Cursor {
 public:
  Cursor(Cursor&& other) noexcept : statement_(std::exchange(other.statement_, nullptr)) {}
  Cursor& operator=(Cursor&&) = delete;
  ~Cursor();

  /// Moves to the next row; false past the last one.
  /// Errors: StorageError.
  bool Next();

  bool IsNull(int column) const;
  /// 0 for NULL.
  std::int64_t Int64(int column) const;
  /// The same as a narrower type, or within narrower bounds.
  template <std::integral T>
  T Number(int column, T least = std::numeric_limits<T>::min(),
           T most = std::numeric_limits<T>::max()) const {
    const std::int64_t number = Int64(column);
    if (std::cmp_less(number, least) || std::cmp_greater(number, most)) ThrowDamaged(column, "out of range");
    return static_cast<T>(number);
  }
  /// One of an enumeration that counts from 0 to `last`.
  template <class T>
  T Enum(int column, T last) const {
    return static_cast<T>(
        Number<std::underlying_type_t<T>>(column, 0, static_cast<std::underlying_type_t<T>>(last)));
  }
  /// Milliseconds since the epoch, no further from it than the years that AWS can show.
  base::TimePoint Time(int column) const;
  double Double(int column) const;
  /// The bytes of a TEXT column; empty for NULL.
  std::string_view Text(int column) const;
  /// The bytes of a BLOB column; empty for NULL.
  BytesView Blob(int column) const { return {Text(column)}; }
  /// The same, of that size and no other.
  std::string_view Bytes(int column, std::size_t size) const;
  std::optional<std::int64_t> OptionalInt64(int column) const;
  std::optional<std::string_view> OptionalText(int column) const;
  /// What `parse` makes of the column's text: whatever it throws is a DamagedValue.
  template <class Parse>
  std::invoke_result_t<Parse&, std::string_view> Parsed(int column, Parse&& parse) const {
    const std::string_view text = Text(column);
    try {
      return parse(text);
    } catch (const std::exception& failure) {
      ThrowDamaged(column, failure.what());
    }
  }
  /// For who finds a value wrong that the above let pass.
  /// Errors: DamagedValue.
  [[noreturn]] void ThrowDamaged(int column, std::string_view why) const;

 private:
  friend class Statement;
  friend class ReadStatement;
  enum class Copies : unsigned char { kReferTo, kCopy };

  explicit Cursor(sqlite3_stmt* statement) : statement_(statement) {}
  void Bind(std::span<const Value> values, Copies copies);

  // The first column of the first row.
  void First(std::optional<std::int64_t>& result);
  void First(std::optional<double>& result);
  void First(std::optional<std::string>& result);

  sqlite3_stmt* statement_;
};

/// One SQL statement on the writing connection: prepared when first run, then kept; values are bound.
///
/// Numbered parameters (?1, ?2) take the arguments in order; their number must match.
/// Thread: the writer thread inside a job, or any one thread while no Writer runs. Destroy it only after
/// Writer::Stop or Writer::Flush.
class Statement {
 public:
  Statement(Database& database, std::string_view sql);
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;
  ~Statement();

  /// Runs to the end, ignoring rows; returns how many rows an INSERT, UPDATE or DELETE changed.
  /// Errors: StorageError; ConstraintError for a violated UNIQUE, CHECK, NOT NULL or FOREIGN KEY.
  template <class... Args>
  std::int64_t Run(const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{Value(args)...};
    return RunWith(values);
  }

  /// The rows; text and blobs given are copied, so they need not outlive the call.
  template <class... Args>
  Cursor Query(const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{Value(args)...};
    return QueryWith(values);
  }

  /// The first column of the first row; nullopt without a row or when it is NULL.
  /// T: std::int64_t, double or std::string.
  template <class T, class... Args>
  std::optional<T> Scalar(const Args&... args) {
    const std::array<Value, sizeof...(Args)> values{Value(args)...};
    std::optional<T> result;
    OpenWith(values).First(result);
    return result;
  }

  std::int64_t RunWith(std::span<const Value> values);
  Cursor QueryWith(std::span<const Value> values);

 private:
  Cursor OpenWith(std::span<const Value> values);
  sqlite3_stmt* Prepared();

  Database& database_;
  const std::string sql_;
  sqlite3_stmt* statement_ = nullptr;
  std::uint64_t generation_ = 0;
};

/// One SELECT that any thread may run: each thread has a read-only connection of its own to the database and
/// prepares the statement there when it first runs it. Sees every write that was acknowledged before.
///
/// Thread: any. Declare it before the first read (as a member of a store); destroy it after the last.
class ReadStatement {
 public:
  ReadStatement(Database& database, std::string_view sql);
  ReadStatement(const ReadStatement&) = delete;
  ReadStatement& operator=(const ReadStatement&) = delete;

  /// As Statement::Query.
  template <class... Args>
  Cursor Query(const Args&... args) const {
    const std::array<Value, sizeof...(Args)> values{Value(args)...};
    return QueryWith(values);
  }

  /// As Statement::Scalar.
  template <class T, class... Args>
  std::optional<T> Scalar(const Args&... args) const {
    const std::array<Value, sizeof...(Args)> values{Value(args)...};
    std::optional<T> result;
    OpenWith(values).First(result);
    return result;
  }

  Cursor QueryWith(std::span<const Value> values) const;

 private:
  Cursor OpenWith(std::span<const Value> values) const;

  Database& database_;
  const std::size_t index_;
};

/// All reads of this thread from `database` see one state while it lives. Keep it short; never across a
/// co_await.
/// Thread: the one that made it.
class ReadTransaction {
 public:
  explicit ReadTransaction(Database& database);
  ReadTransaction(const ReadTransaction&) = delete;
  ReadTransaction& operator=(const ReadTransaction&) = delete;
  ~ReadTransaction();

 private:
  Database& database_;
};

}  // namespace cumulite::storage
