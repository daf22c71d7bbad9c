#pragma once
#include "services/s3/call.h"

/// S3 Metadata: a bucket's journal and inventory tables. What they are to be is kept and told; there are no
/// S3 Tables here, so none is filled. Source: S3 API Reference "CreateBucketMetadataConfiguration" and its
/// kin; S3 User Guide "Accelerating data discovery with S3 Metadata".
namespace cumulite::s3 {

/// Errors: MalformedXML, InvalidArgument (days, keys), InvalidBucketState (there is one already).
runtime::Task<void> CreateBucketMetadataConfiguration(Call& call);
/// Errors: MetadataConfigurationNotFound.
runtime::Task<void> GetBucketMetadataConfiguration(Call& call);
runtime::Task<void> DeleteBucketMetadataConfiguration(Call& call);
/// One of the two tables of a configuration that is there. Errors: as those of both.
runtime::Task<void> UpdateBucketMetadataInventoryTableConfiguration(Call& call);
runtime::Task<void> UpdateBucketMetadataJournalTableConfiguration(Call& call);

/// The same as it was before July 2025: one table, in a table bucket of the caller's.
runtime::Task<void> CreateBucketMetadataTableConfiguration(Call& call);
runtime::Task<void> GetBucketMetadataTableConfiguration(Call& call);
runtime::Task<void> DeleteBucketMetadataTableConfiguration(Call& call);

}  // namespace cumulite::s3
