#include "config/settings_table.h"

#include <algorithm>
#include <chrono>
#include <type_traits>
#include <utility>

#include "config/settings_values.h"

namespace cumulite::config {
namespace {

template <auto kMember>
using MemberType = std::remove_cvref_t<decltype(std::declval<Settings>().*kMember)>;

template <class T>
constexpr bool kIsList = false;
template <class T>
constexpr bool kIsList<std::vector<T>> = true;

template <class T>
constexpr SettingKind KindOf() {
  if (kIsList<T>) return SettingKind::kList;
  if (std::is_same_v<T, bool>) return SettingKind::kSwitch;
  if (std::is_same_v<T, std::uint32_t> || std::is_same_v<T, std::chrono::seconds>)
    return SettingKind::kNumber;
  return SettingKind::kText;
}

template <auto kMember>
constexpr bool IsSecret() {
  using T = MemberType<kMember>;
  if constexpr (std::is_same_v<T, std::string>) return kMember == &Settings::admin_token;
  return std::is_same_v<T, std::vector<Credential>>;
}

/// A row for one member of Settings; `kParse` turns text into its value (or throws BadValue), Show back.
template <auto kMember, auto kParse>
constexpr SettingRow Row(std::string_view name, std::string_view value_name, std::string_view help) {
  using T = MemberType<kMember>;
  SettingRow row{.name = name,
                 .kind = KindOf<T>(),
                 .value_name = value_name,
                 .help = help,
                 .secret = IsSecret<kMember>(),
                 .set = {},
                 .get = {}};
  if constexpr (kIsList<T>) {
    row.set = [](Settings& settings, std::span<const std::string> values) {
      T parsed;
      for (const std::string& value : values) parsed.push_back(kParse(value));
      settings.*kMember = std::move(parsed);
    };
    row.get = [](const Settings& settings) {
      std::vector<std::string> texts;
      for (const auto& value : settings.*kMember) texts.push_back(Show(value));
      return texts;
    };
  } else {
    row.set = [](Settings& settings, std::span<const std::string> values) {
      settings.*kMember = kParse(values.front());
    };
    row.get = [](const Settings& settings) { return std::vector<std::string>{Show(settings.*kMember)}; };
  }
  return row;
}

using S = Settings;
constexpr SettingRow kRows[] = {
    Row<&S::listen, ParseEndpoint>(
        "listen", "HOST:PORT",
        "Address to listen on, HTTP and HTTPS alike; [::1]:4566 for IPv6, port 0 for "
        "any free one, a port alone for 127.0.0.1. Repeatable"),
    Row<&S::data_dir, ParseNonEmpty>("data_dir", "DIR", "Directory that holds all state"),
    Row<&S::ephemeral, ParseSwitch>("ephemeral", "",
                                    "Keep nothing: leave no file behind and ignore data_dir"),
    Row<&S::account, ParseAccount>("account", "ID", "Account of requests whose access key does not name one"),
    Row<&S::region, ParseRegion>("region", "REGION", "Region of requests whose signature does not name one"),
    Row<&S::auth, ParseChoice<Auth>>("auth", "permissive|strict",
                                     "Whether any signature will do, or each must match a credential"),
    Row<&S::credential, ParseCredential>(
        "credential", "ACCESS_KEY:SECRET[:ACCOUNT[:NAME]]",
        "An access key, the account it acts for and its display name. Repeatable"),
    Row<&S::admin_token, ParseText>(
        "admin_token", "TOKEN",
        "What opens the admin API in strict mode, as \"Authorization: Bearer TOKEN\", besides a credential's "
        "signature"),
    Row<&S::base_hosts, ParseHostName>(
        "base_hosts", "NAME",
        "A name like cumulite or host.docker.internal below which the virtual hosts of all services work, "
        "besides the built-in ones. Repeatable"),
    Row<&S::allow_host, ParseHostName>("allow_host", "NAME",
                                       "A name in Host under which the admin API answers, besides addresses, "
                                       "names of one label, .localhost, "
                                       ".local, .internal, .test and the base hosts. Repeatable"),
    Row<&S::allow_origin, ParseOrigin>(
        "allow_origin", "ORIGIN",
        "Whose pages may call services from a browser: http://app.example:3000, localhost in all its forms, "
        "or * for all. S3's buckets have their own rules. Repeatable"),
    Row<&S::seed, ParseNonEmpty>("seed", "FILE",
                                 "TOML or JSON that declares queues, topics, tables and buckets to be there "
                                 "from the start: docs/seeding.md. "
                                 "Repeatable"),
    Row<&S::init, ParseNonEmpty>(
        "init", "DIR",
        "Folder of .sh and .py scripts to run, in the order of their names, before the "
        "server is healthy. Repeatable"),
    Row<&S::durability, ParseChoice<Durability>>(
        "durability", "process|power", "What an acknowledged change survives: kill -9, or loss of power too"),
    Row<&S::threads, ParseNumber<0, 1024>>("threads", "N", "I/O threads; 0 for one a core"),
    Row<&S::stop_with_stdin, ParseSwitch>(
        "stop_with_stdin", "",
        "Stop once standard input closes: with the program that started the server, however that ends"),
    Row<&S::log_level, ParseChoice<base::LogLevel>>("log_level", "trace|debug|info|warn|error|off",
                                                    "What is logged to standard error"),
    Row<&S::log_format, ParseChoice<base::LogFormat>>("log_format", "text|json",
                                                      "How it is written: for people or for machines"),
    Row<&S::tls_cert, ParseText>(
        "tls_cert", "FILE", "Certificate chain (PEM) in place of the self-signed one in the data directory"),
    Row<&S::tls_key, ParseText>("tls_key", "FILE", "Private key (PEM) of tls_cert"),
    Row<&S::max_connections, ParseNumber<1, 1'000'000>>("max_connections", "N",
                                                        "Connections at a time; further ones get a 503"),
    Row<&S::idle_timeout, ParseSeconds<1, 86'400>>(
        "idle_timeout", "TIME",
        "How long a kept connection may wait for its next request: seconds, or 90s, 5m, 1h"),
    Row<&S::header_timeout, ParseSeconds<1, 3'600>>("header_timeout", "TIME",
                                                    "How long the head of a request may take to arrive"),
    Row<&S::body_timeout, ParseSeconds<1, 3'600>>("body_timeout", "TIME",
                                                  "How long a body, in or out, may stand still"),
    Row<&S::shutdown_grace, ParseSeconds<0, 3'600>>("shutdown_grace", "TIME",
                                                    "How long SIGTERM waits for requests in flight"),
    Row<&S::sqs_queue_url, ParseChoice<SqsQueueUrl>>(
        "sqs_queue_url", "dynamic|domain|path",
        "Form of queue URLs: by the host that the client used, http://sqs.REGION.HOST/ACCOUNT/NAME, or "
        "http://HOST/queue/REGION/ACCOUNT/NAME"),
    Row<&S::sqs_enforce_cooldowns, ParseSwitch>(
        "sqs_enforce_cooldowns", "",
        "Refuse for 60 s to recreate a deleted queue or to purge one again, as AWS does"),
    Row<&S::s3_legacy_bucket_defaults, ParseSwitch>(
        "s3_legacy_bucket_defaults", "",
        "Make new buckets as AWS did before April 2023: with ACLs, and public access not blocked"),
    Row<&S::elb_listen, ParseText>(
        "elb_listen", "ADDRESS",
        "Address of the ports that listeners of load balancers have of their own; empty for none"),
    Row<&S::elb_instance, ParseInstance>("elb_instance", "ID=ADDRESS",
                                         "Where the instance of that id can be reached, a target of load "
                                         "balancers: i-1234=127.0.0.1. Repeatable"),
    Row<&S::elb_check_network, ParseSwitch>(
        "elb_check_network", "",
        "Refuse subnets, security groups, VPCs, addresses and certificates that were never created, as AWS "
        "does"),
    Row<&S::dynamodb_enforce_throughput, ParseSwitch>(
        "dynamodb_enforce_throughput", "",
        "Throttle requests beyond a table's or index's provisioned throughput or maximum on demand, after a "
        "burst of 300 seconds' worth"),
    Row<&S::dynamodb_phase_time, ParseSeconds<0, 3'600>>(
        "dynamodb_phase_time", "TIME",
        "How long tables are CREATING, UPDATING and DELETING, on the virtual clock; 0 for not at all"),
    Row<&S::dynamodb_stream_shards, ParseNumber<1, 100>>("dynamodb_stream_shards", "N",
                                                         "Shards of each new DynamoDB stream"),
};

}  // namespace

std::span<const SettingRow> SettingTable() { return kRows; }

std::string FlagOf(const SettingRow& row) {
  std::string flag = "--" + std::string(row.name);
  std::replace(flag.begin(), flag.end(), '_', '-');
  return flag;
}

std::string VariableOf(const SettingRow& row) {
  std::string variable = "CUMULITE_" + std::string(row.name);
  for (char& c : variable) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  return variable;
}

}  // namespace cumulite::config
