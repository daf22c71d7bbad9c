#include <memory>

#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/operations/batch_execute_statement.h"
#include "services/dynamodb/operations/create_table.h"
#include "services/dynamodb/operations/execute_statement.h"
#include "services/dynamodb/operations/execute_transaction.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temporary_directory.h"
#include "tests/unit/services/dynamodb/expression_fixture.h"

namespace cumulite::dynamodb {
namespace {

/// A table t with the key (p S, r N) and a global index by g, on a real database.
class PartiqlOperationsTest : public ExpressionTest {
 protected:
  template <class Handler, class Request>
  auto Run(Handler handler, Request request) {
    protocol::RequestContext context;
    context.identity = {"000000000000", "us-east-1", "test", "arn:aws:iam::000000000000:root",
                        "AIDATEST",     ""};
    context.clock = &clock_;
    return loop_.Get(handler(*dynamodb_, context, std::move(request)));
  }

  PartiqlOperationsTest() {
    CreateTableRequest table;
    table.table_name = "tab";
    table.billing_mode = "PAY_PER_REQUEST";
    table.attribute_definitions = {{"p", "S"}, {"r", "N"}, {"g", "S"}};
    table.key_schema = {{"p", "HASH"}, {"r", "RANGE"}};
    GlobalSecondaryIndex index;
    index.index_name = "by_g";
    index.key_schema = {{"g", "HASH"}};
    index.projection.projection_type = "ALL";
    table.global_secondary_indexes.emplace({index});
    Run(CreateTable, table);
  }
  void TearDown() override {
    dynamodb_->Stop();
    loop_.RunUntilIdle();
    dynamodb_.reset();
  }

  /// The items, or the code and the words of the refusal.
  std::string Execute(ExecuteStatementRequest request) {
    try {
      response_ = Run(ExecuteStatement, std::move(request));
      return response_.items->text;
    } catch (const protocol::AwsError& error) {
      return std::string(error.kind().code) + ": " + error.message();
    }
  }
  std::string Execute(std::string statement) {
    return Execute(ExecuteStatementRequest{.statement = std::move(statement)});
  }
  void Fill() {
    for (const char* p : {"x", "y"}) {
      for (int r = 1; r <= 3; ++r) {
        Execute("INSERT INTO tab VALUE {'p':'" + std::string(p) + "','r':" + std::to_string(r) + ",'g':'g" +
                std::to_string(r % 2) + "'}");
      }
    }
  }
  std::string Transact(std::vector<std::string> statements) {
    ExecuteTransactionRequest request;
    for (std::string& statement : statements) request.transact_statements.push_back({std::move(statement)});
    try {
      std::string shown;
      for (const ItemResponse& answer : Run(ExecuteTransaction, request).responses) {
        shown += answer.item ? answer.item->text : "-";
      }
      return shown;
    } catch (const protocol::AwsError& error) {
      return std::string(error.kind().code) + ": " + error.message();
    }
  }

