#include "bench/scenario.h"

#include <array>
#include <utility>
#include <vector>

#include "bench/dynamodb_load.h"
#include "bench/fifo_drain.h"
#include "bench/requests.h"
#include "bench/s3_load.h"
#include "bench/sns_load.h"

namespace cumulite::bench {
namespace {
constexpr std::size_t kBatch = 10;

std::string BatchEntries(const ScenarioOptions& options) {
  std::string entries;
  for (std::size_t i = 0; i < kBatch; ++i) {
    entries += std::string(i == 0 ? "" : ",") + "{\"Id\":\"m" + std::to_string(i) + "\",\"MessageBody\":\"" +
               std::string(options.body_size, 'x') + "\"}";
  }
  return "[" + entries + "]";
}

/// The same request again and again.
class Constant : public Scenario {
 public:
  explicit Constant(std::string request, std::size_t units = 1)
      : request_(std::move(request)), units_(units) {}
  std::string_view Next(std::size_t) override { return request_; }
  std::size_t Answered(std::size_t, int status, std::string_view) override {
    return status == 200 ? units_ : 0;
  }

 private:
  std::string request_;
  std::size_t units_;
};

class Sqs : public Constant {
 public:
  Sqs(ScenarioOptions options, std::string_view operation, std::string_view members, std::size_t units = 1)
      : Constant(SqsCall(options.host, operation,
                         "{" + QueueUrl(options.host, options.queue) + std::string(members) + "}"),
                 units),
        options_(std::move(options)) {}

  void SetUp(const Call& call) override {
    call(SqsCall(options_.host, "CreateQueue", "{\"QueueName\":\"" + options_.queue + "\"}"));
    const std::string fill = SqsCall(
        options_.host, "SendMessageBatch",
        "{" + QueueUrl(options_.host, options_.queue) + ",\"Entries\":" + BatchEntries(options_) + "}");
    for (std::uint64_t sent = 0; sent < options_.backlog; sent += kBatch) call(fill);
  }

 protected:
  const ScenarioOptions options_;
};

/// Receives each message once, for the queue's usual 30 s. From several queues, since of each one 120 000
/// messages may be in flight.
class SqsReceive : public Scenario {
 public:
  explicit SqsReceive(ScenarioOptions options) {
    const std::string name = options.queue;
    options.backlog /= kQueues;
    for (std::size_t i = 0; i < kQueues; ++i) {
      options.queue = name + std::to_string(i);
      queues_.push_back(std::make_unique<Sqs>(options, "ReceiveMessage", ",\"MaxNumberOfMessages\":1"));
    }
  }
  void SetUp(const Call& call) override {
    for (const auto& queue : queues_) queue->SetUp(call);
  }
  std::string_view Next(std::size_t connection) override {
    return queues_[connection % kQueues]->Next(connection);
  }
  std::size_t Answered(std::size_t, int status, std::string_view body) override {
    return status == 200 && body.starts_with("{\"Messages\"") ? 1 : 0;
  }

 private:
  static constexpr std::size_t kQueues = 8;
  std::vector<std::unique_ptr<Sqs>> queues_;
};

/// Receives, then deletes what it received; counts messages deleted.
class SqsReceiveDelete : public Sqs {
 public:
  SqsReceiveDelete(const ScenarioOptions& options, std::size_t batch)
      : Sqs(options, "ReceiveMessage", ",\"MaxNumberOfMessages\":" + std::to_string(batch)), batch_(batch) {}

  std::string_view Next(std::size_t connection) override {
    const std::string& pending = pending_[connection];
    return pending.empty() ? Constant::Next(connection) : std::string_view(pending);
  }

  std::size_t Answered(std::size_t connection, int status, std::string_view body) override {
    std::string& pending = pending_[connection];
    if (!pending.empty()) {
      pending.clear();
      return status == 200 ? received_[connection] : 0;
    }
    const auto handles = Values(body, "ReceiptHandle");
    received_[connection] = handles.size();
    if (!handles.empty()) pending = Delete(handles);
    return kNoUnits;
  }

 private:
  std::string Delete(const std::vector<std::string_view>& handles) const {
    if (batch_ == 1) {
      return SqsCall(options_.host, "DeleteMessage",
                     "{" + QueueUrl(options_.host, options_.queue) + ",\"ReceiptHandle\":\"" +
                         std::string(handles[0]) + "\"}");
    }
    std::string entries;
    for (std::size_t i = 0; i < handles.size(); ++i) {
      entries += std::string(i == 0 ? "" : ",") + "{\"Id\":\"m" + std::to_string(i) +
                 "\",\"ReceiptHandle\":\"" + std::string(handles[i]) + "\"}";
    }
    return SqsCall(options_.host, "DeleteMessageBatch",
                   "{" + QueueUrl(options_.host, options_.queue) + ",\"Entries\":[" + entries + "]}");
  }

  std::size_t batch_;
  std::map<std::size_t, std::string> pending_;
  std::map<std::size_t, std::size_t> received_;
};

/// Receives, deletes and sends one in its place, so that a backlog stays as long as it is.
class SqsCycle : public SqsReceiveDelete {
 public:
  explicit SqsCycle(const ScenarioOptions& options)
      : SqsReceiveDelete(options, 1),
        send_(SqsCall(options.host, "SendMessage",
                      "{" + QueueUrl(options.host, options.queue) + ",\"MessageBody\":\"" +
                          std::string(options.body_size, 'x') + "\"}")) {}

  std::string_view Next(std::size_t connection) override {
    return sending_[connection] ? std::string_view(send_) : SqsReceiveDelete::Next(connection);
  }

