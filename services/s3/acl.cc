#include "services/s3/acl.h"

#include <algorithm>
#include <array>

#include "protocol/xml_codec.h"
#include "protocol/xml_decode.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

using documents::Grant;
using documents::Grantee;

constexpr std::string_view kAllUsers = "http://acs.amazonaws.com/groups/global/AllUsers";
constexpr std::string_view kAuthenticatedUsers = "http://acs.amazonaws.com/groups/global/AuthenticatedUsers";
constexpr std::string_view kLogDelivery = "http://acs.amazonaws.com/groups/s3/LogDelivery";
// EC2, which reads bundles of machine images.
constexpr std::string_view kAwsExec = "6aa5a366c34c1cbe25dc49211496e913e0351eb0e8c37aa3477e40942ec6b97c";
constexpr std::string_view kFullControl = "FULL_CONTROL";
constexpr std::size_t kMaxGrants = 100;

struct Canned {
  std::string_view name;
  AclOf of;  // of buckets: not of objects, too, but of objects: ignored by buckets
  std::string_view group = {};
  std::array<std::string_view, 2> permissions = {};
  std::string_view bucket_owner = {};  // what the bucket's owner is granted
};

constexpr Canned kCanned[] = {
    {"private", AclOf::kObject},
    {"public-read", AclOf::kObject, kAllUsers, {"READ"}},
    {"public-read-write", AclOf::kObject, kAllUsers, {"READ", "WRITE"}},
    {"authenticated-read", AclOf::kObject, kAuthenticatedUsers, {"READ"}},
    {"aws-exec-read", AclOf::kObject},
    {"bucket-owner-read", AclOf::kObject, {}, {}, "READ"},
    {"bucket-owner-full-control", AclOf::kObject, {}, {}, kFullControl},
    {"log-delivery-write", AclOf::kBucket, kLogDelivery, {"WRITE", "READ_ACP"}},
};

struct GrantHeader {
  std::string_view name;
  std::string_view permission;
};
constexpr GrantHeader kGrantHeaders[] = {
    {"x-amz-grant-full-control", kFullControl}, {"x-amz-grant-read", "READ"},
    {"x-amz-grant-read-acp", "READ_ACP"},       {"x-amz-grant-write", "WRITE"},
    {"x-amz-grant-write-acp", "WRITE_ACP"},
};

Grantee User(std::string id, std::string_view name) {
  Grantee grantee{
      .display_name = {}, .email_address = {}, .id = std::move(id), .type = "CanonicalUser", .uri = {}};
  if (!name.empty()) grantee.display_name = std::string(name);
  return grantee;
}

Grantee Group(std::string_view uri) {
  return {.display_name = {}, .email_address = {}, .id = {}, .type = "Group", .uri = std::string(uri)};
}

Grant ToAccount(const Call& call, std::string_view account, std::string_view permission) {
  return {User(CanonicalId(account), call.s3.DisplayName(account)), std::string(permission)};
}

Acl CannedAcl(const Call& call, std::string_view name, AclOf of, std::string_view owner,
              std::string_view bucket_owner) {
  const auto canned = std::find_if(std::begin(kCanned), std::end(kCanned),
                                   [&](const Canned& row) { return row.name == name; });
  if (canned == std::end(kCanned) || (canned->of == AclOf::kBucket && of == AclOf::kObject)) {
    throw InvalidArgument("", "x-amz-acl", name);
  }
  Acl acl = PrivateAcl(call, owner);
  for (const std::string_view permission : canned->permissions) {
    if (!permission.empty()) acl.grants.push_back({Group(canned->group), std::string(permission)});
  }
  if (name == "aws-exec-read") acl.grants.push_back({User(std::string(kAwsExec), {}), "READ"});
  if (!canned->bucket_owner.empty() && of == AclOf::kObject && bucket_owner != owner) {
    acl.grants.push_back(ToAccount(call, bucket_owner, canned->bucket_owner));
  }
  return acl;
}

