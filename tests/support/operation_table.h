#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include "services/storage/data_directory.h"
#include "services/storage/database.h"
#include "tests/support/commit_watch.h"
#include "tests/support/temporary_directory.h"

namespace cumulite::test {

/// A request of one operation that succeeds on what the service's fixture has made.
struct OperationRow {
  std::string_view operation;
  Promise promise;
  std::string_view members;  // a form, or the inside of a JSON object; "$name" stands for made_["name"]
};

inline void PrintTo(const OperationRow& row, std::ostream* out) { *out << row.operation; }
inline std::string NameOf(const testing::TestParamInfo<OperationRow>& row) {
  return std::string(row.param.operation);
}

/// For a service whose database is in directory_ with options_, on a disk that obeys the test.
class OperationTableTest : public testing::TestWithParam<OperationRow> {
 protected:
  ~OperationTableTest() override { faults_.Release(); }

  RpcCall CallOf(const protocol::RpcModel& model, std::string_view operation, std::string_view members) const;
  /// The answer of an operation that must succeed.
  std::string Make(services::Service& service, const protocol::RpcModel& model, std::string_view operation,
                   std::string_view members = {});
  /// The row's own call is not answered before its commit.
  void ExpectPromise(services::Service& service, const protocol::RpcModel& model) {
    CommitWatch(service, loop_, faults_).ExpectPromise(OwnCall(model), GetParam().promise);
  }
  /// The row's own call is refused with 503 while the disk is full.
  void ExpectFullDiskAnswer(services::Service& service, const protocol::RpcModel& model) {
    CommitWatch(service, loop_, faults_).ExpectFullDiskAnswer(OwnCall(model), GetParam().promise, 503);
  }

  storage::Faults& faults_ = storage::InstallFailingVfs();
  base::Clock clock_{base::TimePoint{std::chrono::seconds{1'700'000'000}}};
  test_support::ManualLoop loop_{clock_};
  test_support::TemporaryDirectory temporary_;
  const storage::DataDirectory directory_{temporary_.path()};
  const storage::DatabaseOptions options_{.vfs = storage::kFailingVfs};
  std::map<std::string, std::string> made_;

 private:
  RpcCall OwnCall(const protocol::RpcModel& model) const {
    return CallOf(model, GetParam().operation, GetParam().members);
  }
};

/// Operations of the model without a row, or with more than one; those in `refused` need none.
template <class Rows>
std::vector<std::string> WithoutRow(const protocol::RpcModel& model, const Rows& table,
                                    std::vector<std::string_view> refused = {}) {
  for (const OperationRow& row : table) refused.push_back(row.operation);
  return OperationsWithoutRow(model, refused);
}

}  // namespace cumulite::test
