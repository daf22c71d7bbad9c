#include "services/queue_fan_out.h"
#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/delete_message.h"
#include "services/sqs/operations/receive_message.h"
#include "services/sqs/operations/set_queue_attributes.h"
#include "tests/support/failing_vfs.h"
#include "tests/unit/services/sqs/sqs_fixture.h"

namespace cumulite::sqs {
namespace {
using Outcome = services::QueueDelivery::Outcome;

class DeliveryTest : public SqsServiceTest {
 protected:
  services::QueueMessage Message(const std::string& queue) {
    services::QueueMessage message;
    message.queue_arn = "arn:aws:sqs:us-east-1:000000000000:" + queue;
    message.body = "from the topic";
    message.service = "sns.amazonaws.com";
    message.source_arn = "arn:aws:sns:us-east-1:000000000000:topic";
    return message;
  }
  Outcome Deliver(services::QueueMessage message) { return loop_.Get(sqs_->Deliver(std::move(message))); }

  static std::string ArnOf(const std::string& queue) { return "arn:aws:sqs:us-east-1:000000000000:" + queue; }
  /// One message to many queues.
  std::vector<Outcome> DeliverEach(services::QueueMessage message, const std::vector<std::string>& queues) {
    std::vector<std::string> arns;
    for (const std::string& queue : queues) arns.push_back(ArnOf(queue));
    const auto shared = std::make_shared<const services::QueueMessage>(std::move(message));
    std::vector<services::QueueFanOut::Parcel> parcels;
    for (const std::string& arn : arns) parcels.push_back({shared, arn});
    return loop_.Get(sqs_->DeliverEach(std::move(parcels)));
  }
  std::vector<std::string> Bodies(const std::string& queue) {
    ReceiveMessageRequest request;
    request.queue_url = queue;
    request.max_number_of_messages = 10;
    std::vector<std::string> bodies;
    for (const auto& message : Run(ReceiveMessage, request).messages) bodies.push_back(message.body);
    return bodies;
  }
};

TEST_F(DeliveryTest, EachQueueOfManyGetsAMessageOfItsOwnOrSaysWhyNot) {
  Run(CreateQueue, CreateQueueRequest{"a", {}, {}});
  Run(CreateQueue, CreateQueueRequest{"f.fifo", {{"FifoQueue", "true"}}, {}});
  Run(CreateQueue, CreateQueueRequest{"small", {{"MaximumMessageSize", "1024"}}, {}});
  Run(CreateQueue, CreateQueueRequest{"later", {{"DelaySeconds", "60"}}, {}});
  auto message = Message("");
  message.body = std::string(1'025, 'x');
  message.group = "g";
  message.deduplication_id = "d";
  EXPECT_THAT(DeliverEach(message, {"a", "absent", "f.fifo", "small", "later", "f.fifo"}),
              testing::ElementsAre(Outcome::kDelivered, Outcome::kNoQueue, Outcome::kDelivered,
                                   Outcome::kRejected, Outcome::kDelivered, Outcome::kDelivered));
  EXPECT_THAT(Bodies("a"), testing::ElementsAre(message.body));
  EXPECT_THAT(Bodies("f.fifo"), testing::ElementsAre(message.body)) << "the second is a duplicate";
  EXPECT_THAT(Bodies("small"), testing::IsEmpty());
  EXPECT_THAT(Bodies("later"), testing::IsEmpty());
  clock_.Advance(std::chrono::seconds{60});
  EXPECT_THAT(Bodies("later"), testing::ElementsAre(message.body)) << "the delay is each queue's own";
}

TEST_F(DeliveryTest, WhatManyQueuesGotIsThereAfterARestart) {
  const std::vector<std::string> queues{"a", "b", "f.fifo"};
  for (const std::string& queue : queues) {
    const AttributeMap attributes = queue == "f.fifo" ? AttributeMap{{"FifoQueue", "true"}} : AttributeMap{};
    Run(CreateQueue, CreateQueueRequest{queue, attributes, {}});
  }
  auto message = Message("");
  message.attributes["color"] = {"String", "red"};
  message.group = "g";
  message.deduplication_id = "d";
  const auto all = testing::Each(Outcome::kDelivered);
  EXPECT_THAT(DeliverEach(message, queues), all);
  Reopen();
  EXPECT_THAT(DeliverEach(message, queues), all) << "to queues that are not loaded yet";
  EXPECT_THAT(Bodies("a"), testing::SizeIs(2));
  EXPECT_THAT(Bodies("b"), testing::SizeIs(2));
  EXPECT_THAT(Bodies("f.fifo"), testing::SizeIs(1)) << "its deduplication remembers, too";
  ReceiveMessageRequest request;
  request.queue_url = "b";
  request.visibility_timeout = 0;
  request.message_attribute_names = {"All"};
  clock_.Advance(std::chrono::seconds{30});
  const auto received = Run(ReceiveMessage, request).messages;
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(received[0].message_attributes.at("color").string_value, "red");
}

TEST_F(DeliveryTest, FailedWriteLeavesNothingInAnyQueueAndIsToldOfEach) {
  storage::Faults& faults = storage::InstallFailingVfs();
  options_.vfs = storage::kFailingVfs;
  Reopen();
  Run(CreateQueue, CreateQueueRequest{"a", {}, {}});
  Run(CreateQueue, CreateQueueRequest{"b", {}, {}});
  faults.disk_full = true;
  EXPECT_THAT(DeliverEach(Message(""), {"a", "absent", "b"}),
              testing::ElementsAre(Outcome::kFailed, Outcome::kNoQueue, Outcome::kFailed));
  faults.disk_full = false;
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
  std::vector<Outcome> again;
  do {
    again = DeliverEach(Message(""), {"a", "b"});
  } while (again.front() != Outcome::kDelivered && std::chrono::steady_clock::now() < deadline);
  EXPECT_THAT(again, testing::Each(Outcome::kDelivered));
  EXPECT_THAT(Bodies("a"), testing::SizeIs(1));
  EXPECT_THAT(Bodies("b"), testing::SizeIs(1));
}

TEST_F(DeliveryTest, DeletedAsSoonAsItIsThereItStaysDeleted) {
  for (const char* queue : {"a", "b", "c"}) Run(CreateQueue, CreateQueueRequest{queue, {}, {}});
  for (int i = 0; i < 50; ++i) {
    const std::string b = ArnOf("b");
    const std::string c = ArnOf("c");
    const std::string a = ArnOf("a");
    const auto shared = std::make_shared<const services::QueueMessage>(Message(""));
    auto delivering = sqs_->DeliverEach({{shared, a}, {shared, b}, {shared, c}});
    ReceiveMessageRequest request;
    request.queue_url = "a";
    const auto received = Run(ReceiveMessage, request).messages;
    ASSERT_EQ(received.size(), 1u) << "at once";
    Run(DeleteMessage, DeleteMessageRequest{"a", received[0].receipt_handle});
    loop_.Get(std::move(delivering));
  }
  Reopen();
  clock_.Advance(std::chrono::seconds{60});
  EXPECT_THAT(Bodies("a"), testing::IsEmpty());
  EXPECT_THAT(Bodies("b"), testing::SizeIs(10));
}

TEST_F(DeliveryTest, DeliveredMessageIsReceivedWithItsAttributes) {
  Run(CreateQueue, CreateQueueRequest{"q", {}, {}});
  auto message = Message("q");
  message.attributes["color"] = {"String", "red"};
  message.trace_header = "Root=1";
  ASSERT_EQ(Deliver(message), Outcome::kDelivered);
  ReceiveMessageRequest request;
  request.queue_url = "q";
  request.attribute_names = {"All"};
  request.message_attribute_names = {"All"};
  const auto received = Run(ReceiveMessage, request).messages;
  ASSERT_EQ(received.size(), 1u);
  EXPECT_EQ(received[0].body, "from the topic");
  EXPECT_EQ(received[0].message_attributes.at("color").string_value, "red");
  EXPECT_EQ(received[0].attributes.at("AWSTraceHeader"), "Root=1");
}

TEST_F(DeliveryTest, OutcomeSaysWhyNot) {
  EXPECT_EQ(Deliver(Message("absent")), Outcome::kNoQueue);
  Run(CreateQueue, CreateQueueRequest{"f.fifo", {{"FifoQueue", "true"}}, {}});
  EXPECT_EQ(Deliver(Message("f.fifo")), Outcome::kRejected) << "no group";
}

TEST_F(DeliveryTest, StrictDeliveryNeedsThePolicysConsent) {
  Run(CreateQueue, CreateQueueRequest{"q", {}, {}});
  auto message = Message("q");
  message.strict = true;
  EXPECT_EQ(Deliver(message), Outcome::kDenied);
  const std::string policy =
      R"({"Statement":{"Effect":"Allow","Principal":{"Service":"sns.amazonaws.com"},"Action":"sqs:SendMessage",)"
      R"("Resource":"*","Condition":{"ArnEquals":{"aws:SourceArn":"arn:aws:sns:us-east-1:000000000000:topic"}}}})";
  Run(SetQueueAttributes, SetQueueAttributesRequest{"q", {{"Policy", policy}}});
  EXPECT_EQ(Deliver(message), Outcome::kDelivered);
  message.source_arn = "arn:aws:sns:us-east-1:000000000000:other";
  EXPECT_EQ(Deliver(message), Outcome::kDenied);
}

}  // namespace
}  // namespace cumulite::sqs
