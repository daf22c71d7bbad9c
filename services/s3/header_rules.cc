#include "services/s3/header_rules.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "services/s3/errors.h"

namespace cumulite::s3 {
namespace {

using Values = std::span<const std::string_view>;

constexpr std::array<std::string_view, 8> kClasses{"STANDARD",     "REDUCED_REDUNDANCY",  "STANDARD_IA",
                                                   "ONEZONE_IA",   "INTELLIGENT_TIERING", "GLACIER",
                                                   "DEEP_ARCHIVE", "GLACIER_IR"};
constexpr std::array<std::string_view, 1> kFalse{"false"};

enum class Rule : unsigned char {
  kNotBuilt,     // 501 whatever its value, or unless it is one of `honoured`
  kKnownValues,  // as above; a value in neither list is the caller's error
  kEncryption,   // not on every operation; encryption.cc reads it
};

struct HeaderRule {
  std::string_view name;
  Rule rule = Rule::kNotBuilt;
  Values honoured = {};
  Values not_built = {};
};

constexpr HeaderRule kRules[] = {
    {"x-amz-storage-class", Rule::kKnownValues, kClasses},
    {"x-amz-server-side-encryption", Rule::kEncryption},
    {"x-amz-write-offset-bytes"},
    {"x-amz-mfa"},
    {"x-amz-if-match-last-modified-time"},
    {"x-amz-if-match-size"},
    {"x-amz-if-match-initiated-time"},
    {"x-amz-checksum-sha512"},
    {"x-amz-checksum-md5"},
    {"x-amz-checksum-xxhash64"},
    {"x-amz-checksum-xxhash3"},
    {"x-amz-checksum-xxhash128"},
};

bool Contains(Values values, std::string_view value) {
  return std::find(values.begin(), values.end(), value) != values.end();
}

void CheckHeader(const HeaderRule& rule, std::string_view value, Access access) {
  if (rule.rule == Rule::kEncryption) {
    if (access != Access::kRead && access != Access::kWritePart) return;
    throw InvalidArgument("x-amz-server-side-encryption header is not supported for this operation.",
                          rule.name, value);
  }
  if (Contains(rule.honoured, value)) return;
  if (rule.rule == Rule::kNotBuilt || Contains(rule.not_built, value)) throw HeaderNotImplemented(rule.name);
  if (rule.name == "x-amz-storage-class") {
    throw AwsError(kInvalidStorageClass, "The storage class you specified is not valid")
        .With("StorageClassRequested", std::string(value));
  }
  throw InvalidArgument("", rule.name, value);
}

}  // namespace

void CheckHeaders(const protocol::HttpRequest& request, Access access) {
  constexpr std::string_view kPrefix = "x-amz-";
  for (const protocol::HeaderField& field : request.headers) {
    if (field.name.size() <= kPrefix.size() ||
        !protocol::EqualsIgnoreCase(field.name.substr(0, kPrefix.size()), kPrefix)) {
      continue;
    }
    for (const HeaderRule& rule : kRules) {
      if (protocol::EqualsIgnoreCase(field.name, rule.name)) CheckHeader(rule, field.value, access);
    }
  }
}

}  // namespace cumulite::s3
