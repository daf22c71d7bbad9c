#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/storage/statement.h"

namespace cumulite::dynamodb {

/// An export to S3 or an import from there, done or under way.
struct Transfer {
  std::int64_t id = 0;
  std::string kind;  // "export", "import"
  std::string account;
  std::string region;
  std::string table_name;
  std::string label;    // "01489602797149-73d8d5bc", as in its ARN
  std::string token;    // the ClientToken
  std::string request;  // what came with the token, to be compared
  bool open = true;     // under way
  std::int64_t at_ms = 0;
  std::string record;  // JSON: what its kind stores

  std::string Arn() const;
};

/// Why a transfer failed for good, in the words of DescribeExport and DescribeImport. Static text.
struct TransferFailure {
  std::string_view code;
  std::string_view message;
};

/// All transfers.
/// Thread: what says "job" on the writer's, inside a job; the rest any.
class TransferStore {
 public:
  explicit TransferStore(storage::Database& database);

  struct Filter {
    std::string_view kind;
    std::string_view account;
    std::string_view region;
    std::string_view table_name;  // empty: any
    std::int64_t before = 0;      // ids below it; 0: all
  };
  /// The latest first.
  std::vector<Transfer> List(const Filter& filter, std::int64_t max) const;
  std::optional<Transfer> Find(std::string_view kind, std::string_view arn) const;
  std::optional<Transfer> FindById(std::int64_t id) const;
  /// Those that are under way.
  std::vector<Transfer> Open() const;

  /// Job: its id.
  std::int64_t Add(const Transfer& transfer);
  /// Job: one that began with this token since then.
  std::optional<Transfer> FindOfToken(std::string_view kind, std::string_view account,
                                      std::string_view region, std::string_view token, std::int64_t since_ms);
  /// Job.
  void Save(std::int64_t id, std::string_view record, bool open);
  /// Job: those of an account and a region; empty text: of every one.
  void Reset(std::string_view account, std::string_view region);

 private:
  storage::ReadStatement list_;
  storage::ReadStatement find_;
  storage::ReadStatement by_id_;
  storage::ReadStatement open_;
  storage::Statement add_;
  storage::Statement of_token_;
  storage::Statement save_;
  storage::Statement reset_;
};

}  // namespace cumulite::dynamodb
