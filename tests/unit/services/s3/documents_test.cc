#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

#include "services/s3/documents/access_control.h"
#include "services/s3/documents/bucket_state.h"
#include "services/s3/documents/cors.h"
#include "services/s3/documents/create_bucket.h"
#include "services/s3/documents/encryption.h"
#include "services/s3/documents/lifecycle.h"
#include "services/s3/documents/logging.h"
#include "services/s3/documents/notification.h"
#include "services/s3/documents/replication.h"
#include "services/s3/documents/reports.h"
#include "services/s3/documents/website.h"
#include "tests/support/model_check.h"

namespace cumulite::s3::documents {
namespace {

TEST(S3DocumentsTest, TablesAgreeWithBotocore) {
  static constexpr std::string_view kNewer = "AWS has it since; Debian's botocore does not know it yet";
  static constexpr std::string_view kWords = "refused in S3's own words and not as malformed";
  static constexpr std::array kExceptions{
      test::ModelException{"CreateBucketConfiguration.Location", kNewer},
      test::ModelException{"CreateBucketConfiguration.Bucket", kNewer},
      test::ModelException{"CreateBucketConfiguration.Tags", kNewer},
      test::ModelException{"LoggingEnabled.TargetObjectKeyFormat", kNewer},
      test::ModelException{"InventoryConfiguration.OptionalFields.element", kNewer},
      test::ModelException{"ServerSideEncryptionByDefault.SSEAlgorithm", kNewer},
      test::ModelException{"CreateBucketConfiguration.LocationConstraint", kWords},
      test::ModelException{"*.Protocol", kWords},
      test::ModelException{"*.Events.element", kWords},
      test::ModelException{"FilterRule.Name", kWords},
      test::ModelException{"Tag.Key", kWords},
  };
  const std::array documents{
      test::ModelDocument{"AccelerateConfiguration", AccelerateConfiguration::Describe()},
      test::ModelDocument{"AccessControlPolicy", AccessControlPolicy::Describe()},
      test::ModelDocument{"AnalyticsConfiguration", AnalyticsConfiguration::Describe()},
      test::ModelDocument{"BucketLifecycleConfiguration", BucketLifecycleConfiguration::Describe()},
      test::ModelDocument{"BucketLoggingStatus", BucketLoggingStatus::Describe()},
      test::ModelDocument{"CORSConfiguration", CORSConfiguration::Describe()},
      test::ModelDocument{"CreateBucketConfiguration", CreateBucketConfiguration::Describe()},
      test::ModelDocument{"IntelligentTieringConfiguration", IntelligentTieringConfiguration::Describe()},
      test::ModelDocument{"InventoryConfiguration", InventoryConfiguration::Describe()},
      test::ModelDocument{"MetricsConfiguration", MetricsConfiguration::Describe()},
      test::ModelDocument{"NotificationConfiguration", NotificationConfiguration::Describe()},
      test::ModelDocument{"ObjectLockConfiguration", ObjectLockConfiguration::Describe()},
      test::ModelDocument{"ObjectLockLegalHold", ObjectLockLegalHold::Describe()},
      test::ModelDocument{"ObjectLockRetention", ObjectLockRetention::Describe()},
      test::ModelDocument{"OwnershipControls", OwnershipControls::Describe()},
      test::ModelDocument{"PolicyStatus", PolicyStatus::Describe()},
      test::ModelDocument{"PublicAccessBlockConfiguration", PublicAccessBlockConfiguration::Describe()},
      test::ModelDocument{"ReplicationConfiguration", ReplicationConfiguration::Describe()},
      test::ModelDocument{"RequestPaymentConfiguration", RequestPaymentConfiguration::Describe()},
      test::ModelDocument{"ServerSideEncryptionConfiguration", ServerSideEncryptionConfiguration::Describe()},
      test::ModelDocument{"Tagging", Tagging::Describe()},
      test::ModelDocument{"VersioningConfiguration", VersioningConfiguration::Describe()},
      test::ModelDocument{"WebsiteConfiguration", WebsiteConfiguration::Describe()},
  };
  EXPECT_THAT(test::CompareDocumentsWithBotocore(documents, "s3", "2006-03-01", kExceptions),
              testing::IsEmpty());
}

}  // namespace
}  // namespace cumulite::s3::documents
