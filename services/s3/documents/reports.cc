#include "services/s3/documents/reports.h"

namespace cumulite::s3::documents {
using protocol::Wire;

namespace {

constexpr std::string_view kAnalyticsS3ExportFileFormat[] = {"CSV"};
constexpr std::string_view kStorageClassAnalysisSchemaVersion[] = {"V_1"};
constexpr std::string_view kInventoryFormat[] = {"CSV", "ORC", "Parquet"};
constexpr std::string_view kInventoryFrequency[] = {"Daily", "Weekly"};
constexpr std::string_view kInventoryIncludedObjectVersions[] = {"All", "Current"};
constexpr std::string_view kInventoryOptionalField[] = {"Size",
                                                        "LastModifiedDate",
                                                        "StorageClass",
                                                        "ETag",
                                                        "IsMultipartUploaded",
                                                        "ReplicationStatus",
                                                        "EncryptionStatus",
                                                        "ObjectLockRetainUntilDate",
                                                        "ObjectLockMode",
                                                        "ObjectLockLegalHoldStatus",
                                                        "IntelligentTieringAccessTier",
                                                        "BucketKeyStatus",
                                                        "ChecksumAlgorithm",
                                                        "ObjectAccessControlList",
                                                        "ObjectOwner",
                                                        "LifecycleExpirationDate"};
constexpr protocol::Limits kInventoryOptionalFieldLimits = protocol::Limits{}.Values(kInventoryOptionalField);
constexpr std::string_view kIntelligentTieringAccessTier[] = {"ARCHIVE_ACCESS", "DEEP_ARCHIVE_ACCESS"};
constexpr std::string_view kIntelligentTieringStatus[] = {"Enabled", "Disabled"};

}  // namespace

protocol::Members AnalyticsAndOperator::Describe() {
  using T = AnalyticsAndOperator;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::prefix>("Prefix"),
      Wire<&T::tags>("Tags").InQuery("Tag").Flattened(),
  };
  return kMembers;
}

protocol::Members AnalyticsFilter::Describe() {
  using T = AnalyticsFilter;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::prefix>("Prefix"),
      Wire<&T::tag>("Tag"),
      Wire<&T::all>("And"),
  };
  return kMembers;
}

protocol::Members AnalyticsS3BucketDestination::Describe() {
  using T = AnalyticsS3BucketDestination;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::format>("Format").Required().Values(kAnalyticsS3ExportFileFormat),
      Wire<&T::bucket_account_id>("BucketAccountId"),
      Wire<&T::bucket>("Bucket").Required(),
      Wire<&T::prefix>("Prefix"),
  };
  return kMembers;
}

protocol::Members AnalyticsExportDestination::Describe() {
  using T = AnalyticsExportDestination;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::s3_bucket_destination>("S3BucketDestination").Required(),
  };
  return kMembers;
}

protocol::Members StorageClassAnalysisDataExport::Describe() {
  using T = StorageClassAnalysisDataExport;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::output_schema_version>("OutputSchemaVersion")
          .Required()
          .Values(kStorageClassAnalysisSchemaVersion),
      Wire<&T::destination>("Destination").Required(),
  };
  return kMembers;
}

protocol::Members StorageClassAnalysis::Describe() {
  using T = StorageClassAnalysis;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::data_export>("DataExport"),
  };
  return kMembers;
}

protocol::Members AnalyticsConfiguration::Describe() {
  using T = AnalyticsConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::id>("Id").Required(),
      Wire<&T::filter>("Filter"),
      Wire<&T::storage_class_analysis>("StorageClassAnalysis").Required(),
  };
  return kMembers;
}

protocol::Members SSEKMS::Describe() {
  using T = SSEKMS;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::key_id>("KeyId").Required(),
  };
  return kMembers;
}

protocol::Members InventoryEncryption::Describe() {
  using T = InventoryEncryption;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::sses3>("SSES3").InQuery("SSE-S3"),
      Wire<&T::ssekms>("SSEKMS").InQuery("SSE-KMS"),
  };
  return kMembers;
}

protocol::Members InventoryS3BucketDestination::Describe() {
  using T = InventoryS3BucketDestination;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::account_id>("AccountId"),
      Wire<&T::bucket>("Bucket").Required(),
      Wire<&T::format>("Format").Required().Values(kInventoryFormat),
      Wire<&T::prefix>("Prefix"),
      Wire<&T::encryption>("Encryption"),
  };
  return kMembers;
}

protocol::Members InventoryDestination::Describe() {
  using T = InventoryDestination;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::s3_bucket_destination>("S3BucketDestination").Required(),
  };
  return kMembers;
}

protocol::Members InventoryFilter::Describe() {
  using T = InventoryFilter;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::prefix>("Prefix").Required(),
  };
  return kMembers;
}

protocol::Members InventorySchedule::Describe() {
  using T = InventorySchedule;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::frequency>("Frequency").Required().Values(kInventoryFrequency),
  };
  return kMembers;
}

protocol::Members InventoryConfiguration::Describe() {
  using T = InventoryConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::destination>("Destination").Required(),
      Wire<&T::is_enabled>("IsEnabled").Required(),
      Wire<&T::filter>("Filter"),
      Wire<&T::id>("Id").Required(),
      Wire<&T::included_object_versions>("IncludedObjectVersions")
          .Required()
          .Values(kInventoryIncludedObjectVersions),
      Wire<&T::optional_fields>("OptionalFields").Items("Field").Elements(kInventoryOptionalFieldLimits),
      Wire<&T::schedule>("Schedule").Required(),
  };
  return kMembers;
}

protocol::Members MetricsAndOperator::Describe() {
  using T = MetricsAndOperator;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::prefix>("Prefix"),
      Wire<&T::tags>("Tags").InQuery("Tag").Flattened(),
      Wire<&T::access_point_arn>("AccessPointArn"),
  };
  return kMembers;
}

protocol::Members MetricsFilter::Describe() {
  using T = MetricsFilter;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::prefix>("Prefix"),
      Wire<&T::tag>("Tag"),
      Wire<&T::access_point_arn>("AccessPointArn"),
      Wire<&T::all>("And"),
  };
  return kMembers;
}

protocol::Members MetricsConfiguration::Describe() {
  using T = MetricsConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::id>("Id").Required(),
      Wire<&T::filter>("Filter"),
  };
  return kMembers;
}

protocol::Members IntelligentTieringAndOperator::Describe() {
  using T = IntelligentTieringAndOperator;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::prefix>("Prefix"),
      Wire<&T::tags>("Tags").InQuery("Tag").Flattened(),
  };
  return kMembers;
}

protocol::Members IntelligentTieringFilter::Describe() {
  using T = IntelligentTieringFilter;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::prefix>("Prefix"),
      Wire<&T::tag>("Tag"),
      Wire<&T::all>("And"),
  };
  return kMembers;
}

protocol::Members Tiering::Describe() {
  using T = Tiering;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::days>("Days").Required(),
      Wire<&T::access_tier>("AccessTier").Required().Values(kIntelligentTieringAccessTier),
  };
  return kMembers;
}

protocol::Members IntelligentTieringConfiguration::Describe() {
  using T = IntelligentTieringConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::id>("Id").Required(),
      Wire<&T::filter>("Filter"),
      Wire<&T::status>("Status").Required().Values(kIntelligentTieringStatus),
      Wire<&T::tierings>("Tierings").InQuery("Tiering").Flattened().Required(),
  };
  return kMembers;
}

}  // namespace cumulite::s3::documents
