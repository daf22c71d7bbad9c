#include "services/s3/encryption.h"

#include <array>

#include "protocol/base64.h"
#include "protocol/hmac.h"
#include "services/s3/bucket_configuration.h"

namespace cumulite::s3 {
namespace {

using Kind = Encryption::Kind;

constexpr std::string_view kSse = "x-amz-server-side-encryption";
constexpr std::string_view kKmsKey = "x-amz-server-side-encryption-aws-kms-key-id";
constexpr std::string_view kContext = "x-amz-server-side-encryption-context";
constexpr std::string_view kBucketKey = "x-amz-server-side-encryption-bucket-key-enabled";
constexpr std::size_t kKeyBytes = 32;

/// The three headers of a customer's key.
struct CustomerHeaders {
  std::string_view algorithm;
  std::string_view key;
  std::string_view md5;
};
constexpr CustomerHeaders kOwn{"x-amz-server-side-encryption-customer-algorithm",
                               "x-amz-server-side-encryption-customer-key",
                               "x-amz-server-side-encryption-customer-key-MD5"};
constexpr CustomerHeaders kOfSource{"x-amz-copy-source-server-side-encryption-customer-algorithm",
                                    "x-amz-copy-source-server-side-encryption-customer-key",
                                    "x-amz-copy-source-server-side-encryption-customer-key-MD5"};

struct CustomerKey {
  std::string secret;
  std::string md5;  // base64
};

/// Differs from AWS: customers' keys are taken over plain HTTP, too.
std::optional<CustomerKey> ReadCustomerKey(const Call& call, const CustomerHeaders& headers) {
  const auto algorithm = call.Header(headers.algorithm);
  const auto key = call.Header(headers.key);
  const auto md5 = call.Header(headers.md5);
  if (!algorithm && !key && !md5) return std::nullopt;
  const auto must = [&](std::string_view what, std::string_view header) {
    return InvalidArgument(
        "Requests specifying Server Side Encryption with Customer provided keys must provide " +
            std::string(what),
        header, "null");
  };
  if (!algorithm) throw must("a valid encryption algorithm.", kSse);
  if (*algorithm != "AES256") {
    throw AwsError(kInvalidEncryptionAlgorithmError,
                   "The Encryption request you specified is not valid. Supported value: AES256.")
        .With("ArgumentName", std::string(headers.algorithm))
        .With("ArgumentValue", std::string(*algorithm));
  }
  if (!key || key->empty()) throw must("an appropriate secret key.", headers.key);
  const auto secret = protocol::Base64Decode(*key);
  if (!secret || secret->size() != kKeyBytes) {
    throw InvalidArgument("The secret key was invalid for the specified algorithm.", headers.algorithm,
                          *algorithm);
  }
  if (!md5 || md5->empty()) throw must("the client calculated MD5 of the secret key.", headers.md5);
  const std::string calculated = protocol::Checksum(ChecksumAlgorithm::kMd5, *secret).Base64();
  if (!protocol::ConstantTimeEquals(calculated, *md5)) {
    throw InvalidArgument("The calculated MD5 hash of the key did not match the hash that was provided.",
                          headers.md5, *md5);
  }
  return CustomerKey{*secret, calculated};
}

/// The ARN of a key; without one that of the account's aws/s3 key, which is the same every time.
std::string KmsKeyArn(const Call& call, const Bucket& bucket, std::string_view id) {
  const std::string prefix = "arn:aws:kms:" + bucket.region + ":" + call.identity().account + ":";
  if (id.starts_with("arn:")) return std::string(id);
  if (id.starts_with("alias/")) return prefix + std::string(id);
  if (!id.empty()) return prefix + "key/" + std::string(id);
  std::string uuid =
      protocol::Checksum(ChecksumAlgorithm::kSha256, prefix + "alias/aws/s3").Hex().substr(0, 32);
  for (const std::size_t dash : {8, 13, 18, 23}) uuid.insert(dash, 1, '-');
  return prefix + "key/" + uuid;
}

std::optional<Kind> ParseKind(std::string_view value) {
  if (value == "AES256") return Kind::kAes256;
  if (value == "aws:kms") return Kind::kKms;
  if (value == "aws:kms:dsse") return Kind::kDsse;
  return std::nullopt;
}

Encryption ReadManaged(const Call& call, const Bucket& bucket, std::string_view value) {
  const auto kind = ParseKind(value);
  if (!kind) throw InvalidArgument("The encryption method specified is not supported", kSse, value);
  Encryption encryption;
  encryption.kind = *kind;
  encryption.seal = Seal::kLocal;
  const auto key = call.Header(kKmsKey);
  if (*kind == Kind::kAes256) {
    if (key || call.Header(kContext)) {
      throw InvalidArgument(
          "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption "
          ": "
          "aws:kms",
          kSse, value);
    }
    return encryption;
  }
  encryption.kms_key = KmsKeyArn(call, bucket, key.value_or(""));
  encryption.context = call.Header(kContext).value_or("");
  if (!encryption.context.empty() && !protocol::Base64Decode(encryption.context)) {
    throw InvalidArgument(
        "The header 'x-amz-server-side-encryption-context' shall be Base64-encoded UTF-8 string "
        "holding JSON which represents a string-string map",
        kContext, encryption.context);
  }
  const auto bucket_key = call.Header(kBucketKey);
  encryption.bucket_key = bucket_key && protocol::EqualsIgnoreCase(*bucket_key, "true");
  return encryption;
}

/// What the bucket's configuration says of objects that do not.
void ApplyDefault(const Call& call, const Bucket& bucket, Encryption& encryption) {
  const auto& configuration = bucket.configuration->encryption;
  if (!configuration || configuration->rules.empty()) return;
  const documents::ServerSideEncryptionRule& rule = configuration->rules.front();
  if (!rule.apply_server_side_encryption_by_default) return;
  const documents::ServerSideEncryptionByDefault& by_default = *rule.apply_server_side_encryption_by_default;
  encryption.kind = ParseKind(by_default.sse_algorithm).value_or(Kind::kAes256);
  encryption.seal = Seal::kLocal;
  if (encryption.kind == Kind::kAes256) return;
  encryption.kms_key = KmsKeyArn(call, bucket, by_default.kms_master_key_id.value_or(""));
  encryption.bucket_key = rule.bucket_key_enabled.value_or(false);
}

AwsError NeedsKey() {
  return AwsError(
      kInvalidRequest,
      "The object was stored using a form of Server Side Encryption. The correct parameters must be "
      "provided to retrieve the object.");
}

std::optional<SealKey> Opening(const Call& call, const Encryption& encryption,
                               const CustomerHeaders& headers) {
  std::optional<CustomerKey> given = ReadCustomerKey(call, headers);
  if (encryption.kind != Kind::kCustomer) {
    if (given)
      throw AwsError(kInvalidRequest, "The encryption parameters are not applicable to this object.");
    if (encryption.seal == Seal::kLocal) return call.s3.local_key().Get();
    return std::nullopt;
  }
  if (!given) throw NeedsKey();
  if (given->md5 != encryption.customer_key_md5) throw AwsError(kAccessDenied, "Access Denied");
  return SealKey(std::move(given->secret));
}

}  // namespace

WantedEncryption ReadEncryption(const Call& call, const Bucket& bucket) {
  WantedEncryption wanted;
  const auto value = call.Header(kSse);
  if (std::optional<CustomerKey> customer = ReadCustomerKey(call, kOwn)) {
    if (value) {
      throw InvalidArgument(
          "Server Side Encryption with Customer provided key is incompatible with the encryption method "
          "specified",
          kSse, *value);
    }
    wanted.encryption.kind = Kind::kCustomer;
    wanted.encryption.seal = Seal::kCustomer;
    wanted.encryption.customer_key_md5 = std::move(customer->md5);
    wanted.key.emplace(std::move(customer->secret));
    return wanted;
  }
  if (value) {
    wanted.encryption = ReadManaged(call, bucket, *value);
  } else if (call.Header(kKmsKey)) {
    throw InvalidArgument(
        "Server Side Encryption with AWS KMS managed key requires HTTP header x-amz-server-side-encryption : "
        "aws:kms",
        kSse, "null");
  }
  if (!value) ApplyDefault(call, bucket, wanted.encryption);
  if (wanted.encryption.seal == Seal::kLocal) wanted.key = call.s3.local_key().Get();
  return wanted;
}

std::optional<SealKey> OpeningKey(const Call& call, const Encryption& encryption) {
  return Opening(call, encryption, kOwn);
}

std::optional<SealKey> OpeningKeyOfSource(const Call& call, const Encryption& encryption) {
  return Opening(call, encryption, kOfSource);
}

std::optional<SealKey> KeyOfPart(const Call& call, const Encryption& encryption) {
  std::optional<CustomerKey> given = ReadCustomerKey(call, kOwn);
  if (encryption.kind != Kind::kCustomer) {
    if (given) {
      throw AwsError(
          kInvalidRequest,
          "The multipart upload initiate did not request encryption. Please resend the request without "
          "sending encryption parameters.");
    }
    if (encryption.seal == Seal::kLocal) return call.s3.local_key().Get();
    return std::nullopt;
  }
  if (!given) {
    throw AwsError(
        kInvalidRequest,
        "The multipart upload initiate requested encryption. Subsequent part requests must include the "
        "appropriate encryption parameters.");
  }
  if (given->md5 != encryption.customer_key_md5) {
    throw AwsError(kInvalidRequest,
                   "The provided encryption parameters did not match the ones used originally.");
  }
  return SealKey(std::move(given->secret));
}

bool CanShare(const Encryption& source, const WantedEncryption& wanted) {
  if (source.seal == Seal::kCustomer || wanted.encryption.seal == Seal::kCustomer) return false;
  return wanted.encryption.seal == Seal::kNone || source.seal == Seal::kLocal;
}

void AddEncryptionHeaders(protocol::HttpResponse& response, const Encryption& encryption) {
  switch (encryption.kind) {
    case Kind::kAes256:
      response.headers.append("x-amz-server-side-encryption: AES256\r\n");
      return;
    case Kind::kCustomer:
      response.AddHeader(kOwn.algorithm, "AES256");
      response.AddHeader(kOwn.md5, encryption.customer_key_md5);
      return;
    case Kind::kKms:
    case Kind::kDsse:
      response.AddHeader(kSse, encryption.kind == Kind::kKms ? "aws:kms" : "aws:kms:dsse");
      response.AddHeader(kKmsKey, encryption.kms_key);
      if (encryption.bucket_key) response.AddHeader(kBucketKey, "true");
      if (!encryption.context.empty()) response.AddHeader(kContext, encryption.context);
      return;
  }
}

}  // namespace cumulite::s3
