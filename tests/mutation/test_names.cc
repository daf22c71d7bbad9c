// Linked into every test program of the instrumented copy: writes the name of each test between the mutants
// it passes.
#include <gtest/gtest.h>

#include <string>

#include "tests/mutation/mutant.h"

namespace {

class TestNames : public testing::EmptyTestEventListener {
  void OnTestStart(const testing::TestInfo& test) override {
    const std::string line = std::string("T ") + test.test_suite_name() + "." + test.name() + "\n";
    [[maybe_unused]] const auto written = write(cumulite::mutation::Record(), line.data(), line.size());
    cumulite::mutation::current_test.fetch_add(1);
  }
};

[[maybe_unused]] const bool kListening = [] {
  if (cumulite::mutation::Record() >= 0) testing::UnitTest::GetInstance()->listeners().Append(new TestNames);
  return true;
}();

}  // namespace
