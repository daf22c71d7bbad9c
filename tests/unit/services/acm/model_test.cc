#include "services/acm/acm_service.h"
#include "tests/support/model_check.h"

namespace cumulite::acm {
namespace {

TEST(AcmModelTest, TablesAgreeWithBotocore) {
  static constexpr test::ModelException kExceptions[] = {
      {"RevokeCertificate", "newer than Debian's botocore"},
  };
  EXPECT_THAT(test::CompareWithBotocore(kModel, "acm", "2015-12-08", kExceptions, test::Compared::kLimits),
              testing::IsEmpty());
}

}  // namespace
}  // namespace cumulite::acm
