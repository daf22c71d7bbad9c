#include "services/s3/access_keys.h"

#include <algorithm>

#include "base/text.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/stored_object.h"

namespace cumulite::s3 {
namespace {

using Keys = std::map<std::string, std::vector<std::string>>;

// Headers that are condition keys by their own names.
constexpr std::string_view kHeaderKeys[] = {
    "x-amz-acl",
    "x-amz-content-sha256",
    "x-amz-copy-source",
    "x-amz-grant-full-control",
    "x-amz-grant-read",
    "x-amz-grant-read-acp",
    "x-amz-grant-write",
    "x-amz-grant-write-acp",
    "x-amz-metadata-directive",
    "x-amz-server-side-encryption",
    "x-amz-server-side-encryption-aws-kms-key-id",
    "x-amz-server-side-encryption-customer-algorithm",
    "x-amz-storage-class",
    "x-amz-website-redirect-location",
};

// Those that are called otherwise.
struct Renamed {
  std::string_view from;
  std::string_view key;
};
constexpr Renamed kRenamedHeaders[] = {
    {"x-amz-object-ownership", "s3:x-amz-object-ownership"},
    {"x-amz-object-lock-mode", "s3:object-lock-mode"},
    {"x-amz-object-lock-retain-until-date", "s3:object-lock-retain-until-date"},
    {"x-amz-object-lock-legal-hold", "s3:object-lock-legal-hold"},
    {"if-match", "s3:if-match"},
    {"if-none-match", "s3:if-none-match"},
    {"user-agent", "aws:useragent"},
    {"referer", "aws:referer"},
};
constexpr Renamed kQueryKeys[] = {
    {"prefix", "s3:prefix"},
    {"delimiter", "s3:delimiter"},
    {"max-keys", "s3:max-keys"},
    {"versionId", "s3:versionid"},
};

/// "a=1&b=2" as s3:<name>/a and s3:<name>/b, and the names together.
void AddTags(std::string_view tags, const std::string& one, const char* all, Keys& keys) {
  const auto parsed = protocol::ParseQuery(tags);
  if (!parsed) return;
  for (const protocol::QueryParam& tag : *parsed) {
    keys[one + base::ToLower(tag.name)] = {tag.value};
    if (all != nullptr) keys[all].push_back(tag.name);
  }
}

bool AsksForTags(const protocol::Policy& policy) {
  const auto& statements = policy.statements();
  return std::any_of(statements.begin(), statements.end(), [](const auto& statement) {
    return std::any_of(statement.conditions.begin(), statement.conditions.end(), [](const auto& condition) {
      return condition.key.starts_with("s3:existingobjecttag/");
    });
  });
}

void AddSignature(const Call& call, Keys& keys) {
  if (call.identity().access_key.empty()) return;
  const std::string_view authorization = call.request().Header("Authorization");
  const bool in_query = authorization.empty();
  keys["s3:authtype"] = {in_query ? "REST-QUERY-STRING" : "REST-HEADER"};
  const bool old = in_query ? call.Query("AWSAccessKeyId").has_value() : authorization.starts_with("AWS ");
  keys["s3:signatureversion"] = {old ? "AWS" : "AWS4-HMAC-SHA256"};
}

}  // namespace

Keys ConditionKeys(const Call& call, const Bucket& bucket, const Wish& wish) {
  Keys keys;
  for (const std::string_view name : kHeaderKeys) {
    if (const auto value = call.Header(name)) keys["s3:" + std::string(name)] = {std::string(*value)};
  }
  for (const auto& [name, key] : kRenamedHeaders) {
    if (const auto value = call.Header(name)) keys[std::string(key)] = {std::string(*value)};
  }
  for (const auto& [name, key] : kQueryKeys) {
    if (const auto value = call.Query(name)) keys[std::string(key)] = {std::string(*value)};
  }
  // A look whether a key is there counts as a listing of just that key.
  if (wish.action == "s3:ListBucket" && !call.key().empty()) keys["s3:prefix"] = {call.key()};
  if (const auto tags = call.Header("x-amz-tagging")) {
    AddTags(*tags, "s3:requestobjecttag/", "s3:requestobjecttagkeys", keys);
  }
  const auto& policy = bucket.configuration->policy;
  if (!wish.key.empty() && policy && AsksForTags(*policy)) {
    if (const auto object = FindObjectAccess(call, bucket, wish.key, wish.version)) {
      AddTags(object->tags, "s3:existingobjecttag/", nullptr, keys);
    }
  }
  keys["s3:resourceaccount"] = {bucket.account};
  AddSignature(call, keys);
  return keys;
}

}  // namespace cumulite::s3
