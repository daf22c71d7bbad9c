#include <fstream>
#include <iterator>

#include "config/settings.h"
#include "config/settings_help.h"
#include "config/settings_table.h"

namespace cumulite::config {
namespace {

constexpr const char* kSample = CUMULITE_SOURCE_DIR "/config/cumulite.sample.toml";

TEST(SampleFileTest, SetsEverySettingToItsDefault) {
  const char* argv[] = {"cumulite", "--config", kSample};
  const Command command = ParseCommandLine(3, argv, {});
  ASSERT_TRUE(std::holds_alternative<ServeCommand>(command)) << std::get<UsageError>(command).message;
  EXPECT_EQ(std::get<ServeCommand>(command).settings, Settings{});
}

TEST(SampleFileTest, IsWhatTheTableOfSettingsSays) {
  std::ifstream file(kSample);
  const std::string committed((std::istreambuf_iterator<char>(file)), {});
  const std::string expected_path = testing::TempDir() + "cumulite.sample.toml";
  if (committed != SampleFile()) std::ofstream(expected_path) << SampleFile();
  EXPECT_EQ(committed, SampleFile()) << "to bring it up to date: cp " << expected_path << " " << kSample;
}

TEST(SampleFileTest, EveryDefaultCanBeGivenAsItIsShown) {
  for (const SettingRow& row : SettingTable()) {
    Settings settings;
    row.set(settings, row.get(settings).empty() ? std::vector<std::string>{} : row.get(settings));
    EXPECT_EQ(settings, Settings{}) << row.name;
  }
}

}  // namespace
}  // namespace cumulite::config
