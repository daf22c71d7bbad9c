#pragma once
#include "services/s3/bucket_store.h"
#include "services/s3/call.h"
#include "services/s3/documents/access_control.h"
#include "services/s3/documents/bucket_state.h"
#include "services/s3/documents/cors.h"
#include "services/s3/documents/encryption.h"
#include "services/s3/documents/lifecycle.h"
#include "services/s3/documents/logging.h"
#include "services/s3/documents/metadata.h"
#include "services/s3/documents/notification.h"
#include "services/s3/documents/replication.h"
#include "services/s3/documents/reports.h"
#include "services/s3/documents/tagging.h"
#include "services/s3/documents/website.h"

/// What AWS refuses of a bucket's documents beyond their form, in its words; each also completes what AWS
/// completes (ids of rules, values left out). `bucket` is the one that the document is for.
namespace cumulite::s3 {

// Errors: InvalidTag, BadRequest. At most `max_tags`, different keys of 1..128 characters, values of 0..256.
void CheckTags(const std::vector<documents::Tag>& tags, std::size_t max_tags);

void Check(const Call& call, const Bucket& bucket, documents::Tagging& tagging);
void Check(const Call& call, const Bucket& bucket, documents::AccelerateConfiguration& accelerate);
void Check(const Call& call, const Bucket& bucket, documents::RequestPaymentConfiguration& payment);
void Check(const Call& call, const Bucket& bucket, documents::OwnershipControls& controls);
void Check(const Call& call, const Bucket& bucket, documents::PublicAccessBlockConfiguration& block);
void Check(const Call& call, const Bucket& bucket, documents::CORSConfiguration& cors);
void Check(const Call& call, const Bucket& bucket, documents::ServerSideEncryptionConfiguration& encryption);
void Check(const Call& call, const Bucket& bucket, documents::BucketLifecycleConfiguration& lifecycle);
void Check(const Call& call, const Bucket& bucket, documents::BucketLoggingStatus& logging);
void Check(const Call& call, const Bucket& bucket, documents::NotificationConfiguration& notification);
void Check(const Call& call, const Bucket& bucket, documents::ReplicationConfiguration& replication);
void Check(const Call& call, const Bucket& bucket, documents::WebsiteConfiguration& website);
void Check(const Call& call, const Bucket& bucket, documents::AnalyticsConfiguration& analytics);
void Check(const Call& call, const Bucket& bucket, documents::InventoryConfiguration& inventory);
void Check(const Call& call, const Bucket& bucket, documents::MetricsConfiguration& metrics);
void Check(const Call& call, const Bucket& bucket, documents::IntelligentTieringConfiguration& tiering);
void Check(const Call& call, const Bucket& bucket, documents::AbacStatus& abac);

}  // namespace cumulite::s3
