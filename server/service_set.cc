#include "server/service_set.h"

#include "services/dynamodb/dynamodb_service.h"
#include "services/s3/s3_service.h"
#include "services/sns/sns_service.h"
#include "services/sqs/sqs_service.h"
#include "services/sts/sts_service.h"

namespace cumulite::server {
namespace {

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

}  // namespace

std::vector<std::unique_ptr<services::Service>> OpenServices(const config::Settings& settings,
                                                             const storage::DataDirectory& data,
                                                             base::Clock& clock,
                                                             const protocol::SessionIssuer& sessions,
                                                             net::HttpClient& http) {
  const auto durability = settings.durability == config::Durability::kPower ? storage::Durability::kPower
                                                                            : storage::Durability::kProcess;
  std::vector<std::unique_ptr<services::Service>> all;
  all.push_back(std::make_unique<s3::S3Service>(data.path(), durability, clock));
  const storage::DatabaseOptions database{.durability = durability};
  const sqs::SqsSettings queues{.queue_url = UrlForm(settings.sqs_queue_url),
                                .enforce_cooldowns = settings.sqs_enforce_cooldowns,
                                .account = settings.account,
                                .region = settings.region};
  auto sqs = std::make_unique<sqs::SqsService>(data, database, clock, queues);
  // Before SQS, which it delivers to: services end in this order.
  all.push_back(std::make_unique<sns::SnsService>(data, database, clock, *sqs, http));
  all.push_back(std::move(sqs));
  all.push_back(std::make_unique<dynamodb::DynamoDbService>(data.path(), database, clock));
  all.push_back(std::make_unique<sts::StsService>(sessions));
  return all;
}

}  // namespace cumulite::server
