#include "server/startup/init_scripts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "tests/support/temporary_directory.h"

namespace cumulite::server {
namespace {
using ::testing::ElementsAre;
using ::testing::EndsWith;

void Touch(const std::filesystem::path& path) {
  std::filesystem::create_directories(path.parent_path());
  std::ofstream(path) << "exit 0\n";
}

TEST(InitScriptsTest, TheFoldersOfLocalStacksImagesCountByStage) {
  const test_support::TemporaryDirectory root;
  Touch(root.path() / "etc/localstack/init/boot.d/a.sh");
  Touch(root.path() / "etc/localstack/init/ready.d/b.py");
  Touch(root.path() / "etc/localstack/init/ready.d/a.sh");
  Touch(root.path() / "etc/localstack/init/ready.d/data.json");
  Touch(root.path() / "docker-entrypoint-initaws.d/old.sh");
  Touch(root.path() / "own/z.sh");
  const std::vector<std::string> own{(root.path() / "own").string()};
  EXPECT_THAT(FindScripts(Stage::kBoot, own, root.path().string()), ElementsAre(EndsWith("boot.d/a.sh")));
  EXPECT_THAT(FindScripts(Stage::kReady, own, root.path().string()),
              ElementsAre(EndsWith("own/z.sh"), EndsWith("initaws.d/old.sh"), EndsWith("ready.d/a.sh"),
                          EndsWith("ready.d/b.py")));
  EXPECT_THAT(FindScripts(Stage::kShutdown, own, root.path().string()), ElementsAre());
}

}  // namespace
}  // namespace cumulite::server
