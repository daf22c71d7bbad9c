#include "services/s3/operations.h"

#include "services/s3/operations/bucket_basics.h"
#include "services/s3/operations/bucket_tagging.h"
#include "services/s3/operations/copy_object.h"
#include "services/s3/operations/create_bucket.h"
#include "services/s3/operations/delete_object.h"
#include "services/s3/operations/get_object.h"
#include "services/s3/operations/get_object_attributes.h"
#include "services/s3/operations/list_buckets.h"
#include "services/s3/operations/list_objects.h"
#include "services/s3/operations/multipart_upload.h"
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
    {"DeleteBucketTagging", &DeleteBucketTagging},
    {"DeleteObject", &DeleteObject},
    {"DeleteObjects", &DeleteObjects},
    {"GetBucketEncryption", &GetBucketEncryption},
    {"GetBucketLocation", &GetBucketLocation},
    {"GetBucketTagging", &GetBucketTagging},
    {"GetBucketVersioning", &GetBucketVersioning},
    {"GetObject", &GetObject},
    {"GetObjectAttributes", &GetObjectAttributes},
    {"HeadBucket", &HeadBucket},
    {"HeadObject", &HeadObject},
    {"ListBuckets", &ListBuckets},
    {"ListMultipartUploads", &ListMultipartUploads},
    {"ListObjects", &ListObjects},
    {"ListObjectsV2", &ListObjectsV2},
    {"ListParts", &ListParts},
    {"OptionsObject", &OptionsObject},
    {"PutBucketTagging", &PutBucketTagging},
    {"PutObject", &PutObject},
    {"UploadPart", &UploadPart},
    {"UploadPartCopy", &UploadPartCopy},
};

}  // namespace

std::span<const Operation> Operations() { return kOperations; }

}  // namespace cumulite::s3
