#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "protocol/context.h"
#include "services/sqs/queue_rules.h"

namespace cumulite::sqs {

/// What tells one queue from all others.
struct QueueName {
  std::string account;
  std::string region;
  std::string name;

  std::string Arn() const;
  friend bool operator==(const QueueName&, const QueueName&) = default;
  friend auto operator<=>(const QueueName&, const QueueName&) = default;
};

/// 1 to 80 letters, digits, hyphens and underscores; with ".fifo" behind for a FIFO queue.
bool IsValidQueueName(std::string_view name);
/// FIFO queues are known by their names.
QueueType TypeOfName(std::string_view name);

/// The queue that an ARN names; nullopt if it is not the ARN of a queue.
std::optional<QueueName> ParseQueueArn(std::string_view arn);

/// Which form of URL CreateQueue and GetQueueUrl answer.
enum class QueueUrlForm : unsigned char {
  kDynamic,  // http://HOST/ACCOUNT/NAME, HOST being what the caller used; of another region than the one
             // that requests to HOST would mean, as kDomain
  kDomain,   // http://sqs.REGION.HOST/ACCOUNT/NAME
  kPath,     // http://HOST/queue/REGION/ACCOUNT/NAME
};

/// The URL under which this caller reaches the queue.
std::string FormatQueueUrl(const QueueName& queue, QueueUrlForm form,
                           const protocol::RequestContext& context);

/// The queue that a QueueUrl parameter (or a request's path) means: any documented form of URL, a path, or
/// the bare name of one of the caller's queues. What the URL leaves open is the caller's.
/// Errors: QueueDoesNotExist for what cannot be a queue's address.
QueueName ParseQueueUrl(std::string_view url, const protocol::Identity& caller);

}  // namespace cumulite::sqs