void CheckGroup(std::string_view uri) {
  if (uri == kAllUsers || uri == kAuthenticatedUsers || uri == kLogDelivery) return;
  throw InvalidArgument("Invalid group uri", "uri", uri);
}

/// The name that goes with the id.
std::string_view CheckUser(const Call& call, std::string_view id) {
  const bool well_formed =
      id.size() == 64 && id.find_first_not_of("0123456789abcdef") == std::string_view::npos;
  const auto account = well_formed ? call.s3.AccountOf(id) : std::nullopt;
  // In permissive mode every account is there as soon as somebody acts for it.
  if (account || id == kAwsExec) return account ? call.s3.DisplayName(*account) : std::string_view{};
  if (well_formed && !call.exchange.context.strict) return {};
  throw InvalidArgument("Invalid id", "id", id);
}

[[noreturn]] void RefuseEmail(std::string_view email) {
  throw AwsError(kUnresolvableGrantByEmailAddress,
                 "The e-mail address you provided does not match any account on record.")
      .With("emailAddress", std::string(email));
}

/// Takes `name="value"` off the front of a grant header's list.
std::pair<std::string_view, std::string_view> TakeGrantee(std::string_view& list, std::string_view whole) {
  const auto skip = [&] { list.remove_prefix(std::min(list.find_first_not_of(" \t,"), list.size())); };
  skip();
  const std::size_t equals = list.find('=');
  if (equals == std::string_view::npos)
    throw InvalidArgument("Argument format not recognized", "grantee", whole);
  const std::string_view name = list.substr(0, equals);
  list.remove_prefix(equals + 1);
  std::string_view value;
  if (list.starts_with('"')) {
    const std::size_t end = list.find('"', 1);
    if (end == std::string_view::npos)
      throw InvalidArgument("Argument format not recognized", "grantee", whole);
    value = list.substr(1, end - 1);
    list.remove_prefix(end + 1);
  } else {
    value = list.substr(0, list.find(','));
    list.remove_prefix(value.size());
    while (value.ends_with(' ')) value.remove_suffix(1);
  }
  skip();
  return {name, value};
}

void TakeGrantHeader(const Call& call, std::string_view header, std::string_view permission, Acl& acl) {
  for (std::string_view list = header; !list.empty();) {
    const auto [name, value] = TakeGrantee(list, header);
    if (protocol::EqualsIgnoreCase(name, "id")) {
      acl.grants.push_back({User(std::string(value), CheckUser(call, value)), std::string(permission)});
    } else if (protocol::EqualsIgnoreCase(name, "uri")) {
      CheckGroup(value);
      acl.grants.push_back({Group(value), std::string(permission)});
    } else if (protocol::EqualsIgnoreCase(name, "emailAddress")) {
      RefuseEmail(value);
    } else {
      throw InvalidArgument("Argument format not recognized", "grantee", header);
    }
  }
}

AwsError MalformedAcl() {
  return AwsError(
      kMalformedACLError,
      "The XML you provided was not well-formed or did not validate against our published schema");
}

bool Is(const Grantee& grantee, const protocol::Identity& caller, bool ignore_public) {
  if (grantee.type == "Group") {
    if (ignore_public) return false;
    return grantee.uri == kAllUsers || (grantee.uri == kAuthenticatedUsers && !caller.access_key.empty());
  }
  return !caller.account.empty() && grantee.id == CanonicalId(caller.account);
}

}  // namespace

Acl PrivateAcl(const Call& call, std::string_view owner) {
  Acl acl;
  Grant grant = ToAccount(call, owner, kFullControl);
  acl.owner = documents::Owner{.display_name = grant.grantee->display_name, .id = grant.grantee->id};
  acl.grants.push_back(std::move(grant));
  return acl;
}

