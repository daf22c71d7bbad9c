#include "services/s3/operations/bucket_notification.h"

#include "protocol/base64.h"
#include "protocol/xml_decode.h"
#include "services/s3/configuration/table.h"
#include "services/s3/documents/notification.h"
#include "services/s3/operations/bucket_configuration.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

using services::QueueDelivery;
using services::TopicDelivery;

/// A destination that did not take the test.
struct Unreachable {
  std::string arn;
  std::string_view why;
};

std::string TestEvent(const Call& call, const Bucket& bucket) {
  std::string text = "{\"Service\":\"Amazon S3\",\"Event\":\"s3:TestEvent\",\"Time\":\"";
  text += IsoMilliseconds(call.Now()) + "\",\"Bucket\":\"" + bucket.name + "\",\"RequestId\":\"";
  text += call.exchange.context.request_id + "\",\"HostId\":\"";
  return text + protocol::Base64Encode(call.exchange.context.request_id) + "\"}";
}

std::string_view WhyNot(QueueDelivery::Outcome outcome) {
  switch (outcome) {
    case QueueDelivery::Outcome::kDelivered:
      return {};
    case QueueDelivery::Outcome::kNoQueue:
      return "The destination queue does not exist";
    case QueueDelivery::Outcome::kDenied:
      return "Permissions on the destination queue do not allow S3 to publish notifications from this bucket";
    case QueueDelivery::Outcome::kRejected:
    case QueueDelivery::Outcome::kFailed:
      break;
  }
  return "Unable to send a test message to the destination queue";
}

std::string_view WhyNot(TopicDelivery::Outcome outcome) {
  switch (outcome) {
    case TopicDelivery::Outcome::kPublished:
      return {};
    case TopicDelivery::Outcome::kNoTopic:
      return "The destination topic does not exist";
    case TopicDelivery::Outcome::kDenied:
      return "Permissions on the destination topic do not allow S3 to publish notifications from this bucket";
    case TopicDelivery::Outcome::kRejected:
    case TopicDelivery::Outcome::kFailed:
      break;
  }
  return "Unable to send a test message to the destination topic";
}

runtime::Task<std::string_view> TestQueue(Call& call, const Bucket& bucket, std::string arn) {
  services::QueueMessage message;
  message.queue_arn = std::move(arn);
  message.body = TestEvent(call, bucket);
  message.service = "s3.amazonaws.com";
  message.source_arn = "arn:aws:s3:::" + bucket.name;
  message.strict = call.exchange.context.strict;
  runtime::Task<QueueDelivery::Outcome> delivering = call.s3.peers()->queues().Deliver(std::move(message));
  co_return WhyNot(co_await delivering);
}

runtime::Task<std::string_view> TestTopic(Call& call, const Bucket& bucket, std::string arn) {
  services::TopicMessage message;
  message.topic_arn = std::move(arn);
  message.subject = "Amazon S3 Notification";
  message.body = TestEvent(call, bucket);
  message.service = "s3.amazonaws.com";
  message.source_arn = "arn:aws:s3:::" + bucket.name;
  message.source_account = bucket.account;
  message.strict = call.exchange.context.strict;
  runtime::Task<TopicDelivery::Outcome> publishing = call.s3.peers()->topics().Publish(std::move(message));
  co_return WhyNot(co_await publishing);
}

/// Errors: InvalidArgument, with each destination that cannot be reached and why.
runtime::Task<void> TestDestinations(Call& call, const Bucket& bucket,
                                     const documents::NotificationConfiguration& wanted) {
  std::vector<Unreachable> unreachable;
  for (const auto& queue : wanted.queue_configurations) {
    runtime::Task<std::string_view> testing = TestQueue(call, bucket, queue.queue_arn);
    const std::string_view why = co_await testing;
    if (!why.empty()) unreachable.push_back({queue.queue_arn, why});
  }
  for (const auto& topic : wanted.topic_configurations) {
    runtime::Task<std::string_view> testing = TestTopic(call, bucket, topic.topic_arn);
    const std::string_view why = co_await testing;
    if (!why.empty()) unreachable.push_back({topic.topic_arn, why});
  }
  for (const auto& function : wanted.lambda_function_configurations) {
    unreachable.push_back({function.lambda_function_arn, "The destination Lambda function does not exist"});
  }
  if (unreachable.empty()) co_return;
  AwsError error(kInvalidArgument, "Unable to validate the following destination configurations");
  for (std::size_t i = 0; i < unreachable.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    error.Add("ArgumentName" + number, unreachable[i].arn);
    error.Add("ArgumentValue" + number, std::string(unreachable[i].why));
  }
  throw error;
}

}  // namespace

runtime::Task<void> PutBucketNotificationConfiguration(Call& call) {
  const BucketPtr bucket = call.OwnedBucket();
  runtime::Task<BucketDocument> reading = ReadSentConfiguration(call, *bucket);
  std::vector<BucketDocument> documents;
  documents.push_back(co_await reading);
  const auto skip = call.Header("x-amz-skip-destination-validation");
  if (!skip || !protocol::EqualsIgnoreCase(*skip, "true")) {
    documents::NotificationConfiguration wanted;
    if (!protocol::DecodeXml(documents.front().text, "NotificationConfiguration", &wanted,
                             documents::NotificationConfiguration::Describe())) {
      throw MalformedXml();
    }
    runtime::Task<void> testing = TestDestinations(call, *bucket, wanted);
    co_await testing;
  }
  runtime::Task<void> putting = call.s3.buckets().PutDocuments(*bucket, documents);
  co_await putting;
}

}  // namespace cumulite::s3
