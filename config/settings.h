#pragma once
#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "base/log_level.h"

namespace cumulite::config {

/// An address to listen on.
struct Endpoint {
  std::string host;        // "127.0.0.1", "::1" (without brackets), "0.0.0.0" or a host name
  std::uint16_t port = 0;  // 0: any free port
  bool operator==(const Endpoint&) const = default;
};

/// An access key that clients sign with. Never logged: it carries the secret.
struct Credential {
  std::string access_key;
  std::string secret;
  std::string account;  // 12 digits; empty: the default account
  std::string name;     // display name and canonical owner in S3; empty: the access key
  bool operator==(const Credential&) const = default;
};

enum class Auth { kPermissive, kStrict };
enum class Durability { kProcess, kPower };
enum class SqsQueueUrl { kDynamic, kDomain, kPath };

/// Everything that can be set, with its defaults. Read-only once the server runs.
///
/// Every member `xy_z` is the flag --xy-z, the variable CUMULITE_XY_Z and the key xy_z of the TOML file; each
/// is one row of the table in settings_table.cc, which checks its values.
struct Settings {
  std::vector<Endpoint> listen{{"127.0.0.1", 4566}};
  std::string data_dir = "./cumulite-data";
  bool ephemeral = false;  // keep nothing: data_dir is not touched

  std::string account = "000000000000";  // of requests whose access key does not say otherwise
  std::string region = "us-east-1";      // of requests whose signature does not say otherwise
  Auth auth = Auth::kPermissive;
  std::vector<Credential> credential;
  std::string admin_token;  // opens the admin API in strict mode; empty: only a credential's signature does

  std::vector<std::string> base_hosts;  // "cumulite": virtual hosts of all services work below them
  std::vector<std::string> allow_host;  // further names in Host under which the admin API answers
  std::vector<std::string> allow_origin{"localhost"};  // whose pages may call services

  std::vector<std::string> seed;  // files of what is to be there from the start
  std::vector<std::string> init;  // folders of scripts to run at the start

  Durability durability = Durability::kProcess;
  std::uint32_t threads = 0;  // I/O threads; 0: one a core
  bool stop_with_stdin = false;
  base::LogLevel log_level = base::LogLevel::kInfo;
  base::LogFormat log_format = base::LogFormat::kText;

  std::string tls_cert;  // PEM files; empty: a self-signed pair made in data_dir
  std::string tls_key;

  std::uint32_t max_connections = 16'384;   // beyond: 503 and closed
  std::chrono::seconds idle_timeout{300};   // a kept connection without a request
  std::chrono::seconds header_timeout{30};  // from the first byte of a request to the end of its head
  std::chrono::seconds body_timeout{60};    // without a byte of a body moving, in or out
  std::chrono::seconds shutdown_grace{10};  // for requests in flight after SIGTERM

  SqsQueueUrl sqs_queue_url = SqsQueueUrl::kDynamic;
  bool sqs_enforce_cooldowns = false;  // QueueDeletedRecently and PurgeQueueInProgress for 60 s

  bool s3_legacy_bucket_defaults = false;  // new buckets: ACLs on, no public access block

  std::string elb_listen = "127.0.0.1";         // where listeners have ports of their own; empty: nowhere
  std::vector<std::string> elb_instance;        // "i-1234=127.0.0.1": where an instance can be reached
  bool elb_check_network = false;               // refuse ids of networks and certificates that nobody made
  bool dynamodb_enforce_throughput = false;     // throttle as provisioned, or as the maximum on demand is
  std::chrono::seconds dynamodb_phase_time{0};  // of CREATING, UPDATING and DELETING
  std::uint32_t dynamodb_stream_shards = 1;     // of a new stream

  bool operator==(const Settings&) const = default;
};

/// `cumulite [serve]`.
struct ServeCommand {
  Settings settings;
  std::vector<std::string> warnings;  // to log once logging is up
};
/// `cumulite health`: ask the server that these settings would start.
struct HealthCommand {
  Settings settings;
};
/// `cumulite version`.
struct VersionCommand {};
/// `cumulite help`.
struct HelpCommand {
  std::string text;
};
/// The command line, the environment or the file is wrong: print the message, exit 2.
struct UsageError {
  std::string message;  // names the flag, variable or key and the place; never a secret
};
using Command = std::variant<ServeCommand, HealthCommand, VersionCommand, HelpCommand, UsageError>;

/// The variables CUMULITE_* by their full names.
using Environment = std::map<std::string, std::string>;
/// Those of this process.
Environment ProcessEnvironment();

/// What the user asks for. Flag beats environment beats file (--config, CUMULITE_CONFIG) beats default; a
/// list (listen, credential) replaces the one below it as a whole, and is comma-separated in a variable.
///
/// Errors: none thrown; UsageError for an unknown flag or key, a bad value, an unreadable file. An unknown
/// CUMULITE_* variable is only a warning, since Kubernetes and compose files make up such names.
Command ParseCommandLine(int argc, const char* const* argv, const Environment& environment);

}  // namespace cumulite::config
