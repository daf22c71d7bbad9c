#include "server/service_table.h"

#include <array>

#include "services/acm/acm_service.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/ec2/ec2_service.h"
#include "services/elb/elb_service.h"
#include "services/elb/proxy/data_plane.h"
#include "services/iam/iam_service.h"
#include "services/s3/s3_service.h"
#include "services/sns/sns_service.h"
#include "services/sqs/sqs_service.h"
#include "services/storage/work_marker.h"
#include "services/sts/sts_service.h"

namespace cumulite::server {
namespace {
using ServicePtr = std::unique_ptr<services::Service>;
using Names = std::string_view[];
using Models = const protocol::RpcModel* const[];

/// Enough to write a log of 8 MiB into its database, which is as much as waits as a rule.
constexpr std::uint64_t kReserveBytes = 8 << 20;

storage::DatabaseOptions DatabaseOf(const Environment& environment) {
  storage::DatabaseOptions options{.workers = environment.workers};
  if (environment.settings.durability == config::Durability::kPower) {
    options.durability = storage::Durability::kPower;
  }
  // What is in memory has no disk to fill.
  if (!environment.settings.ephemeral) options.reserve_bytes = kReserveBytes;
  return options;
}

/// Of services whose timers and deliveries may wait whenever they have been used: every start opens them.
void OpenAtEveryStart(const Environment& environment, std::string_view service) {
  storage::WorkMarker(environment.data.path(), service).Raise();
}

ServicePtr OpenS3(const Environment& environment) {
  OpenAtEveryStart(environment, "s3");
  const storage::DatabaseOptions database = DatabaseOf(environment);
  s3::S3Settings settings{.base_hosts = environment.settings.base_hosts,
                          .legacy_bucket_defaults = environment.settings.s3_legacy_bucket_defaults};
  for (const config::Credential& known : environment.settings.credential) {
    const std::string& account = known.account.empty() ? environment.settings.account : known.account;
    settings.credentials.push_back({known.access_key, known.secret, account, known.name});
  }
  return std::make_unique<s3::S3Service>(environment.data.path(), database, environment.clock,
                                         std::move(settings), &environment.peers);
}

sqs::QueueUrlForm UrlForm(config::SqsQueueUrl setting) {
  switch (setting) {
    case config::SqsQueueUrl::kDomain:
      return sqs::QueueUrlForm::kDomain;
    case config::SqsQueueUrl::kPath:
      return sqs::QueueUrlForm::kPath;
    case config::SqsQueueUrl::kDynamic:
      break;
  }
  return sqs::QueueUrlForm::kDynamic;
}

ServicePtr OpenSqs(const Environment& environment) {
  const config::Settings& settings = environment.settings;
  const storage::DatabaseOptions database = DatabaseOf(environment);
  const sqs::SqsSettings queues{.queue_url = UrlForm(settings.sqs_queue_url),
                                .enforce_cooldowns = settings.sqs_enforce_cooldowns,
                                .account = settings.account,
                                .region = settings.region};
  return std::make_unique<sqs::SqsService>(environment.data, database, environment.clock, queues);
}

ServicePtr OpenSns(const Environment& environment) {
  const storage::DatabaseOptions database = DatabaseOf(environment);
  return std::make_unique<sns::SnsService>(environment.data, database, environment.clock,
                                           dynamic_cast<services::QueueFanOut&>(environment.peers.queues()),
                                           environment.http);
}

ServicePtr OpenEc2(const Environment& environment) {
  const storage::DatabaseOptions database = DatabaseOf(environment);
  return std::make_unique<ec2::Ec2Service>(environment.data, database, environment.clock);
}

ServicePtr OpenAcm(const Environment& environment) {
  const storage::DatabaseOptions database = DatabaseOf(environment);
  return std::make_unique<acm::AcmService>(environment.data, database, environment.clock, environment.peers);
}

ServicePtr OpenIam(const Environment& environment) {
  const storage::DatabaseOptions database = DatabaseOf(environment);
  return std::make_unique<iam::IamService>(environment.data, database, environment.clock, environment.peers);
}

/// Of "i-1234=127.0.0.1", as the settings have them.
std::map<std::string, std::string> InstancesOf(const config::Settings& settings) {
  std::map<std::string, std::string> addresses;
  for (const std::string& instance : settings.elb_instance) {
    const std::size_t equals = instance.find('=');
    addresses[instance.substr(0, equals)] = instance.substr(equals + 1);
  }
  return addresses;
}

ServicePtr OpenElb(const Environment& environment) {
  // Listeners have ports of their own, and health checks go on.
  OpenAtEveryStart(environment, "elb");
  const storage::DatabaseOptions database = DatabaseOf(environment);
  return std::make_unique<elb::ElbService>(
      environment.data, database, environment.clock, environment.peers,
      elb::proxy::MakeDataPlane({.http = environment.http,
                                 .clock = environment.clock,
                                 .listening = environment.listening,
                                 .listen_address = environment.settings.elb_listen,
                                 .instances = InstancesOf(environment.settings)}),
      elb::ElbSettings{.check_network = environment.settings.elb_check_network});
}

ServicePtr OpenSts(const Environment& environment) {
  return std::make_unique<sts::StsService>(environment.sessions, environment.data.path(),
                                           environment.workers);
}

ServicePtr OpenDynamoDb(const Environment& environment) {
  const storage::DatabaseOptions database = DatabaseOf(environment);
  const dynamodb::DynamoDbSettings settings{
      .account = environment.settings.account,
      .region = environment.settings.region,
      .enforce_throughput = environment.settings.dynamodb_enforce_throughput,
      .phase_time = environment.settings.dynamodb_phase_time,
      .stream_shards = environment.settings.dynamodb_stream_shards};
  const dynamodb::Buckets buckets{&environment.peers.objects(), &environment.peers.object_source()};
  return std::make_unique<dynamodb::DynamoDbService>(environment.data.path(), database, environment.clock,
                                                     settings, buckets);
}

constexpr Names kS3Aliases{"s3express"};
constexpr Names kSqsAliases{"queue"};
// Of links in the messages that ask for a subscription's confirmation, and in all others.
constexpr Names kSnsLinkActions{"ConfirmSubscription", "Unsubscribe"};
// Whose keys signed identity tokens, and these keys.
constexpr Names kStsPaths{"/_sts/"};
// The certificate that signed messages name.
constexpr Names kSnsPaths{"/SimpleNotificationService-"};
constexpr Models kSnsModels{&sns::kModel};
constexpr Models kSqsModels{&sqs::kModel};
constexpr Models kDynamoDbModels{&dynamodb::kModel, &dynamodb::kStreamsModel};
constexpr Models kEc2Models{&ec2::kModel};
constexpr Models kAcmModels{&acm::kModel};
constexpr Models kIamModels{&iam::kModel};
constexpr Names kElbAliases{"elasticloadbalancing", "elbv2"};
constexpr Models kElbModels{&elb::kModel};
constexpr Models kStsModels{&sts::kModel};

constexpr std::array kTable{
    ServiceDescriptor{.name = "s3",
                      .aliases = kS3Aliases,
                      .file = "s3.db",
                      .render_error = &s3::RenderError,
                      .open = &OpenS3},
    ServiceDescriptor{
        .name = "sqs", .aliases = kSqsAliases, .models = kSqsModels, .file = "sqs.db", .open = &OpenSqs},
    ServiceDescriptor{.name = "sns",
                      .models = kSnsModels,
                      .link_actions = kSnsLinkActions,
                      .path_prefixes = kSnsPaths,
                      .file = "sns.db",
                      .open = &OpenSns},
    ServiceDescriptor{
        .name = "dynamodb", .models = kDynamoDbModels, .file = "dynamodb.db", .open = &OpenDynamoDb},
    ServiceDescriptor{.name = "elb",
                      .aliases = kElbAliases,
                      .models = kElbModels,
                      .web_host = "elb",
                      .file = "elb.db",
                      .open = &OpenElb},
    ServiceDescriptor{.name = "ec2", .models = kEc2Models, .file = "ec2.db", .open = &OpenEc2},
    ServiceDescriptor{.name = "acm", .models = kAcmModels, .file = "acm.db", .open = &OpenAcm},
    ServiceDescriptor{.name = "iam", .models = kIamModels, .file = "iam.db", .open = &OpenIam},
    ServiceDescriptor{.name = "sts", .models = kStsModels, .path_prefixes = kStsPaths, .open = &OpenSts},
};

}  // namespace

std::span<const ServiceDescriptor> ServiceTable() { return kTable; }

}  // namespace cumulite::server
