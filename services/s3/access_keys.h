#pragma once
#include <map>
#include <string>
#include <vector>

#include "services/s3/access.h"

namespace cumulite::s3 {

/// The condition keys of S3 that a request has, in lower case: s3:prefix, s3:x-amz-acl,
/// s3:existingobjecttag/<key> (read only if the bucket's policy asks for it), and so on.
/// Source: Service Authorization Reference "Condition keys for Amazon S3".
std::map<std::string, std::vector<std::string>> ConditionKeys(const Call& call, const Bucket& bucket,
                                                              const Wish& wish);

}  // namespace cumulite::s3
