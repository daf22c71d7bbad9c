#include "bench/dynamodb_load.h"

#include <algorithm>
#include <map>

#include "bench/requests.h"

namespace cumulite::bench {
namespace {

constexpr std::size_t kBatch = 25;
constexpr std::size_t kTransaction = 4;
constexpr std::uint64_t kItemsOfPartition = 10;  // what a query reads
constexpr std::size_t kScanned = 100;

/// Items lie in partitions of ten, so that a query of one reads as many.
class DynamoDb : public Scenario {
 public:
  DynamoDb(ScenarioOptions options, DynamoDbLoad load) : options_(std::move(options)), load_(load) {}

  void SetUp(const Call& call) override {
    call(Request("CreateTable",
                 R"({"TableName":"bench","BillingMode":"PAY_PER_REQUEST","KeySchema":[{"AttributeName":"p",)"
                 R"("KeyType":"HASH"},{"AttributeName":"r","KeyType":"RANGE"}],"AttributeDefinitions":[)"
                 R"({"AttributeName":"p","AttributeType":"S"},{"AttributeName":"r","AttributeType":"N"}]})"));
    for (std::uint64_t i = 0; i < options_.backlog; i += kBatch) call(Batch(i));
  }

  std::string_view Next(std::size_t connection) override {
    std::string& request = requests_[connection];
    request = Make();
    return request;
  }

  std::size_t Answered(std::size_t, int status, std::string_view body) override {
    if (status != 200) return 0;
    if (load_ == DynamoDbLoad::kGet && !body.starts_with("{\"Item\"")) return 0;
    if (load_ == DynamoDbLoad::kQuery) return kItemsOfPartition;
    if (load_ == DynamoDbLoad::kScan) return kScanned;
    if (load_ == DynamoDbLoad::kTransact) return kTransaction;
    return load_ == DynamoDbLoad::kBatchWrite ? kBatch : 1;
  }

 private:
  std::string Request(std::string_view operation, const std::string& json) const {
    return Head(options_.host, "POST /", "dynamodb",
                "X-Amz-Target: DynamoDB_20120810." + std::string(operation) +
                    "\r\nContent-Type: application/x-amz-json-1.0\r\n",
                json.size()) +
           json;
  }

  static std::string Key(std::uint64_t i) {
    return R"("p":{"S":"partition-)" + std::to_string(i / kItemsOfPartition) + R"("},"r":{"N":")" +
           std::to_string(i % kItemsOfPartition) + "\"}";
  }
  std::string Item(std::uint64_t i) const {
    return "{" + Key(i) + R"(,"n":{"N":"1"},"text":{"S":")" + std::string(options_.body_size, 'x') + "\"}}";
  }
  std::string Batch(std::uint64_t first) const {
    std::string list;
    for (std::uint64_t i = first; i < first + kBatch; ++i) {
      list += (list.empty() ? "" : ",") + std::string(R"({"PutRequest":{"Item":)") + Item(i) + "}}";
    }
    return Request("BatchWriteItem", R"({"RequestItems":{"bench":[)" + list + "]}}");
  }
  std::string Transaction() {
    std::string list;
    for (std::size_t i = 0; i < kTransaction; ++i) {
      list += (list.empty() ? "" : ",") + std::string(R"({"Put":{"TableName":"bench","Item":)") +
              Item(counter_++) + "}}";
    }
    return Request("TransactWriteItems", R"({"TransactItems":[)" + list + "]}");
  }

  /// One of the items, never near the last one: neither its page nor its neighbours are at hand.
  std::uint64_t Somewhere(std::uint64_t items) { return (counter_++ * 0x9E3779B97F4A7C15 >> 11) % items; }

  std::string Make() {
    const std::uint64_t items = std::max<std::uint64_t>(1, options_.backlog);
    const std::string table = R"({"TableName":"bench",)";
    switch (load_) {
      case DynamoDbLoad::kGet:
        return Request("GetItem", table + R"("Key":{)" + Key(Somewhere(items)) + "}}");
      case DynamoDbLoad::kPut:
        return Request("PutItem", table + R"("Item":)" + Item(counter_++) + "}");
      case DynamoDbLoad::kUpdate:
        return Request("UpdateItem",
                       table + R"("Key":{)" + Key(counter_++ % items) +
                           R"(},"UpdateExpression":"SET n = n + :one","ConditionExpression":"n >= :one",)"
                           R"("ExpressionAttributeValues":{":one":{"N":"1"}}})");
      case DynamoDbLoad::kQuery:
        return Request("Query", table +
                                    R"("KeyConditionExpression":"p = :p","ExpressionAttributeValues":)"
                                    R"({":p":{"S":"partition-)" +
                                    std::to_string(Somewhere(items) / kItemsOfPartition) + "\"}}}");
      case DynamoDbLoad::kDelete:
        return Request("DeleteItem", table + R"("Key":{)" + Key(counter_++) + "}}");
      case DynamoDbLoad::kTransact:
        return Transaction();
      case DynamoDbLoad::kScan:
        return Request("Scan", table + R"("Limit":)" + std::to_string(kScanned) +
                                   R"(,"ExclusiveStartKey":{)" + Key(Somewhere(items)) + "}}");
      case DynamoDbLoad::kBatchWrite:
        break;
    }
    counter_ += kBatch;
    return Batch(counter_);
  }

  const ScenarioOptions options_;
  const DynamoDbLoad load_;
  std::uint64_t counter_ = 0;
  std::map<std::size_t, std::string> requests_;
};

}  // namespace

std::unique_ptr<Scenario> MakeDynamoDbLoad(const ScenarioOptions& options, DynamoDbLoad load) {
  return std::make_unique<DynamoDb>(options, load);
}

}  // namespace cumulite::bench
