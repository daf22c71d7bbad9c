#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/send_message.h"
#include "tests/unit/services/sqs/sqs_fixture.h"

namespace cumulite::sqs {
namespace {
using namespace std::chrono_literals;

class RetentionTest : public SqsServiceTest {
 protected:
  /// The rows in the database, once everything journalled has been written.
  std::size_t Rows() {
    const storage::Ticket barrier = sqs_->store().Barrier();
    loop_.Get([](QueueStore& store, storage::Ticket ticket) -> runtime::Task<void> {
      co_await store.Committed(ticket);
    }(sqs_->store(), barrier));
    std::size_t rows = 0;
    sqs_->store().LoadMessages(0, INT64_MAX, [&rows](const StoredMessage&) { ++rows; });
    return rows;
  }
};

TEST_F(RetentionTest, AlarmAloneRemovesWhatIsTooOld) {
  Run(CreateQueue, CreateQueueRequest{"q", {{"MessageRetentionPeriod", "60"}}, {}});
  for (int i = 0; i < 3; ++i) {
    SendMessageRequest request;
    request.queue_url = "q";
    request.message_body = "x";
    Run(SendMessage, request);
    clock_.Advance(10s);
  }
  ASSERT_EQ(Rows(), 3u);
  clock_.Advance(29s);
  loop_.RunUntilIdle();
  EXPECT_EQ(Rows(), 3u);
  clock_.Advance(1s);
  loop_.RunUntilIdle();
  EXPECT_EQ(Rows(), 2u);
  clock_.Advance(20s);
  loop_.RunUntilIdle();
  EXPECT_EQ(Rows(), 0u);
}

}  // namespace
}  // namespace cumulite::sqs
