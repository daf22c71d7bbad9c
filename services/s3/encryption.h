#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "services/s3/call.h"
#include "services/s3/object.h"
#include "services/s3/seal.h"

/// Server-side encryption: what its headers ask for, and with what key bytes lie on disk.
/// Source: S3 User Guide "Protecting data with server-side encryption", "Using server-side encryption with
/// customer-provided keys (SSE-C)".
namespace cumulite::s3 {

/// The encryption of an object to be.
struct WantedEncryption {
  Encryption encryption;
  std::optional<SealKey> key;  // what to seal the bytes with; absent: they are not sealed

  const SealKey* seal() const { return key ? &*key : nullptr; }
};

/// What the head of a write asks for, else the bucket's default.
/// Errors: InvalidArgument, InvalidEncryptionAlgorithmError, InvalidRequest.
WantedEncryption ReadEncryption(const Call& call, const Bucket& bucket);

/// The key of an object that is read; absent where its bytes are not sealed.
/// Errors: InvalidRequest (no key given, or one that does not apply), AccessDenied (another key),
/// InvalidArgument.
std::optional<SealKey> OpeningKey(const Call& call, const Encryption& encryption);
/// The same of the source of a copy: x-amz-copy-source-server-side-encryption-customer-*.
std::optional<SealKey> OpeningKeyOfSource(const Call& call, const Encryption& encryption);
/// The key of a part: that of its upload. Errors: InvalidRequest for none or another one.
std::optional<SealKey> KeyOfPart(const Call& call, const Encryption& encryption);

/// Whether a copy can share the bytes of its source as they lie on disk.
bool CanShare(const Encryption& source, const WantedEncryption& wanted);

/// What answers say of it.
void AddEncryptionHeaders(protocol::HttpResponse& response, const Encryption& encryption);

}  // namespace cumulite::s3
