#include "services/iam/iam_service.h"
#include "tests/support/model_check.h"

namespace cumulite::iam {
namespace {

TEST(IamModelTest, TablesAgreeWithBotocore) {
  EXPECT_THAT(test::CompareWithBotocore(kModel, "iam", "2010-05-08", {}, test::Compared::kLimits),
              testing::IsEmpty());
}

}  // namespace
}  // namespace cumulite::iam
