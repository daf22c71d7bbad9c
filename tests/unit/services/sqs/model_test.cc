#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "services/sqs/sqs_service.h"
#include "tests/support/model_check.h"

namespace cumulite::sqs {
namespace {

TEST(SqsModelTest, TablesAgreeWithBotocore) {
  static constexpr std::string_view kFromPath = "a request to the queue's own URL need not name it";
  static constexpr std::string_view kFlattened = "the model flattens this list where it is used";
  static constexpr std::string_view kNewer = "AWS has it since; Debian's botocore does not know it yet";
  static constexpr std::string_view kReference = "a limit of the API Reference that the model lacks";
  static constexpr std::string_view kNames = "the operations refuse other names in SQS's own words";
  static constexpr std::array kExceptions{
      test::ModelException{"*.MaxNumberOfMessages", kReference},
      test::ModelException{"*.VisibilityTimeout", kReference},
      test::ModelException{"*.WaitTimeSeconds", kReference},
      test::ModelException{"*.MaxResults", kReference},
      test::ModelException{"*.Attributes.key", kNames},
      test::ModelException{"*.AttributeNames.element", kNames},
      test::ModelException{"*.MessageSystemAttributes.key", kNames},
      test::ModelException{"*.QueueUrl", kFromPath},
      test::ModelException{"*.StringListValues", kFlattened},
      test::ModelException{"*.BinaryListValues", kFlattened},
      test::ModelException{"*.DataType", "SQS names the attribute that lacks it"},
      test::ModelException{"ReceiveMessageRequest.MessageSystemAttributeNames", kNewer},
      test::ModelException{"CancelMessageMoveTask", kNewer},
      test::ModelException{"ListMessageMoveTasks", kNewer},
      test::ModelException{"StartMessageMoveTask", kNewer},
      test::ModelException{"TagQueueRequest.Tags", "the operation tells when both names of it are missing"},
      test::ModelException{"TagQueueRequest.Tag", "the name in the API Reference's Query examples"},
  };
  EXPECT_THAT(test::CompareWithBotocore(kModel, "sqs", "2012-11-05", kExceptions, test::Compared::kLimits),
              testing::IsEmpty());
}

}  // namespace
}  // namespace cumulite::sqs
