#include <cstdio>
#include <fstream>

#include "config/settings.h"
#include "tests/support/temporary_directory.h"

namespace cumulite::config {
namespace {

Command Parse(std::vector<const char*> arguments, const Environment& environment = {}) {
  arguments.insert(arguments.begin(), "cumulite");
  return ParseCommandLine(static_cast<int>(arguments.size()), arguments.data(), environment);
}

Settings SettingsOf(std::vector<const char*> arguments, const Environment& environment = {}) {
  const Command command = Parse(std::move(arguments), environment);
  if (const auto* error = std::get_if<UsageError>(&command)) ADD_FAILURE() << error->message;
  const auto* serve = std::get_if<ServeCommand>(&command);
  return serve == nullptr ? Settings{} : serve->settings;
}

std::string ErrorOf(std::vector<const char*> arguments, const Environment& environment = {}) {
  const Command command = Parse(std::move(arguments), environment);
  const auto* error = std::get_if<UsageError>(&command);
  return error == nullptr ? "" : error->message;
}

/// A settings file that lives as long as the test.
class SettingsFile {
 public:
  explicit SettingsFile(const std::string& text) { std::ofstream(path_) << text; }
  const char* path() const { return path_.c_str(); }

 private:
  const test_support::TemporaryDirectory directory_;
  const std::string path_ = directory_.path() / "settings.toml";
};

TEST(CommandLineTest, NothingGivenServesWithTheDefaults) {
  EXPECT_EQ(SettingsOf({}), Settings{});
  EXPECT_EQ(SettingsOf({"serve"}), Settings{});
}

TEST(CommandLineTest, CommandsAreRecognised) {
  EXPECT_TRUE(std::holds_alternative<VersionCommand>(Parse({"version"})));
  const Command help = Parse({"help"});
  ASSERT_TRUE(std::holds_alternative<HelpCommand>(help));
  EXPECT_NE(std::get<HelpCommand>(help).text.find("--data-dir DIR"), std::string::npos);
  EXPECT_EQ(ErrorOf({"sreve"}), "unknown command sreve; there are serve, health, version and help");
}

TEST(CommandLineTest, EveryPageForUsersIsATopicOfHelp) {
  const std::string all = std::get<HelpCommand>(Parse({"help"})).text;
  for (const char* page : {"admin", "ci", "moving", "sdks", "seeding", "settings", "troubleshooting"}) {
    EXPECT_NE(all.find(page), std::string::npos) << page;
    const Command answer = Parse({"help", page});
    ASSERT_TRUE(std::holds_alternative<HelpCommand>(answer)) << page;
    EXPECT_EQ(std::get<HelpCommand>(answer).text == all, std::string(page) == "settings") << page;
  }
  EXPECT_EQ(ErrorOf({"help", "seding"}),
            "there is no help about seding; did you mean seeding? See cumulite help");
  EXPECT_EQ(ErrorOf({"serve", "seeding"}), "unexpected argument seeding");
}

TEST(CommandLineTest, FlagBeatsVariableBeatsFileBeatsDefault) {
  const SettingsFile file("region = 'eu-west-1'\naccount = '111111111111'\nthreads = 3\n");
  const Environment environment{{"CUMULITE_ACCOUNT", "222222222222"}, {"CUMULITE_THREADS", "4"}};
  const Settings settings = SettingsOf({"--config", file.path(), "--threads", "5"}, environment);
  EXPECT_EQ(settings.region, "eu-west-1");
  EXPECT_EQ(settings.account, "222222222222");
  EXPECT_EQ(settings.threads, 5u);
  EXPECT_EQ(settings.data_dir, Settings{}.data_dir);
}

TEST(CommandLineTest, TheFileMayBeNamedByAVariable) {
  const SettingsFile file("ephemeral = true\n");
  EXPECT_TRUE(SettingsOf({}, {{"CUMULITE_CONFIG", file.path()}}).ephemeral);
}

TEST(CommandLineTest, AListReplacesTheOneBelowIt) {
  const SettingsFile file("listen = ['0.0.0.0:1', '0.0.0.0:2']\n");
  const Environment environment{{"CUMULITE_LISTEN", "127.0.0.1:3,[::1]:4"}};
  EXPECT_EQ(SettingsOf({"--config", file.path()}).listen,
            (std::vector<Endpoint>{{"0.0.0.0", 1}, {"0.0.0.0", 2}}));
  EXPECT_EQ(SettingsOf({"--config", file.path()}, environment).listen,
            (std::vector<Endpoint>{{"127.0.0.1", 3}, {"::1", 4}}));
  EXPECT_EQ(SettingsOf({"--listen", "localhost:0", "--listen=[::]:65535"}, environment).listen,
            (std::vector<Endpoint>{{"localhost", 0}, {"::", 65'535}}));
}

TEST(CommandLineTest, EverySettingIsAFlag) {
  const Settings settings = SettingsOf({"--data-dir",
                                        "/d",
                                        "--account",
                                        "123456789012",
                                        "--region",
                                        "eu-central-1",
                                        "--auth",
                                        "strict",
                                        "--credential",
                                        "AK:SE:111122223333:Jo:e",
                                        "--credential",
                                        "AK2:a/b+c",
                                        "--durability",
                                        "power",
                                        "--threads",
                                        "2",
                                        "--log-level",
                                        "warn",
                                        "--tls-cert",
                                        "c.pem",
                                        "--tls-key",
                                        "k.pem",
                                        "--max-connections",
                                        "7",
                                        "--idle-timeout",
                                        "8",
                                        "--header-timeout",
                                        "9",
                                        "--body-timeout",
                                        "11",
                                        "--shutdown-grace",
                                        "0",
                                        "--sqs-queue-url",
                                        "path",
                                        "--sqs-enforce-cooldowns",
                                        "--dynamodb-enforce-throughput",
                                        "--dynamodb-phase-time",
                                        "12",
                                        "--dynamodb-stream-shards",
                                        "3"});
  using std::chrono::seconds;
  Settings expected;
  expected.data_dir = "/d";
  expected.account = "123456789012";
  expected.region = "eu-central-1";
  expected.auth = Auth::kStrict;
  expected.credential = {{"AK", "SE", "111122223333", "Jo:e"}, {"AK2", "a/b+c", "", ""}};
  expected.durability = Durability::kPower;
  expected.threads = 2;
  expected.log_level = base::LogLevel::kWarn;
  expected.tls_cert = "c.pem";
  expected.tls_key = "k.pem";
  expected.max_connections = 7;
  expected.idle_timeout = seconds(8);
  expected.header_timeout = seconds(9);
  expected.body_timeout = seconds(11);
  expected.shutdown_grace = seconds(0);
  expected.sqs_queue_url = SqsQueueUrl::kPath;
  expected.sqs_enforce_cooldowns = true;
  expected.dynamodb_enforce_throughput = true;
  expected.dynamodb_phase_time = seconds(12);
  expected.dynamodb_stream_shards = 3;
  EXPECT_EQ(settings, expected);
}

TEST(CommandLineTest, ASwitchTakesNoWordButMayBeTurnedOff) {
  EXPECT_TRUE(SettingsOf({"--ephemeral", "serve"}).ephemeral);
  EXPECT_FALSE(SettingsOf({"--ephemeral=false"}, {{"CUMULITE_EPHEMERAL", "1"}}).ephemeral);
}

TEST(CommandLineTest, AnErrorNamesTheFlagAndTheValue) {
  EXPECT_EQ(ErrorOf({"--no-such-flag", "x"}), "unknown flag --no-such-flag; see cumulite help");
  EXPECT_EQ(ErrorOf({"--log-lvel", "x"}),
            "unknown flag --log-lvel; did you mean --log-level? See cumulite help");
  EXPECT_EQ(ErrorOf({"serve", "twice"}), "unexpected argument twice");
  EXPECT_THAT(ErrorOf({"--region"}), testing::StartsWith("--region: "));
  EXPECT_EQ(ErrorOf({"--threads", "2", "--threads", "3"}), "--threads: given twice");
  EXPECT_EQ(ErrorOf({"--threads", "many"}), "--threads \"many\": must be a whole number from 0 to 1024");
  EXPECT_EQ(ErrorOf({"--auth", "lax"}), "--auth \"lax\": must be one of permissive, strict");
  EXPECT_EQ(ErrorOf({"--account", "12345678901"}), "--account \"12345678901\": must be 12 digits");
  EXPECT_EQ(ErrorOf({"--region", "US East"}), "--region \"US East\": must be a region like us-east-1");
}

TEST(CommandLineTest, AnErrorNamesTheVariable) {
  EXPECT_EQ(ErrorOf({}, {{"CUMULITE_IDLE_TIMEOUT", "0"}}),
            "CUMULITE_IDLE_TIMEOUT \"0\": must be a time of 1 to 86400 seconds, like 90, 90s or 5m");
}

TEST(CommandLineTest, AnErrorNamesTheFileTheLineAndTheKey) {
  const auto error_of = [](const char* text) {
    const SettingsFile file(text);
    std::string message = ErrorOf({"--config", file.path()});
    EXPECT_TRUE(message.starts_with(file.path())) << message;
    return message.substr(std::string(file.path()).size());
  };
  EXPECT_EQ(error_of("\nregoin = 'x'\n"),
            ":2: regoin: unknown setting; did you mean region? See cumulite help");
  EXPECT_EQ(error_of("threads = true\n"), ":1: threads: must be a whole number");
  EXPECT_EQ(error_of("account = 1\n"), ":1: account: must be a string");
  EXPECT_EQ(error_of("ephemeral = 2\n"), ":1: ephemeral \"2\": must be true or false");
  EXPECT_EQ(error_of("listen = [1]\n"), ":1: listen: must be a string or an array of strings");
  EXPECT_EQ(error_of("threads = -1\n"), ":1: threads \"-1\": must be a whole number from 0 to 1024");
  EXPECT_THAT(error_of("region = 'x\n"), testing::StartsWith(":1: "));
}

TEST(CommandLineTest, AFileThatCannotBeReadIsAnError) {
  EXPECT_EQ(ErrorOf({"--config", "/no/such/file"}),
            "cannot read the file /no/such/file: No such file or directory");
  EXPECT_EQ(ErrorOf({"--config", "/"}), "cannot read the file /: Is a directory");
}

TEST(CommandLineTest, BadAddressesAreRefused) {
  for (const char* address :
       {"", "99999", ":", ":x", "host", "host:", "host:x", "host:65536", "::1:4566", "[]:1", "[::1]"}) {
    EXPECT_THAT(ErrorOf({"--listen", address}), testing::StartsWith("--listen \"")) << address;
  }
  EXPECT_EQ(ErrorOf({"--config", ""}), "") << "an empty name is no file";
}

TEST(CommandLineTest, ValuesAreTakenAsPeopleWriteThem) {
  const auto listen = [](const char* text) { return SettingsOf({"--listen", text}).listen; };
  EXPECT_EQ(listen("4570"), (std::vector<Endpoint>{{"127.0.0.1", 4570}}));
  EXPECT_EQ(listen(":4570"), (std::vector<Endpoint>{{"127.0.0.1", 4570}}));
  EXPECT_EQ(listen("0.0.0.0"), (std::vector<Endpoint>{{"0.0.0.0", 4566}}));
  for (const char* yes : {"yes", "on", "1", "TRUE"}) {
    EXPECT_TRUE(SettingsOf({}, {{"CUMULITE_EPHEMERAL", yes}}).ephemeral) << yes;
  }
  for (const char* no : {"No", "off", "0"}) {
    EXPECT_FALSE(SettingsOf({}, {{"CUMULITE_EPHEMERAL", no}}).ephemeral) << no;
  }
  EXPECT_EQ(SettingsOf({"--log-level", "DEBUG"}).log_level, base::LogLevel::kDebug);
  EXPECT_EQ(SettingsOf({"--idle-timeout", "5m"}).idle_timeout, std::chrono::minutes(5));
  EXPECT_THAT(ErrorOf({"--idle-timeout", "1500ms"}), testing::HasSubstr("like 90, 90s or 5m"));
  const SettingsFile file("ephemeral = 'yes'\nidle_timeout = '1h'\n");
  EXPECT_EQ(SettingsOf({"--config", file.path()}).idle_timeout, std::chrono::hours(1));
}

TEST(CommandLineTest, AnUnknownRegionIsAWarning) {
  const Command command = Parse({"--region", "eu-west-9"}, {});
  ASSERT_TRUE(std::holds_alternative<ServeCommand>(command));
  EXPECT_EQ(std::get<ServeCommand>(command).warnings,
            std::vector<std::string>{"region \"eu-west-9\" is none of AWS's"});
}

TEST(CommandLineTest, OriginsAndHostsAreChecked) {
  EXPECT_EQ(SettingsOf({"--base-hosts", "Host.Docker.Internal"}).base_hosts,
            std::vector<std::string>{"host.docker.internal"});
  EXPECT_THAT(ErrorOf({"--base-hosts", "cumulite:4566"}), testing::HasSubstr("without a port"));
  EXPECT_EQ(SettingsOf({"--allow-origin", "*"}).allow_origin, std::vector<std::string>{"*"});
  EXPECT_THAT(ErrorOf({"--allow-origin", "app.example"}), testing::HasSubstr("SCHEME://"));
}

TEST(CommandLineTest, NoErrorShowsASecret) {
  const std::string errors[] = {
      ErrorOf({"--credential", "AKIA:hush:12"}),
      ErrorOf({"--credentail", "AKIA:hush"}),
      ErrorOf({"--credentail=AKIA:hush"}),
      ErrorOf({"serve", "AKIA:hush"}),
      ErrorOf({"AKIA:hush"}),
      ErrorOf({}, {{"CUMULITE_CREDENTIAL", "AKIA:hush:12"}}),
      ErrorOf({"--credential", "AKIA:hush", "--credential", "AKIA:hush"}),
      ErrorOf({"--credential", ":hush"}),
      ErrorOf({"--admin-token", "hush", "--admin-token", "hush"}),
      ErrorOf({"--admin-tokn=hush"}),
  };
  for (const std::string& error : errors) {
    EXPECT_FALSE(error.empty());
    EXPECT_EQ(error.find("hush"), std::string::npos) << error;
  }
}

TEST(CommandLineTest, SettingsThatContradictEachOtherAreRefused) {
  EXPECT_EQ(ErrorOf({"--ephemeral", "--data-dir", "/d"}), "data_dir and ephemeral exclude each other");
  EXPECT_TRUE(SettingsOf({"--ephemeral"}, {{"CUMULITE_DATA_DIR", "/d"}}).ephemeral)
      << "an image may set the other";
  EXPECT_EQ(ErrorOf({"--tls-cert", "c.pem"}), "tls_cert and tls_key go together");
  EXPECT_THAT(ErrorOf({"--auth", "strict"}), testing::HasSubstr("credential"));
}

TEST(CommandLineTest, AnUnknownOrEmptyVariableIsNoError) {
  const Command command = Parse({}, {{"CUMULITE_PORT_4566_TCP", "tcp://10.0.0.1"}, {"CUMULITE_REGION", ""}});
  ASSERT_TRUE(std::holds_alternative<ServeCommand>(command));
  const auto& serve = std::get<ServeCommand>(command);
  EXPECT_EQ(serve.settings, Settings{});
  EXPECT_EQ(serve.warnings,
            std::vector<std::string>{"unknown environment variable CUMULITE_PORT_4566_TCP is ignored"});
}

}  // namespace
}  // namespace cumulite::config
