#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "services/s3/call.h"
#include "services/s3/documents/access_control.h"

/// Access control lists: made from canned names, grant headers and documents, and asked who may.
namespace cumulite::s3 {

using Acl = documents::AccessControlPolicy;
enum class AclOf : std::uint8_t { kBucket, kObject };

/// The owner's alone.
Acl PrivateAcl(const Call& call, std::string_view owner);

/// What x-amz-acl or x-amz-grant-* ask for; nullopt when the request has neither.
/// Errors: InvalidArgument (a canned ACL, id or group that there is not), InvalidRequest (both kinds of
/// header), UnresolvableGrantByEmailAddress. Source: S3 User Guide "Access control list (ACL) overview".
std::optional<Acl> AclOfHeaders(const Call& call, AclOf of, std::string_view owner,
                                std::string_view bucket_owner);

/// What the body of PutBucketAcl or PutObjectAcl asks for.
/// Errors: MalformedACLError, InvalidArgument, AccessDenied (another owner).
Acl AclOfDocument(const Call& call, std::string_view document, std::string_view owner);

/// Whether everybody, or everybody with an account, is granted anything.
bool IsPublic(const Acl& acl);
/// Whether it is what bucket-owner-full-control and nothing else gives, which buckets without ACLs take, too.
bool IsOwnersAlone(const Acl& acl, std::string_view bucket_owner);

/// Whether `acl` grants the caller `permission` ("READ"); `ignore_public`: but not as one of everybody.
bool Grants(const Acl& acl, const protocol::Identity& caller, std::string_view permission,
            bool ignore_public);

/// <AccessControlPolicy>...</AccessControlPolicy>, as stored and as answered.
std::string EncodeAcl(const Acl& acl);
/// nullopt for text that is none.
std::optional<Acl> DecodeAcl(std::string_view text);

/// `acl` is what the request asks for in a bucket. Errors: AccessControlListNotSupported for one without
/// ACLs, which takes bucket-owner-full-control only; AccessDenied for one that blocks public ones.
void RequireAclAllowed(const Call& call, const Bucket& bucket, const Acl& acl);

}  // namespace cumulite::s3
