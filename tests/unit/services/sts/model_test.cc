#include "services/sts/sts_service.h"
#include "tests/support/model_check.h"

namespace cumulite::sts {
namespace {

TEST(StsModelTest, TablesAgreeWithBotocore) {
  static constexpr test::ModelException kExceptions[] = {
      {"AssumeRoot", "newer than Debian's botocore"},
      {"GetDelegatedAccessToken", "newer than Debian's botocore"},
      {"GetWebIdentityToken", "newer than Debian's botocore"},
  };
  EXPECT_THAT(test::CompareWithBotocore(kModel, "sts", "2011-06-15", kExceptions, test::Compared::kLimits),
              testing::IsEmpty());
}

}  // namespace
}  // namespace cumulite::sts
