#pragma once
#include "services/s3/call.h"
#include "services/s3/object.h"

namespace cumulite::s3 {

/// What the head of a write says of the object to be: storage class, tags, website redirect, Object
/// Lock, owner and ACL.
/// Errors: InvalidArgument, InvalidTag, BadRequest, InvalidRequest, InvalidRedirectLocation.
ObjectAttributes ReadAttributeHeaders(const Call& call, const Bucket& bucket);

/// What is to be locked must come with a digest of its bytes. Errors: InvalidRequest.
void RequireDigestForLock(const Call& call, const ObjectAttributes& attributes);

/// What GetObject and HeadObject tell of them.
void AddAttributeHeaders(protocol::HttpResponse& response, const ObjectAttributes& attributes);

/// x-amz-expiration: when a lifecycle rule of the bucket lets the object go.
void AddExpirationHeader(protocol::HttpResponse& response, const Bucket& bucket, const Object& object,
                         std::string_view key);

/// x-amz-version-id, in buckets that have or had versions.
void AddVersionHeader(protocol::HttpResponse& response, const Bucket& bucket, std::string_view version_id);
/// The same after a write, which says nothing of the null version.
void AddNewVersionHeader(protocol::HttpResponse& response, std::string_view version_id);

/// The version that a request about its attributes means.
/// Errors: NoSuchKey, NoSuchVersion, MethodNotAllowed (a delete marker, also where it is only the latest).
Object FindToDescribe(const Call& call, const Bucket& bucket);

/// x-amz-bypass-governance-retention. Errors: InvalidArgument on a bucket without Object Lock.
Bypass ReadBypass(const Call& call, const Bucket& bucket);

/// An archived object cannot be read until it has been restored. Errors: InvalidObjectState.
void RequireReadable(const Object& object, base::TimePoint now);
bool IsArchived(const ObjectAttributes& attributes);

}  // namespace cumulite::s3
