#include "services/sqs/errors.h"
#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/list_queues.h"
#include "services/sqs/operations/permissions.h"
#include "services/sqs/operations/queue_tags.h"
#include "services/sqs/operations/send_message_batch.h"
#include "tests/unit/services/sqs/sqs_fixture.h"

namespace cumulite::sqs {
namespace {
using testing::SizeIs;

/// The last value that each limit allows, and the first that it does not.
class SqsLimitsTest : public SqsServiceTest {
 protected:
  SqsLimitsTest() { Run(CreateQueue, CreateQueueRequest{"q", {}, {}}); }

  /// The error's code; empty without one.
  template <class Handler, class Request>
  std::string ErrorOf(Handler handler, Request request) {
    try {
      Run(handler, std::move(request));
      return {};
    } catch (const protocol::AwsError& error) {
      return std::string(error.kind().code);
    }
  }
  static SendMessageBatchRequest Batch(std::size_t bytes) {
    SendMessageBatchRequest batch;
    batch.queue_url = "q";
    batch.entries.resize(2);
    batch.entries[0].id = "a";
    batch.entries[0].message_body = std::string(bytes / 2, 'x');
    batch.entries[1].id = "b";
    batch.entries[1].message_body = std::string(bytes - bytes / 2, 'x');
    return batch;
  }
};

TEST_F(SqsLimitsTest, ABatchHoldsAMebibyte) {
  EXPECT_EQ(ErrorOf(SendMessageBatch, Batch(1'048'576)), "");
  EXPECT_EQ(ErrorOf(SendMessageBatch, Batch(1'048'577)), "BatchRequestTooLong");
}

TEST_F(SqsLimitsTest, APermissionGrantsSevenActions) {
  AddPermissionRequest request{
      "q",
      "l",
      {"111111111111"},
      {"ChangeMessageVisibility", "DeleteMessage", "GetQueueAttributes", "GetQueueUrl",
       "ListDeadLetterSourceQueues", "ReceiveMessage", "SendMessage"}};
  EXPECT_EQ(ErrorOf(AddPermission, request), "");
  request.label = "m";
  request.actions.push_back("*");
  EXPECT_EQ(ErrorOf(AddPermission, request), "OverLimit");
}

TEST_F(SqsLimitsTest, AQueueHasFiftyTags) {
  TagQueueRequest request{"q", {}, {}};
  for (int i = 0; i < 50; ++i) request.tags["k" + std::to_string(i)] = "v";
  EXPECT_EQ(ErrorOf(TagQueue, request), "");
  EXPECT_EQ(ErrorOf(TagQueue, TagQueueRequest{"q", {{"k0", "again"}}, {}}), "") << "one that it has";
  EXPECT_EQ(ErrorOf(TagQueue, TagQueueRequest{"q", {{"one more", "v"}}, {}}),
            "InvalidParameterValueException");
  EXPECT_THAT(Run(ListQueueTags, ListQueueTagsRequest{"q"}).tags, SizeIs(50));
}

TEST_F(SqsLimitsTest, AListOfQueuesEndsAtAThousand) {
  for (int i = 0; i < 1'000; ++i) Run(CreateQueue, CreateQueueRequest{"r" + std::to_string(i), {}, {}});
  const auto whole = Run(ListQueues, ListQueuesRequest{});
  EXPECT_THAT(whole.queue_urls, SizeIs(1'000));
  EXPECT_FALSE(whole.next_token) << "only who names MaxResults asks for pages";
  ListQueuesRequest paged;
  paged.max_results = 1'000;
  const auto page = Run(ListQueues, paged);
  EXPECT_THAT(page.queue_urls, SizeIs(1'000));
  ASSERT_TRUE(page.next_token);
  paged.next_token = page.next_token;
  const auto rest = Run(ListQueues, paged);
  EXPECT_THAT(rest.queue_urls, SizeIs(1));
  EXPECT_FALSE(rest.next_token);
}

}  // namespace
}  // namespace cumulite::sqs