std::optional<Acl> AclOfHeaders(const Call& call, AclOf of, std::string_view owner,
                                std::string_view bucket_owner) {
  const auto canned = call.Header("x-amz-acl");
  std::optional<Acl> granted;
  for (const auto& [name, permission] : kGrantHeaders) {
    const auto header = call.Header(name);
    if (!header) continue;
    if (canned) {
      throw AwsError(kInvalidRequest, "Specifying both Canned ACLs and Header Grants is not allowed");
    }
    if (!granted) {
      granted = PrivateAcl(call, owner);
      granted->grants.clear();
    }
    TakeGrantHeader(call, *header, permission, *granted);
  }
  if (!canned) return granted;
  return CannedAcl(call, *canned, of, owner, bucket_owner);
}

Acl AclOfDocument(const Call& call, std::string_view document, std::string_view owner) {
  Acl acl;
  if (!protocol::DecodeXml(document, "AccessControlPolicy", &acl, Acl::Describe())) throw MalformedAcl();
  if (acl.grants.size() > kMaxGrants || !acl.owner) throw MalformedAcl();
  const Acl own = PrivateAcl(call, owner);
  if (acl.owner->id && acl.owner->id != own.owner->id) throw AccessDenied();
  acl.owner = own.owner;
  for (Grant& grant : acl.grants) {
    if (!grant.grantee || !grant.permission) throw MalformedAcl();
    Grantee& grantee = *grant.grantee;
    if (grantee.type == "Group") {
      if (!grantee.uri) throw MalformedAcl();
      CheckGroup(*grantee.uri);
      grantee = Group(*std::exchange(grantee.uri, std::nullopt));
    } else if (grantee.type == "CanonicalUser") {
      if (!grantee.id) throw MalformedAcl();
      std::string id = *grantee.id;
      const std::string_view name = CheckUser(call, id);
      grantee = User(std::move(id), name);
    } else {
      RefuseEmail(grantee.email_address.value_or(""));
    }
  }
  return acl;
}

bool IsPublic(const Acl& acl) {
  return std::any_of(acl.grants.begin(), acl.grants.end(), [](const Grant& grant) {
    return grant.grantee->uri == kAllUsers || grant.grantee->uri == kAuthenticatedUsers;
  });
}

bool IsOwnersAlone(const Acl& acl, std::string_view bucket_owner) {
  return !acl.grants.empty() && std::all_of(acl.grants.begin(), acl.grants.end(), [&](const Grant& grant) {
    return grant.permission == kFullControl && grant.grantee->id == CanonicalId(bucket_owner);
  });
}

bool Grants(const Acl& acl, const protocol::Identity& caller, std::string_view permission,
            bool ignore_public) {
  return std::any_of(acl.grants.begin(), acl.grants.end(), [&](const Grant& grant) {
    return (grant.permission == permission || grant.permission == kFullControl) &&
           Is(*grant.grantee, caller, ignore_public);
  });
}

std::string EncodeAcl(const Acl& acl) {
  std::string text;
  protocol::XmlWriter xml(text);
  xml.Open("AccessControlPolicy");
  protocol::EncodeXml(&acl, Acl::Describe(), xml);
  xml.Close("AccessControlPolicy");
  return text;
}

std::optional<Acl> DecodeAcl(std::string_view text) {
  Acl acl;
  if (!protocol::DecodeXml(text, "AccessControlPolicy", &acl, Acl::Describe())) return std::nullopt;
  return acl;
}

void RequireAclAllowed(const Call& call, const Bucket& bucket, const Acl& acl) {
  const BucketConfiguration& configuration = *bucket.configuration;
  if (configuration.ownership == Ownership::kBucketOwnerEnforced) {
    const std::string_view canned = call.Header("x-amz-acl").value_or("bucket-owner-full-control");
    if (canned != "bucket-owner-full-control" || !IsOwnersAlone(acl, bucket.account)) {
      throw AwsError(kAccessControlListNotSupported, "The bucket does not allow ACLs");
    }
  }
  const bool blocked = configuration.public_access.block_public_acls ||
                       call.s3.control().PublicAccessOf(bucket.account).block_public_acls;
  if (blocked && IsPublic(acl)) throw AccessDenied();
}

}  // namespace cumulite::s3
