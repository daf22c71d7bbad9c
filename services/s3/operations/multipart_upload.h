#pragma once
#include "services/s3/call.h"

/// The life of a multipart upload.
namespace cumulite::s3 {

/// Begins an upload. Errors: InvalidRequest (checksum algorithm and type), MetadataTooLarge.
/// Source: S3 API Reference "CreateMultipartUpload".
runtime::Task<void> CreateMultipartUpload(Call& call);

/// Uploads a part; of two with one number the later one counts. Errors: NoSuchUpload, InvalidArgument, those
/// of PutObject. Source: S3 API Reference "UploadPart".
runtime::Task<void> UploadPart(Call& call);

/// Takes a part from an object. Errors: those of UploadPart and CopyObject.
/// Source: S3 API Reference "UploadPartCopy".
runtime::Task<void> UploadPartCopy(Call& call);

/// Makes the parts the object, without touching their bytes. Repeating it gives the same answer.
/// Errors: NoSuchUpload, InvalidPart, InvalidPartOrder, EntityTooSmall, InvalidRequest, BadDigest,
/// MalformedXML, PreconditionFailed, ConditionalRequestConflict.
/// Source: S3 API Reference "CompleteMultipartUpload".
runtime::Task<void> CompleteMultipartUpload(Call& call);

/// Throws an upload away. Errors: NoSuchUpload. Source: S3 API Reference "AbortMultipartUpload".
runtime::Task<void> AbortMultipartUpload(Call& call);

/// The parts so far. Source: S3 API Reference "ListParts".
runtime::Task<void> ListParts(Call& call);

/// The uploads of a bucket that are under way, by key. Source: S3 API Reference "ListMultipartUploads".
runtime::Task<void> ListMultipartUploads(Call& call);

}  // namespace cumulite::s3
