#include "services/s3/operations.h"

#include "services/s3/operations/acl.h"
#include "services/s3/operations/bucket_basics.h"
#include "services/s3/operations/bucket_configuration.h"
#include "services/s3/operations/bucket_notification.h"
#include "services/s3/operations/bucket_policy.h"
#include "services/s3/operations/bucket_versioning.h"
#include "services/s3/operations/copy_object.h"
#include "services/s3/operations/cors.h"
#include "services/s3/operations/create_bucket.h"
#include "services/s3/operations/delete_object.h"
#include "services/s3/operations/get_object.h"
#include "services/s3/operations/get_object_attributes.h"
#include "services/s3/operations/list_buckets.h"
#include "services/s3/operations/list_object_versions.h"
#include "services/s3/operations/list_objects.h"
#include "services/s3/operations/multipart_upload.h"
#include "services/s3/operations/object_lock.h"
#include "services/s3/operations/object_lock_configuration.h"
#include "services/s3/operations/object_tagging.h"
#include "services/s3/operations/post_object.h"
#include "services/s3/operations/put_object.h"

namespace cumulite::s3 {
namespace {

constexpr Operation kOperations[] = {
    {"AbortMultipartUpload", &AbortMultipartUpload},
    {"CompleteMultipartUpload", &CompleteMultipartUpload},
    {"CopyObject", &CopyObject},
    {"CreateBucket", &CreateBucket},
    {"CreateMultipartUpload", &CreateMultipartUpload},
    {"DeleteBucket", &DeleteBucket},
    {"DeleteBucketAnalyticsConfiguration", &DeleteConfiguration},
    {"DeleteBucketCors", &DeleteConfiguration},
    {"DeleteBucketEncryption", &DeleteConfiguration},
    {"DeleteBucketIntelligentTieringConfiguration", &DeleteConfiguration},
    {"DeleteBucketInventoryConfiguration", &DeleteConfiguration},
    {"DeleteBucketLifecycle", &DeleteConfiguration},
    {"DeleteBucketMetricsConfiguration", &DeleteConfiguration},
    {"DeleteBucketOwnershipControls", &DeleteConfiguration},
    {"DeleteBucketPolicy", &DeleteBucketPolicy},
    {"DeleteBucketReplication", &DeleteConfiguration},
    {"DeleteBucketTagging", &DeleteConfiguration},
    {"DeleteBucketWebsite", &DeleteConfiguration},
    {"DeleteObject", &DeleteObject},
    {"DeleteObjectTagging", &DeleteObjectTagging},
    {"DeleteObjects", &DeleteObjects},
    {"DeletePublicAccessBlock", &DeleteConfiguration},
    {"GetBucketAbac", &GetConfiguration},
    {"GetBucketAccelerateConfiguration", &GetConfiguration},
    {"GetBucketAcl", &GetBucketAcl},
    {"GetBucketAnalyticsConfiguration", &GetConfiguration},
    {"GetBucketCors", &GetConfiguration},
    {"GetBucketEncryption", &GetConfiguration},
    {"GetBucketIntelligentTieringConfiguration", &GetConfiguration},
    {"GetBucketInventoryConfiguration", &GetConfiguration},
    {"GetBucketLifecycleConfiguration", &GetBucketLifecycleConfiguration},
    {"GetBucketLocation", &GetBucketLocation},
    {"GetBucketLogging", &GetConfiguration},
    {"GetBucketMetricsConfiguration", &GetConfiguration},
    {"GetBucketNotificationConfiguration", &GetConfiguration},
    {"GetBucketOwnershipControls", &GetConfiguration},
    {"GetBucketPolicy", &GetBucketPolicy},
    {"GetBucketPolicyStatus", &GetBucketPolicyStatus},
    {"GetBucketReplication", &GetConfiguration},
    {"GetBucketRequestPayment", &GetConfiguration},
    {"GetBucketTagging", &GetConfiguration},
    {"GetBucketVersioning", &GetBucketVersioning},
    {"GetBucketWebsite", &GetConfiguration},
    {"GetObject", &GetObject},
    {"GetObjectAttributes", &GetObjectAttributes},
    {"GetPublicAccessBlock", &GetConfiguration},
    {"GetObjectLegalHold", &GetObjectLegalHold},
    {"GetObjectLockConfiguration", &GetObjectLockConfiguration},
    {"GetObjectRetention", &GetObjectRetention},
    {"GetObjectTagging", &GetObjectTagging},
    {"HeadBucket", &HeadBucket},
    {"HeadObject", &HeadObject},
    {"ListBucketAnalyticsConfigurations", &ListConfigurations},
    {"ListBucketIntelligentTieringConfigurations", &ListConfigurations},
    {"ListBucketInventoryConfigurations", &ListConfigurations},
    {"ListBucketMetricsConfigurations", &ListConfigurations},
    {"ListBuckets", &ListBuckets},
    {"ListMultipartUploads", &ListMultipartUploads},
    {"ListObjectVersions", &ListObjectVersions},
    {"ListObjects", &ListObjects},
    {"ListObjectsV2", &ListObjectsV2},
    {"ListParts", &ListParts},
    {"OptionsObject", &OptionsObject},
    {"PostObject", &PostObject},
    {"PutBucketAbac", &PutConfiguration},
    {"PutBucketAccelerateConfiguration", &PutConfiguration},
    {"PutBucketAcl", &PutBucketAcl},
    {"PutBucketAnalyticsConfiguration", &PutConfiguration},
    {"PutBucketCors", &PutConfiguration},
    {"PutBucketEncryption", &PutConfiguration},
    {"PutBucketIntelligentTieringConfiguration", &PutConfiguration},
    {"PutBucketInventoryConfiguration", &PutConfiguration},
    {"PutBucketLifecycleConfiguration", &PutBucketLifecycleConfiguration},
    {"PutBucketLogging", &PutConfiguration},
    {"PutBucketMetricsConfiguration", &PutConfiguration},
    {"PutBucketNotificationConfiguration", &PutBucketNotificationConfiguration},
    {"PutBucketOwnershipControls", &PutConfiguration},
    {"PutBucketPolicy", &PutBucketPolicy},
    {"PutBucketReplication", &PutConfiguration},
    {"PutBucketRequestPayment", &PutConfiguration},
    {"PutBucketTagging", &PutConfiguration},
    {"PutBucketVersioning", &PutBucketVersioning},
    {"PutBucketWebsite", &PutConfiguration},
    {"PutObject", &PutObject},
    {"PutObjectLegalHold", &PutObjectLegalHold},
    {"PutObjectLockConfiguration", &PutObjectLockConfiguration},
    {"PutObjectRetention", &PutObjectRetention},
    {"PutObjectTagging", &PutObjectTagging},
    {"PutPublicAccessBlock", &PutConfiguration},
    {"UploadPart", &UploadPart},
    {"UploadPartCopy", &UploadPartCopy},
};

}  // namespace

std::span<const Operation> Operations() { return kOperations; }

}  // namespace cumulite::s3
