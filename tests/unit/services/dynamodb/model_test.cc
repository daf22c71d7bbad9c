#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/dynamodb/dynamodb_service.h"
#include "tests/support/model_check.h"

namespace cumulite::dynamodb {
namespace {

TEST(DynamoDbModelTest, TablesAgreeWithBotocore) {
  EXPECT_THAT(test::CompareWithBotocore(kModel, "dynamodb", "2012-08-10", {}), testing::IsEmpty());
  EXPECT_THAT(test::CompareWithBotocore(kStreamsModel, "dynamodbstreams", "2012-08-10", {}),
              testing::IsEmpty());
}

}  // namespace
}  // namespace cumulite::dynamodb
