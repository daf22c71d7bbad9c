#include <filesystem>
#include <random>

#include "services/sqs/operations/change_message_visibility.h"
#include "services/sqs/operations/create_queue.h"
#include "services/sqs/operations/delete_message.h"
#include "services/sqs/operations/purge_queue.h"
#include "services/sqs/operations/receive_message.h"
#include "services/sqs/operations/send_message.h"
#include "tests/unit/services/sqs/sqs_fixture.h"

namespace cumulite::sqs {
namespace {

/// Random work on a standard and a FIFO queue with a dead-letter queue. The journal must say at every moment
/// what the memory says: what a killed server would load is compared with what the living one shows.
class JournalPropertyTest : public SqsServiceTest, public testing::WithParamInterface<std::uint32_t> {
 protected:
  std::size_t Below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }

  void CreateQueues() {
    for (const std::string suffix : {"", ".fifo"}) {
      const AttributeMap fifo = suffix.empty() ? AttributeMap{} : AttributeMap{{"FifoQueue", "true"}};
      Run(CreateQueue, CreateQueueRequest{"dead" + suffix, fifo, {}});
      AttributeMap attributes = fifo;
      attributes["RedrivePolicy"] =
          R"({"maxReceiveCount":2,"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead)" + suffix +
          "\"}";
      Run(CreateQueue, CreateQueueRequest{"q" + suffix, attributes, {}});
      queues_.insert(queues_.end(), {"q" + suffix, "dead" + suffix});
    }
  }

  void Send(const std::string& queue) {
    SendMessageRequest request;
    request.queue_url = queue;
    request.message_body = std::string(1 + Below(2'000), 'x');
    if (TypeOfName(queue) == QueueType::kFifo) {
      request.message_group_id = "g" + std::to_string(Below(3));
      request.message_deduplication_id = std::to_string(Below(30));
    } else if (Below(4) == 0) {
      request.delay_seconds = static_cast<std::int32_t>(Below(60));
    }
    Run(SendMessage, std::move(request));
  }

  void Receive(const std::string& queue) {
    ReceiveMessageRequest request;
    request.queue_url = queue;
    request.max_number_of_messages = static_cast<std::int32_t>(1 + Below(10));
    request.visibility_timeout = static_cast<std::int32_t>(Below(40));
    for (auto& message : Run(ReceiveMessage, std::move(request)).messages) {
      handles_.emplace_back(queue, message.receipt_handle);
    }
  }

  void UseHandle() {
    if (handles_.empty()) return;
    const auto [queue, handle] = handles_[Below(handles_.size())];
    try {
      if (Below(3) > 0) {
        Run(DeleteMessage, DeleteMessageRequest{queue, handle});
      } else {
        Run(ChangeMessageVisibility,
            ChangeMessageVisibilityRequest{queue, handle, static_cast<std::int32_t>(Below(100))});
      }
    } catch (const protocol::AwsError&) {
      // A handle that is too old: refused, and nothing may have changed.
    }
  }

  void DoSomething() {
    const std::string& queue = queues_[Below(queues_.size())];
    const std::size_t choice = Below(100);
    if (choice < 40) return Send(queue);
    if (choice < 60) return Receive(queue);
    if (choice < 90) return UseHandle();
    if (choice < 99) return clock_.Advance(std::chrono::seconds{Below(30)});
    Run(PurgeQueue, PurgeQueueRequest{queue});
  }

  std::vector<std::string> Describe(SqsService& sqs) {
    std::vector<std::string> all;
    const auto caller = Context().identity;
    for (const std::string& queue : queues_) all.push_back(loop_.Get(sqs.DescribeMessages(queue, caller)));
    return all;
  }

  /// What a server would load that starts on the files as they are now.
  std::vector<std::string> DescribeAfterKill() {
    const storage::Ticket barrier = sqs_->store().Barrier();
    loop_.Get([](QueueStore& store, storage::Ticket ticket) -> runtime::Task<void> {
      co_await store.Committed(ticket);
    }(sqs_->store(), barrier));
    const test_support::TemporaryDirectory copy;
    std::filesystem::copy(temporary_.path(), copy.path(), std::filesystem::copy_options::recursive);
    const storage::DataDirectory directory(copy.path());
    SqsService restarted(directory, {}, clock_, {});
    auto described = Describe(restarted);
    restarted.Stop();
    loop_.RunUntilIdle();
    return described;
  }

  std::mt19937 random_{GetParam()};
  std::vector<std::string> queues_;
  std::vector<std::pair<std::string, std::string>> handles_;
};

TEST_P(JournalPropertyTest, KilledServerLoadsWhatTheLivingOneKnew) {
  CreateQueues();
  for (int round = 0; round < 8; ++round) {
    for (int i = 0; i < 60; ++i) DoSomething();
    ASSERT_EQ(Describe(*sqs_), DescribeAfterKill()) << "round " << round;
    if (round == 4) Reopen();
  }
}

INSTANTIATE_TEST_SUITE_P(Seeds, JournalPropertyTest, testing::Range(1U, 9U));

}  // namespace
}  // namespace cumulite::sqs
