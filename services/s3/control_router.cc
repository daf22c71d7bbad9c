#include <string_view>

#include "services/s3/router.h"

namespace cumulite::s3 {
namespace {

struct ControlRoute {
  std::string_view operation;
  std::string_view method;
  std::string_view path;  // below /v20180820/
};

// S3 Control API Reference, "Actions: Amazon S3 Control".
constexpr ControlRoute kControlRoutes[] = {
    {"DeleteAccessGrantsInstance", "DELETE", "accessgrantsinstance"},
    {"GetAccessGrantsInstance", "GET", "accessgrantsinstance"},
    {"CreateAccessGrantsInstance", "POST", "accessgrantsinstance"},
    {"ListCallerAccessGrants", "GET", "accessgrantsinstance/caller/grants"},
    {"GetDataAccess", "GET", "accessgrantsinstance/dataaccess"},
    {"CreateAccessGrant", "POST", "accessgrantsinstance/grant"},
    {"DeleteAccessGrant", "DELETE", "accessgrantsinstance/grant/{id}"},
    {"GetAccessGrant", "GET", "accessgrantsinstance/grant/{id}"},
    {"ListAccessGrants", "GET", "accessgrantsinstance/grants"},
    {"DissociateAccessGrantsIdentityCenter", "DELETE", "accessgrantsinstance/identitycenter"},
    {"AssociateAccessGrantsIdentityCenter", "POST", "accessgrantsinstance/identitycenter"},
    {"CreateAccessGrantsLocation", "POST", "accessgrantsinstance/location"},
    {"DeleteAccessGrantsLocation", "DELETE", "accessgrantsinstance/location/{id}"},
    {"GetAccessGrantsLocation", "GET", "accessgrantsinstance/location/{id}"},
    {"UpdateAccessGrantsLocation", "PUT", "accessgrantsinstance/location/{id}"},
    {"ListAccessGrantsLocations", "GET", "accessgrantsinstance/locations"},
    {"GetAccessGrantsInstanceForPrefix", "GET", "accessgrantsinstance/prefix"},
    {"DeleteAccessGrantsInstanceResourcePolicy", "DELETE", "accessgrantsinstance/resourcepolicy"},
    {"GetAccessGrantsInstanceResourcePolicy", "GET", "accessgrantsinstance/resourcepolicy"},
    {"PutAccessGrantsInstanceResourcePolicy", "PUT", "accessgrantsinstance/resourcepolicy"},
    {"ListAccessGrantsInstances", "GET", "accessgrantsinstances"},
    {"ListAccessPoints", "GET", "accesspoint"},
    {"DeleteAccessPoint", "DELETE", "accesspoint/{name}"},
    {"GetAccessPoint", "GET", "accesspoint/{name}"},
    {"CreateAccessPoint", "PUT", "accesspoint/{name}"},
    {"DeleteAccessPointPolicy", "DELETE", "accesspoint/{name}/policy"},
    {"GetAccessPointPolicy", "GET", "accesspoint/{name}/policy"},
    {"PutAccessPointPolicy", "PUT", "accesspoint/{name}/policy"},
    {"GetAccessPointPolicyStatus", "GET", "accesspoint/{name}/policyStatus"},
    {"DeleteAccessPointScope", "DELETE", "accesspoint/{name}/scope"},
    {"GetAccessPointScope", "GET", "accesspoint/{name}/scope"},
    {"PutAccessPointScope", "PUT", "accesspoint/{name}/scope"},
    {"ListAccessPointsForDirectoryBuckets", "GET", "accesspointfordirectory"},
    {"ListAccessPointsForObjectLambda", "GET", "accesspointforobjectlambda"},
    {"DeleteAccessPointForObjectLambda", "DELETE", "accesspointforobjectlambda/{name}"},
    {"GetAccessPointForObjectLambda", "GET", "accesspointforobjectlambda/{name}"},
    {"CreateAccessPointForObjectLambda", "PUT", "accesspointforobjectlambda/{name}"},
    {"GetAccessPointConfigurationForObjectLambda", "GET", "accesspointforobjectlambda/{name}/configuration"},
    {"PutAccessPointConfigurationForObjectLambda", "PUT", "accesspointforobjectlambda/{name}/configuration"},
    {"DeleteAccessPointPolicyForObjectLambda", "DELETE", "accesspointforobjectlambda/{name}/policy"},
    {"GetAccessPointPolicyForObjectLambda", "GET", "accesspointforobjectlambda/{name}/policy"},
    {"PutAccessPointPolicyForObjectLambda", "PUT", "accesspointforobjectlambda/{name}/policy"},
    {"GetAccessPointPolicyStatusForObjectLambda", "GET", "accesspointforobjectlambda/{name}/policyStatus"},
    {"CreateMultiRegionAccessPoint", "POST", "async-requests/mrap/create"},
    {"DeleteMultiRegionAccessPoint", "POST", "async-requests/mrap/delete"},
    {"PutMultiRegionAccessPointPolicy", "POST", "async-requests/mrap/put-policy"},
    {"DescribeMultiRegionAccessPointOperation", "GET", "async-requests/mrap/{request_token+}"},
    {"ListRegionalBuckets", "GET", "bucket"},
    {"DeleteBucket", "DELETE", "bucket/{name}"},
    {"GetBucket", "GET", "bucket/{name}"},
    {"CreateBucket", "PUT", "bucket/{name}"},
    {"DeleteBucketLifecycleConfiguration", "DELETE", "bucket/{name}/lifecycleconfiguration"},
    {"GetBucketLifecycleConfiguration", "GET", "bucket/{name}/lifecycleconfiguration"},
    {"PutBucketLifecycleConfiguration", "PUT", "bucket/{name}/lifecycleconfiguration"},
    {"DeleteBucketPolicy", "DELETE", "bucket/{name}/policy"},
    {"GetBucketPolicy", "GET", "bucket/{name}/policy"},
    {"PutBucketPolicy", "PUT", "bucket/{name}/policy"},
    {"DeleteBucketReplication", "DELETE", "bucket/{name}/replication"},
    {"GetBucketReplication", "GET", "bucket/{name}/replication"},
    {"PutBucketReplication", "PUT", "bucket/{name}/replication"},
    {"DeleteBucketTagging", "DELETE", "bucket/{name}/tagging"},
    {"GetBucketTagging", "GET", "bucket/{name}/tagging"},
    {"PutBucketTagging", "PUT", "bucket/{name}/tagging"},
    {"GetBucketVersioning", "GET", "bucket/{name}/versioning"},
    {"PutBucketVersioning", "PUT", "bucket/{name}/versioning"},
    {"DeletePublicAccessBlock", "DELETE", "configuration/publicAccessBlock"},
    {"GetPublicAccessBlock", "GET", "configuration/publicAccessBlock"},
    {"PutPublicAccessBlock", "PUT", "configuration/publicAccessBlock"},
    {"ListJobs", "GET", "jobs"},
    {"CreateJob", "POST", "jobs"},
    {"DescribeJob", "GET", "jobs/{id}"},
    {"UpdateJobPriority", "POST", "jobs/{id}/priority"},
    {"UpdateJobStatus", "POST", "jobs/{id}/status"},
    {"DeleteJobTagging", "DELETE", "jobs/{id}/tagging"},
    {"GetJobTagging", "GET", "jobs/{id}/tagging"},
    {"PutJobTagging", "PUT", "jobs/{id}/tagging"},
    {"ListMultiRegionAccessPoints", "GET", "mrap/instances"},
    {"GetMultiRegionAccessPointRoutes", "GET", "mrap/instances/{mrap+}/routes"},
    {"SubmitMultiRegionAccessPointRoutes", "PATCH", "mrap/instances/{mrap+}/routes"},
    {"GetMultiRegionAccessPoint", "GET", "mrap/instances/{name+}"},
    {"GetMultiRegionAccessPointPolicy", "GET", "mrap/instances/{name+}/policy"},
    {"GetMultiRegionAccessPointPolicyStatus", "GET", "mrap/instances/{name+}/policystatus"},
    {"ListStorageLensConfigurations", "GET", "storagelens"},
    {"DeleteStorageLensConfiguration", "DELETE", "storagelens/{storagelensid}"},
    {"GetStorageLensConfiguration", "GET", "storagelens/{storagelensid}"},
    {"PutStorageLensConfiguration", "PUT", "storagelens/{storagelensid}"},
    {"DeleteStorageLensConfigurationTagging", "DELETE", "storagelens/{storagelensid}/tagging"},
    {"GetStorageLensConfigurationTagging", "GET", "storagelens/{storagelensid}/tagging"},
    {"PutStorageLensConfigurationTagging", "PUT", "storagelens/{storagelensid}/tagging"},
    {"ListStorageLensGroups", "GET", "storagelensgroup"},
    {"CreateStorageLensGroup", "POST", "storagelensgroup"},
    {"DeleteStorageLensGroup", "DELETE", "storagelensgroup/{name}"},
    {"GetStorageLensGroup", "GET", "storagelensgroup/{name}"},
    {"UpdateStorageLensGroup", "PUT", "storagelensgroup/{name}"},
    {"UntagResource", "DELETE", "tags/{resourceArn+}"},
    {"ListTagsForResource", "GET", "tags/{resourceArn+}"},
    {"TagResource", "POST", "tags/{resourceArn+}"},
};

/// Takes the text up to the next '/' off the front.
std::string_view TakeSegment(std::string_view& path) {
  const std::string_view segment = path.substr(0, path.find('/'));
  path.remove_prefix(segment.size() + (segment.size() < path.size() ? 1 : 0));
  return segment;
}

/// `path` against a template whose "{x}" stands for one segment and "{x+}" for one or more.
bool Matches(std::string_view pattern, std::string_view path) {
  while (!pattern.empty() && !path.empty()) {
    const std::string_view expected = TakeSegment(pattern);
    if (expected.ends_with("+}")) {
      if (pattern.empty()) return true;
      return path.size() > pattern.size() && path.ends_with(pattern) &&
             path[path.size() - pattern.size() - 1] == '/';
    }
    const std::string_view segment = TakeSegment(path);
    if (segment.empty() || (expected.front() != '{' && segment != expected)) return false;
  }
  return pattern.empty() && path.empty();
}

}  // namespace

std::string_view ControlOperation(std::string_view method, std::string_view path) {
  constexpr std::string_view kVersion = "/v20180820/";
  if (!path.starts_with(kVersion)) return {};
  path.remove_prefix(kVersion.size());
  std::string_view best;
  std::size_t longest = 0;  // the more a template spells out, the better it fits
  for (const ControlRoute& row : kControlRoutes) {
    if (row.method == method && row.path.size() > longest && Matches(row.path, path)) {
      best = row.operation;
      longest = row.path.size();
    }
  }
  return best;
}

}  // namespace cumulite::s3
