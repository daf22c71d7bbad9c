#pragma once
#include <stdexcept>
#include <string>

namespace cumulite::storage {

/// The storage below a service failed or refuses: never the caller's fault, so services answer 500 or 503.
class StorageError : public std::runtime_error {
 public:
  enum class Kind : unsigned char {
    kFull,     // no space left on the device
    kIo,       // any other failure of the file system, or of SQLite on it
    kCorrupt,  // the file's content is damaged
    kSql,      // a statement that SQLite cannot run: wrong SQL, a value beyond its limits
    kSchema,   // not a database of ours, or of a newer version
    kInUse,    // another process holds it
    kRefused,  // an earlier commit failed and the database has not been proven sound since, or it is stopping
  };

  StorageError(Kind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}

  Kind kind() const { return kind_; }

  /// What `errno_value` says about `action`: "cannot write /x/y: No space left on device".
  static StorageError FromErrno(const std::string& action, int errno_value);

 private:
  Kind kind_;
};

/// A row holds what no program of ours wrote. The message names file, table, row and column; whoever asked
/// for the row gets a 500, and everybody else is served.
class DamagedValue : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A UNIQUE, CHECK, NOT NULL or FOREIGN KEY constraint refused a statement, which changed nothing.
class ConstraintError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// More writes are waiting than the writer's bound allows; services answer with their throttling error.
class QueueFull : public std::runtime_error {
 public:
  QueueFull() : std::runtime_error("too many writes are waiting for the database") {}
};

}  // namespace cumulite::storage
