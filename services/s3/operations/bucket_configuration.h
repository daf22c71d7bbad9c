#pragma once
#include "services/s3/call.h"

/// The sub-resources of a bucket that are documents: GetBucketCors, PutBucketCors, DeleteBucketCors and all
/// their like, each a row of configuration/table.h.
namespace cumulite::s3 {

/// Answers what was put, what holds otherwise, or that there is none.
/// Errors: NoSuchBucket, AccessDenied, the row's own (NoSuchCORSConfiguration, ...).
/// Source: S3 API Reference "GetBucketCors" and so on.
runtime::Task<void> GetConfiguration(Call& call);

/// Puts a document in the place of the one before. Errors: MalformedXML; those of configuration/rules.h;
/// TooManyConfigurations. Source: "PutBucketCors" and so on.
runtime::Task<void> PutConfiguration(Call& call);

/// What the body asks to be stored, checked and completed. Errors: as PutConfiguration.
runtime::Task<BucketDocument> ReadSentConfiguration(Call& call, const Bucket& bucket);

/// The same for a lifecycle, whose least size of objects for transitions travels in a header.
/// Errors: InvalidRequest. Source: "PutBucketLifecycleConfiguration".
runtime::Task<void> PutBucketLifecycleConfiguration(Call& call);
runtime::Task<void> GetBucketLifecycleConfiguration(Call& call);

/// Source: "DeleteBucketCors" and so on; what is not there is no error, except of those that have an id.
runtime::Task<void> DeleteConfiguration(Call& call);

/// A page of 100 of the configurations of one kind. Source: "ListBucketInventoryConfigurations" and so on.
runtime::Task<void> ListConfigurations(Call& call);

}  // namespace cumulite::s3
