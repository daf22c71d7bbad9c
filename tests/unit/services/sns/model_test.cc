#include "services/sns/sns_service.h"
#include "tests/support/model_check.h"

namespace cumulite::sns {
namespace {

TEST(SnsModelTest, TablesAgreeWithBotocore) {
  EXPECT_THAT(test::CompareWithBotocore(kModel, "sns", "2010-03-31", {}), testing::IsEmpty());
}

}  // namespace
}  // namespace cumulite::sns