  std::size_t Answered(std::size_t connection, int status, std::string_view body) override {
    if (std::exchange(sending_[connection], false)) return status == 200 ? 1 : 0;
    const std::size_t deleted = SqsReceiveDelete::Answered(connection, status, body);
    sending_[connection] = deleted == 1;
    return deleted == 1 ? kNoUnits : deleted;
  }

 private:
  const std::string send_;
  std::map<std::size_t, bool> sending_;
};

template <DynamoDbLoad load>
std::unique_ptr<Scenario> MakeDynamoDb(const ScenarioOptions& options) {
  return MakeDynamoDbLoad(options, load);
}

template <SnsLoad load>
std::unique_ptr<Scenario> MakeSns(const ScenarioOptions& options) {
  return MakeSnsLoad(options, load);
}

template <S3Load load>
std::unique_ptr<Scenario> MakeS3(const ScenarioOptions& options) {
  return MakeS3Load(options, load);
}

using Make = std::unique_ptr<Scenario> (*)(const ScenarioOptions&);
struct Entry {
  std::string_view name;
  Make make;
};

constexpr std::array kScenarios{
    Entry{"health",
          [](const ScenarioOptions& o) -> std::unique_ptr<Scenario> {
            return std::make_unique<Constant>("GET /_cumulite/health HTTP/1.1\r\nHost: " + o.host +
                                              "\r\n\r\n");
          }},
    Entry{"sqs-send",
          [](const ScenarioOptions& o) -> std::unique_ptr<Scenario> {
            return std::make_unique<Sqs>(o, "SendMessage",
                                         ",\"MessageBody\":\"" + std::string(o.body_size, 'x') + "\"");
          }},
    Entry{"sqs-send-batch",
          [](const ScenarioOptions& o) -> std::unique_ptr<Scenario> {
            return std::make_unique<Sqs>(o, "SendMessageBatch", ",\"Entries\":" + BatchEntries(o), kBatch);
          }},
    Entry{"sqs-receive",
          [](const ScenarioOptions& o) -> std::unique_ptr<Scenario> {
            return std::make_unique<SqsReceive>(o);
          }},
    Entry{"sqs-receive-return",
          [](const ScenarioOptions& o) -> std::unique_ptr<Scenario> {
            // Visible again at once, so that a backlog stays as long as it is.
            return std::make_unique<Sqs>(o, "ReceiveMessage",
                                         ",\"MaxNumberOfMessages\":1,\"VisibilityTimeout\":0");
          }},
    Entry{"sqs-receive-empty",
          [](const ScenarioOptions& o) -> std::unique_ptr<Scenario> {
            return std::make_unique<Sqs>(o, "ReceiveMessage", ",\"WaitTimeSeconds\":0");
          }},
    Entry{"sqs-receive-delete",
          [](const ScenarioOptions& o) -> std::unique_ptr<Scenario> {
            return std::make_unique<SqsReceiveDelete>(o, 1);
          }},
    Entry{"sqs-receive-delete-batch",
          [](const ScenarioOptions& o) -> std::unique_ptr<Scenario> {
            return std::make_unique<SqsReceiveDelete>(o, kBatch);
          }},
    Entry{
        "sqs-cycle",
        [](const ScenarioOptions& o) -> std::unique_ptr<Scenario> { return std::make_unique<SqsCycle>(o); }},
    Entry{"sqs-fifo-drain", MakeFifoDrain},
    Entry{"sns-publish", MakeSns<SnsLoad::kRaw>},
    Entry{"sns-publish-filtered", MakeSns<SnsLoad::kFiltered>},
    Entry{"sns-publish-enveloped", MakeSns<SnsLoad::kEnveloped>},
    Entry{"sns-publish-batch", MakeSns<SnsLoad::kBatch>},
    Entry{"sns-publish-refusing", MakeSns<SnsLoad::kRefusing>},
    Entry{"dynamodb-get", MakeDynamoDb<DynamoDbLoad::kGet>},
    Entry{"dynamodb-put", MakeDynamoDb<DynamoDbLoad::kPut>},
    Entry{"dynamodb-update", MakeDynamoDb<DynamoDbLoad::kUpdate>},
    Entry{"dynamodb-query", MakeDynamoDb<DynamoDbLoad::kQuery>},
    Entry{"dynamodb-delete", MakeDynamoDb<DynamoDbLoad::kDelete>},
    Entry{"dynamodb-transact", MakeDynamoDb<DynamoDbLoad::kTransact>},
    Entry{"dynamodb-batch-write", MakeDynamoDb<DynamoDbLoad::kBatchWrite>},
    Entry{"dynamodb-scan", MakeDynamoDb<DynamoDbLoad::kScan>},
    Entry{"s3-put", MakeS3<S3Load::kPut>},
    Entry{"s3-get", MakeS3<S3Load::kGet>},
    Entry{"s3-head", MakeS3<S3Load::kHead>},
    Entry{"s3-list", MakeS3<S3Load::kList>},
    Entry{"s3-multipart", MakeS3<S3Load::kMultipart>},
    Entry{"s3-fill", MakeS3<S3Load::kFill>},
};
}  // namespace

std::unique_ptr<Scenario> MakeScenario(std::string_view name, const ScenarioOptions& options) {
  for (const Entry& entry : kScenarios) {
    if (entry.name == name) return entry.make(options);
  }
  return nullptr;
}

std::string ScenarioNames() {
  std::string names;
  for (const Entry& entry : kScenarios) names.append(names.empty() ? "" : ", ").append(entry.name);
  return names;
}

}  // namespace cumulite::bench