  base::Clock clock_{base::TimePoint{std::chrono::seconds{1'700'000'000}}};
  test_support::ManualLoop loop_{clock_};
  test_support::TemporaryDirectory temporary_;
  std::unique_ptr<DynamoDbService> dynamodb_ =
      std::make_unique<DynamoDbService>(temporary_.path(), storage::DatabaseOptions{}, clock_);
  ExecuteStatementResponse response_;
};

TEST_F(PartiqlOperationsTest, WritesOneItem) {
  EXPECT_EQ(Execute("INSERT INTO tab VALUE {'p':'x','r':1,'a':5}"), "[]");
  EXPECT_EQ(Execute("INSERT INTO tab VALUE {'p':'x','r':1}"),
            "DuplicateItemException: Duplicate primary key exists in table");
  EXPECT_EQ(Execute("UPDATE tab SET a=a+1 WHERE p='x' AND r=1 RETURNING MODIFIED NEW *"),
            R"([{"a":{"N":"6"}}])");
  EXPECT_EQ(Execute("UPDATE tab SET a=1 WHERE p='x' AND r=2"),
            "ConditionalCheckFailedException: The conditional request failed");
  EXPECT_EQ(Execute("UPDATE tab SET a=1 WHERE p='x' AND r=1 AND a=5"),
            "ConditionalCheckFailedException: The conditional request failed");
  EXPECT_EQ(Execute("UPDATE tab SET r=1 WHERE p='x' AND r=1"),
            "ValidationException: One or more parameter values were invalid: Cannot update attribute r. This "
            "attribute "
            "is part of the key");
  EXPECT_EQ(Execute("DELETE FROM tab WHERE p='x' AND r=1 AND a=0"),
            "ConditionalCheckFailedException: The conditional request failed");
  EXPECT_EQ(Execute("DELETE FROM tab WHERE p='x' AND r=7 AND a=0"), "[]") << "there is nothing to delete";
  EXPECT_EQ(Execute("DELETE FROM tab WHERE p='x' AND r=1 RETURNING ALL OLD *"),
            R"([{"a":{"N":"6"},"p":{"S":"x"},"r":{"N":"1"}}])");
  EXPECT_EQ(Execute("SELECT * FROM tab"), "[]");
  EXPECT_EQ(Execute("SELECT * FROM nope"), "ResourceNotFoundException: Requested resource not found");
  EXPECT_EQ(Execute("EXISTS(SELECT * FROM tab WHERE p='x' AND r=1)"),
            "ValidationException: EXISTS can only be used in ExecuteTransaction write requests.");
}

TEST_F(PartiqlOperationsTest, ReadsPartitionsIndexesAndAll) {
  Fill();
  EXPECT_EQ(Execute("SELECT r FROM tab WHERE p='x' AND r >= 2"), R"([{"r":{"N":"2"}},{"r":{"N":"3"}}])");
  EXPECT_EQ(Execute("SELECT p, r FROM tab WHERE p IN ['y','x'] AND r=2"),
            R"([{"p":{"S":"x"},"r":{"N":"2"}},{"p":{"S":"y"},"r":{"N":"2"}}])");
  EXPECT_EQ(Execute("SELECT r FROM tab WHERE p='x' ORDER BY r DESC"),
            R"([{"r":{"N":"3"}},{"r":{"N":"2"}},{"r":{"N":"1"}}])");
  const std::string by_index = Execute(R"(SELECT p FROM "tab"."by_g" WHERE g='g0')");
  EXPECT_TRUE(by_index == R"([{"p":{"S":"x"}},{"p":{"S":"y"}}])" ||
              by_index == R"([{"p":{"S":"y"}},{"p":{"S":"x"}}])")
      << by_index;
  EXPECT_EQ(Execute("SELECT r FROM tab WHERE r=3 AND p <> 'y'"), R"([{"r":{"N":"3"}}])") << "a scan";
  // Whichever side the value stands on: what is no query looks at items of other partitions, too.
  for (const char* p : {"x", "y"}) {
    ExecuteStatementRequest one{.statement = "SELECT p FROM tab WHERE '" + std::string(p) + "' = p",
                                .limit = 1};
    EXPECT_EQ(Execute(one), R"([{"p":{"S":")" + std::string(p) + R"("}}])");
  }
  EXPECT_EQ(Execute(R"(SELECT * FROM "tab"."nope")"),
            "ValidationException: The table does not have the specified index: nope");
}

TEST_F(PartiqlOperationsTest, PagesGoOnAcrossPartitions) {
  Fill();
  ExecuteStatementRequest request{.statement = "SELECT r FROM tab WHERE p IN ['x','y']", .limit = 2};
  std::string all;
  int pages = 0;
  for (;; ++pages) {
    ASSERT_LT(pages, 10);
    all += Execute(request);
    request.next_token = response_.next_token;
    if (!response_.next_token) break;
  }
  EXPECT_EQ(all.substr(0, 22), R"([{"r":{"N":"1"}},{"r":)");
  EXPECT_EQ(std::count(all.begin(), all.end(), 'N'), 6) << all;
  EXPECT_GE(pages, 2);
  request.next_token = "bm9uc2Vuc2U=";
  EXPECT_EQ(Execute(request), "ValidationException: Invalid NextToken");
  request.next_token.reset();
  Execute(request);
  request.next_token = response_.next_token;
  request.statement += " AND r > 0";
  EXPECT_EQ(Execute(request), "ValidationException: NextToken does not match request");
}

TEST_F(PartiqlOperationsTest, BatchesAnswerEachStatement) {
  Fill();
  BatchExecuteStatementRequest writes;
  writes.statements = {{.statement = "INSERT INTO tab VALUE {'p':'z','r':1}"},
                       {.statement = "INSERT INTO tab VALUE {'p':'x','r':1}"},
                       {.statement = "UPDATE nope SET a=1 WHERE p='x' AND r=2"},
                       {.statement = "UPDATE tab SET a=1 WHERE p='x'"},
                       {.statement = "garbage"}};
  const auto written = Run(BatchExecuteStatement, writes).responses;
  ASSERT_EQ(written.size(), 5u);
  EXPECT_FALSE(written[0].error);
  EXPECT_EQ(written[1].error->code, "DuplicateItem");
  EXPECT_EQ(written[2].error->code, "ResourceNotFound");
  EXPECT_EQ(written[3].error->message,
            "Where clause does not contain a mandatory equality on all key attributes");
  EXPECT_EQ(written[4].error->message,
            "Statement wasn't well formed, can't be processed: Expected data manipulation");
  BatchExecuteStatementRequest reads;
  reads.statements = {{.statement = "SELECT p FROM tab WHERE p='z' AND r=1"},
                      {.statement = "SELECT p FROM tab WHERE p='z' AND r=2"},
                      {.statement = "SELECT p FROM tab WHERE p='z'"}};
  const auto read = Run(BatchExecuteStatement, reads).responses;
  EXPECT_EQ(read[0].item->text, R"({"p":{"S":"z"}})");
  EXPECT_FALSE(read[1].item || read[1].error);
  EXPECT_EQ(read[2].error->code, "ValidationError");
}

TEST_F(PartiqlOperationsTest, TransactionsAreAllOrNothing) {
  Fill();
  EXPECT_EQ(
      Transact({"INSERT INTO tab VALUE {'p':'z','r':1}", "INSERT INTO tab VALUE {'p':'x','r':1}"}),
      "TransactionCanceledException: Transaction cancelled, please refer cancellation reasons for specific "
      "reasons [None, DuplicateItem]");
  EXPECT_EQ(Transact({"SELECT * FROM tab WHERE p='z' AND r=1", "SELECT p FROM tab WHERE p='x' AND r=1"}),
            R"(-{"p":{"S":"x"}})");
  EXPECT_EQ(Transact({"EXISTS(SELECT * FROM tab WHERE p='x' AND r=1 AND a IS MISSING)",
                      "UPDATE tab SET a=1 WHERE p='x' AND r=2", "DELETE FROM tab WHERE p='y' AND r=9"}),
            "---");
  EXPECT_EQ(
      Transact({"EXISTS(SELECT * FROM tab WHERE p='x' AND r=2 AND a IS MISSING)",
                "DELETE FROM tab WHERE p='x' AND r=3"}),
      "TransactionCanceledException: Transaction cancelled, please refer cancellation reasons for specific "
      "reasons [ConditionalCheckFailed, None]");
  EXPECT_EQ(Transact({"SELECT * FROM tab WHERE p='x' AND r=1", "DELETE FROM tab WHERE p='x' AND r=3"}),
            "ValidationException: Unsupported operation in transaction.");
  EXPECT_EQ(Transact({"SELECT * FROM tab WHERE p='x'"}),
            "ValidationException: Select statements within ExecuteTransaction must specify the primary key "
            "in the where "
            "clause.");
}

}  // namespace
}  // namespace cumulite::dynamodb
