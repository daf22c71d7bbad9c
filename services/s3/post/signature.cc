#include "services/s3/post/signature.h"

#include <algorithm>

#include "protocol/arn.h"
#include "protocol/auth_errors.h"
#include "protocol/hmac.h"
#include "protocol/sigv2.h"
#include "protocol/sigv4.h"

namespace cumulite::s3 {
namespace {

/// "AKID/20130524/us-east-1/s3/aws4_request".
struct Credential {
  std::string_view access_key;
  std::string_view date;
  std::string_view region;
  std::string_view service;
};

const std::string& Require(const PostForm::Fields& fields, std::string_view name, std::string_view shown) {
  const auto found = fields.find(name);
  if (found != fields.end()) return found->second;
  throw InvalidArgument("Bucket POST must contain a field named '" + std::string(shown) +
                            "'.  If it is specified, please check the order of the fields.",
                        shown, "");
}

Credential ReadCredential(std::string_view text) {
  const std::string_view whole = text;
  Credential credential;
  for (std::string_view* field :
       {&credential.access_key, &credential.date, &credential.region, &credential.service}) {
    const std::size_t slash = text.find('/');
    if (slash == std::string_view::npos || slash == 0) {
      throw AwsError(kInvalidArgument,
                     "Error parsing the X-Amz-Credential parameter; the Credential is mal-formed")
          .With("ArgumentName", "X-Amz-Credential")
          .With("ArgumentValue", std::string(whole));
    }
    *field = text.substr(0, slash);
    text.remove_prefix(slash + 1);
  }
  return credential;
}

void RequireSignature(const Call& call, std::string_view access_key, const protocol::Credential* known,
                      const std::string& expected, const std::string& given) {
  if (!call.exchange.context.strict) return;
  if (known == nullptr) {
    throw AwsError(protocol::kS3InvalidAccessKeyId,
                   "The AWS Access Key Id you provided does not exist in our records.")
        .With("AWSAccessKeyId", std::string(access_key));
  }
  if (!protocol::ConstantTimeEquals(expected, given)) {
    throw AwsError(protocol::kS3SignatureDoesNotMatch, std::string(protocol::kS3SignatureDoesNotMatchMessage))
        .With("AWSAccessKeyId", std::string(access_key))
        .With("SignatureProvided", given);
  }
}

protocol::Identity IdentityOf(const Call& call, std::string_view access_key,
                              const protocol::Credential* known, std::string_view region) {
  protocol::Identity identity = call.identity();
  identity.access_key = access_key;
  if (!region.empty()) identity.region = region;
  if (known != nullptr) {
    identity.account = known->account;
    identity.display_name = known->name;
  } else if (protocol::IsAccountId(access_key)) {
    identity.account = access_key;
  }
  identity.principal = protocol::FormatGlobalArn(
      "aws", "iam", identity.account,
      known == nullptr || known->name.empty() ? std::string("root") : "user/" + known->name);
  return identity;
}

}  // namespace

protocol::Identity AuthenticateForm(const Call& call, const PostForm::Fields& fields) {
  const auto policy = fields.find("policy");
  const bool signs = fields.contains("awsaccesskeyid") || fields.contains("x-amz-credential");
  if (policy == fields.end()) {
    if (signs) Require(fields, "policy", "policy");
    return call.identity();
  }
  if (fields.contains("awsaccesskeyid") || fields.contains("signature")) {
    const std::string& access_key = Require(fields, "awsaccesskeyid", "AWSAccessKeyId");
    const std::string& signature = Require(fields, "signature", "Signature");
    const protocol::Credential* known = call.s3.FindCredential(access_key);
    const std::string expected =
        known == nullptr ? std::string() : protocol::SignatureV2(known->secret, policy->second);
    RequireSignature(call, access_key, known, expected, signature);
    return IdentityOf(call, access_key, known, {});
  }
  if (Require(fields, "x-amz-algorithm", "X-Amz-Algorithm") != "AWS4-HMAC-SHA256") {
    throw InvalidArgument("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"", "X-Amz-Algorithm",
                          fields.find("x-amz-algorithm")->second);
  }
  const Credential credential = ReadCredential(Require(fields, "x-amz-credential", "X-Amz-Credential"));
  Require(fields, "x-amz-date", "X-Amz-Date");
  const std::string& signature = Require(fields, "x-amz-signature", "X-Amz-Signature");
  const protocol::Credential* known = call.s3.FindCredential(credential.access_key);
  std::string expected;
  if (known != nullptr) {
    expected = protocol::Signature(
        protocol::SigningKey(known->secret, credential.date, credential.region, credential.service),
        policy->second);
  }
  RequireSignature(call, credential.access_key, known, expected, signature);
  return IdentityOf(call, credential.access_key, known, credential.region);
}

}  // namespace cumulite::s3
