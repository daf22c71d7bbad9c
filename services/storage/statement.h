#pragma once
#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

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
  std::int64_t Int64(int column) const;
  double Double(int column) const;
  /// The bytes of a TEXT column; empty for NULL.
  std::string_view Text(int column) const;
  /// The bytes of a BLOB column; empty for NULL.
  BytesView Blob(int column) const { return {Text(column)}; }
  std::optional<std::int64_t> OptionalInt64(int column) const;
  std::optional<std::string_view> OptionalText(int column) const;

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
