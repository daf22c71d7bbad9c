#include "bench/sns_load.h"

#include "bench/requests.h"

namespace cumulite::bench {
namespace {
constexpr std::string_view kTopic = "arn:aws:sns:us-east-1:000000000000:bench";
constexpr std::size_t kBatch = 10;
constexpr std::string_view kAttributes =
    R"("MessageAttributes":{"color":{"DataType":"String","StringValue":"red"}})";

std::string SnsCall(std::string_view host, std::string_view operation, std::string_view json) {
  return JsonCall(host, "sns", "AmazonSimpleNotificationService." + std::string(operation), json);
}

std::string Message(std::size_t size) { return "\"Message\":\"" + std::string(size, 'x') + "\""; }

class Publish : public Scenario {
 public:
  Publish(const ScenarioOptions& options, SnsLoad load) : options_(options), load_(load) {
    const std::string topic = "{\"TopicArn\":\"" + std::string(kTopic) + "\",";
    if (load != SnsLoad::kBatch) {
      request_ = SnsCall(options.host, "Publish",
                         topic + Message(options.body_size) + "," + std::string(kAttributes) + "}");
      return;
    }
    std::string entries;
    for (std::size_t i = 0; i < kBatch; ++i) {
      entries += std::string(i == 0 ? "" : ",") + "{\"Id\":\"m" + std::to_string(i) + "\"," +
                 Message(options.body_size) + "}";
    }
    request_ =
        SnsCall(options.host, "PublishBatch", topic + "\"PublishBatchRequestEntries\":[" + entries + "]}");
  }

  void SetUp(const Call& call) override {
    call(SnsCall(options_.host, "CreateTopic", R"({"Name":"bench"})"));
    for (std::uint64_t i = 0; i < options_.backlog; ++i) {
      const std::string queue = options_.queue + std::to_string(i);
      const bool refuses = load_ == SnsLoad::kRefusing && i > 0;
      if (!refuses) call(SqsCall(options_.host, "CreateQueue", "{\"QueueName\":\"" + queue + "\"}"));
      call(SnsCall(options_.host, "Subscribe",
                   "{\"TopicArn\":\"" + std::string(kTopic) +
                       "\",\"Protocol\":\"sqs\",\"Endpoint\":\"arn:aws:sqs:us-east-1:000000000000:" + queue +
                       "\",\"Attributes\":" + Attributes(refuses, i) + "}"));
    }
  }

  std::string_view Next(std::size_t) override { return request_; }
  std::size_t Answered(std::size_t, int status, std::string_view) override {
    if (status != 200) return 0;
    return load_ == SnsLoad::kBatch ? kBatch : 1;
  }

 private:
  std::string Attributes(bool refuses, std::uint64_t number) const {
    if (load_ == SnsLoad::kEnveloped) return "{}";
    std::string attributes = R"({"RawMessageDelivery":"true")";
    const std::string color = refuses ? "color " + std::to_string(number) : "red";
    if (refuses || load_ == SnsLoad::kFiltered) {
      attributes += R"(,"FilterPolicy":"{\"color\":[\"blue\",\")" + color +
                    R"(\",{\"prefix\":\"x\"}],\"size\":[{\"exists\":false}]}")";
    }
    return attributes + "}";
  }

  const ScenarioOptions options_;
  const SnsLoad load_;
  std::string request_;
};

}  // namespace

std::unique_ptr<Scenario> MakeSnsLoad(const ScenarioOptions& options, SnsLoad load) {
  return std::make_unique<Publish>(options, load);
}

}  // namespace cumulite::bench
