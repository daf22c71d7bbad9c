#include "bench/fifo_drain.h"

#include <cstdlib>
#include <vector>

#include "bench/requests.h"

namespace cumulite::bench {
namespace {
constexpr std::uint64_t kGroups = 1000;
constexpr std::uint64_t kBatch = 10;

class FifoDrain : public Scenario {
 public:
  explicit FifoDrain(ScenarioOptions options) : options_(std::move(options)), next_of_group_(kGroups, 0) {
    options_.queue += ".fifo";
    queue_url_ = "{" + QueueUrl(options_.host, options_.queue);
    receive_ = SqsCall(options_.host, "ReceiveMessage",
                       queue_url_ + ",\"MaxNumberOfMessages\":10,\"VisibilityTimeout\":600}");
  }

  void SetUp(const Call& call) override {
    call(SqsCall(options_.host, "CreateQueue",
                 "{\"QueueName\":\"" + options_.queue + "\",\"Attributes\":{\"FifoQueue\":\"true\"}}"));
    for (std::uint64_t first = 0; first < options_.backlog; first += kBatch) call(SendBatch(first));
  }

  std::uint64_t Total() const override { return options_.backlog; }

  std::string_view Next(std::size_t connection) override {
    const std::string& deletion = consumers_[connection].deletion;
    return deletion.empty() ? std::string_view(receive_) : std::string_view(deletion);
  }

  std::size_t Answered(std::size_t connection, int status, std::string_view body) override {
    Consumer& consumer = consumers_[connection];
    if (!consumer.deletion.empty()) {
      consumer.deletion.clear();
      const bool deleted = status == 200 && body.find("\"Failed\":[{") == std::string_view::npos;
      return deleted ? consumer.messages : 0;
    }
    const auto handles = Values(body, "ReceiptHandle");
    consumer.messages = handles.size();
    if (handles.empty()) return status == 200 ? kNoUnits : 0;
    consumer.deletion = DeleteBatch(handles);
    return InOrder(body) ? kNoUnits : 0;
  }

 private:
  struct Consumer {
    std::string deletion;  // to be sent next; empty: receive
    std::size_t messages = 0;
  };

  /// Bodies are "group-number-xxxx"; a group is locked until its message is deleted, which is sent from here.
  std::string SendBatch(std::uint64_t first) const {
    std::string entries;
    for (std::uint64_t i = first; i < first + kBatch; ++i) {
      const std::string group = std::to_string(i % kGroups);
      std::string text = group + "-" + std::to_string(i / kGroups) + "-";
      text.resize(options_.body_size, 'x');
      entries += std::string(i == first ? "" : ",") + "{\"Id\":\"m" + std::to_string(i - first) +
                 "\",\"MessageGroupId\":\"g" + group + "\",\"MessageDeduplicationId\":\"d" +
                 std::to_string(i) + "\",\"MessageBody\":\"" + text + "\"}";
    }
    return SqsCall(options_.host, "SendMessageBatch", queue_url_ + ",\"Entries\":[" + entries + "]}");
  }

  std::string DeleteBatch(const std::vector<std::string_view>& handles) const {
    std::string entries;
    for (std::size_t i = 0; i < handles.size(); ++i) {
      entries += std::string(i == 0 ? "" : ",") + "{\"Id\":\"m" + std::to_string(i) +
                 "\",\"ReceiptHandle\":\"" + std::string(handles[i]) + "\"}";
    }
    return SqsCall(options_.host, "DeleteMessageBatch", queue_url_ + ",\"Entries\":[" + entries + "]}");
  }

  bool InOrder(std::string_view body) {
    bool in_order = true;
    for (const std::string_view text : Values(body, "Body")) {
      char* number = nullptr;
      const std::uint64_t group = std::strtoul(text.data(), &number, 10);
      const std::uint64_t position = std::strtoul(number + 1, nullptr, 10);
      in_order = group < kGroups && position == next_of_group_[group]++ && in_order;
    }
    return in_order;
  }

  ScenarioOptions options_;
  std::string queue_url_;
  std::string receive_;
  std::vector<std::uint64_t> next_of_group_;
  std::map<std::size_t, Consumer> consumers_;
};
}  // namespace

std::unique_ptr<Scenario> MakeFifoDrain(const ScenarioOptions& options) {
  return std::make_unique<FifoDrain>(options);
}

}  // namespace cumulite::bench
