#include <benchmark/benchmark.h>

#include <string>

#include "protocol/exchange.h"
#include "protocol/json_codec.h"
#include "protocol/rpc.h"

/// What the codecs alone cost: one SendMessage with a body of 1 KiB, from the head's fields to the answer.
namespace cumulite::protocol {
namespace {

struct SendMessageRequest {
  std::string queue_url;
  std::string message_body;
  std::optional<std::int32_t> delay_seconds;
  static Members Describe() {
    using R = SendMessageRequest;
    static constexpr Member kMembers[] = {
        Wire<&R::queue_url>("QueueUrl").Required(),
        Wire<&R::message_body>("MessageBody").Required(),
        Wire<&R::delay_seconds>("DelaySeconds").Range(0, 900),
    };
    return kMembers;
  }
};

struct SendMessageResponse {
  std::string message_id = "219f8380-5770-4cc2-8c3e-5c715e145f5e";
  std::string md5 = "c5cb6abef11b88049177473a73ed662f";
  static Members Describe() {
    using R = SendMessageResponse;
    static constexpr Member kMembers[] = {
        Wire<&R::message_id>("MessageId"),
        Wire<&R::md5>("MD5OfMessageBody"),
    };
    return kMembers;
  }
};

runtime::Task<SendMessageResponse> SendMessage(int&, const RequestContext&, SendMessageRequest request) {
  benchmark::DoNotOptimize(request);
  co_return SendMessageResponse{};
}

/// Answers with what it was sent, as ReceiveMessage writes a body.
runtime::Task<SendMessageRequest> Echo(int&, const RequestContext&, SendMessageRequest request) {
  co_return request;
}

constexpr Operation kOperations[] = {Operation::Of<&Echo>("Echo"),
                                     Operation::Of<&SendMessage>("SendMessage")};
constexpr RpcModel kModel{
    .service = "sqs",
    .json_target = "AmazonSQS",
    .json_version = "1.0",
    .json_namespace = "com.amazonaws.sqs",
    .query_version = "2012-11-05",
    .xml_namespace = "http://queue.amazonaws.com/doc/2012-11-05/",
    .operations = kOperations,
    .not_built = {},
    .body_limit = 1 << 20,
    .query_compatible = true,
};

class FixedBody final : public BodyReader {
 public:
  explicit FixedBody(const std::string& bytes) : size_(bytes.size()), padded_(bytes + std::string(64, ' ')) {}
  std::optional<std::uint64_t> content_length() const override { return size_; }
  runtime::Task<std::string_view> Read() override { co_return std::string_view{}; }
  runtime::Task<std::optional<std::string_view>> ReadAll(std::size_t) override {
    co_return std::string_view(padded_).substr(0, size_);
  }

 private:
  std::size_t size_;
  std::string padded_;
};

std::string Text() {
  std::string text;
  while (text.size() < 1024) text += "the quick brown fox jumps over the lazy dog, ";
  text.resize(1024);
  return text;
}

void Run(benchmark::State& state, const std::string& body, const HeaderField (&headers)[12]) {
  FixedBody reader(body);
  const HttpRequest request{.method = "POST", .target = "/", .path = "/", .headers = headers};
  int service = 0;
  for (auto _ : state) {
    Exchange exchange{.request = request, .body = reader};
    exchange.context.request_id = "b25f48e8-84fd-11e6-80d9-574e0c4664cb";
    auto task = HandleRpc(kModel, &service, exchange);
    task.Get();
    benchmark::DoNotOptimize(exchange.response.body);
    if (exchange.response.status != 200) state.SkipWithError(exchange.response.body.c_str());
  }
}

#define CUMULITE_BENCH_HEADERS(type, target)                                                             \
  {                                                                                                      \
    {"Host", "localhost:4566"}, {"User-Agent", "aws-sdk-js/3.0"}, {"Accept-Encoding", "identity"},       \
        {"Accept", "*/*"}, {"Content-Type", type}, {"X-Amz-Target", target}, {"X-Amz-Date", "20250101"}, \
        {"Authorization", "AWS4"}, {"Content-Length", "1200"}, {"Connection", "keep-alive"},             \
        {"amz-sdk-invocation-id", "1"}, {"amz-sdk-request", "attempt=1; max=3"},                         \
  }

const std::string kQueueUrl = "http://localhost:4566/000000000000/orders";

void JsonSendMessage(benchmark::State& state) {
  static constexpr HeaderField kHeaders[] =
      CUMULITE_BENCH_HEADERS("application/x-amz-json-1.0", "AmazonSQS.SendMessage");
  Run(state, R"({"QueueUrl":")" + kQueueUrl + R"(","MessageBody":")" + Text() + "\"}", kHeaders);
}
BENCHMARK(JsonSendMessage);

void JsonEcho(benchmark::State& state) {
  static constexpr HeaderField kHeaders[] =
      CUMULITE_BENCH_HEADERS("application/x-amz-json-1.0", "AmazonSQS.Echo");
  Run(state, R"({"QueueUrl":")" + kQueueUrl + R"(","MessageBody":")" + Text() + "\"}", kHeaders);
}
BENCHMARK(JsonEcho);

void JsonDecode(benchmark::State& state) {
  std::string body = R"({"QueueUrl":")" + kQueueUrl + R"(","MessageBody":")" + Text() + "\"}";
  const std::size_t size = body.size();
  body.append(64, ' ');
  for (auto _ : state) {
    SendMessageRequest request;
    DecodeJson(std::string_view(body).substr(0, size), kModel, &request, SendMessageRequest::Describe());
    benchmark::DoNotOptimize(request);
  }
}
BENCHMARK(JsonDecode);

void QuerySendMessage(benchmark::State& state) {
  static constexpr HeaderField kHeaders[] =
      CUMULITE_BENCH_HEADERS("application/x-www-form-urlencoded; charset=utf-8", "-");
  Run(state,
      "Action=SendMessage&Version=2012-11-05&QueueUrl=" + PercentEncode(kQueueUrl) +
          "&MessageBody=" + PercentEncode(Text()),
      kHeaders);
}
BENCHMARK(QuerySendMessage);

}  // namespace
}  // namespace cumulite::protocol

BENCHMARK_MAIN();
