#include "services/sns/signer.h"

#include <algorithm>

#include "protocol/base64.h"
#include "protocol/checksum.h"

namespace cumulite::sns {

Signer::Signer(storage::Database& database, storage::Writer& writer)
    : database_(database),
      writer_(writer),
      find_(database, "SELECT private_key, certificate FROM signing_key WHERE version = 1"),
      insert_(database, "INSERT INTO signing_key (version, private_key, certificate) VALUES (1, ?1, ?2)") {}

void Signer::Load() {
  const std::scoped_lock lock(mutex_);
  if (ready()) return;
  std::unique_ptr<const protocol::RsaSigningKey> key;
  if (auto rows = find_.Query(); rows.Next()) {
    key =
        std::make_unique<const protocol::RsaSigningKey>(std::string(rows.Text(0)), std::string(rows.Text(1)));
  }
  if (!key) {
    key = std::make_unique<const protocol::RsaSigningKey>(
        protocol::RsaSigningKey::Generate("sns.amazonaws.com"));
    const auto insert = [this, &key] { insert_.Run(key->private_key(), key->certificate()); };
    writer_.Wait(writer_.Enqueue(insert));
  }
  path_ = "/SimpleNotificationService-" +
          protocol::Checksum(protocol::ChecksumAlgorithm::kMd5, key->certificate()).Hex() + ".pem";
  key_ = std::move(key);
  ready_.store(true, std::memory_order_release);
}

runtime::Task<void> Signer::Prepare() {
  if (ready()) co_return;
  const auto load = [this] { Load(); };
  co_await database_.RunOnWorker(load);
}

std::string Signer::Sign(std::string_view text, bool version_2) const {
  using Hash = protocol::RsaSigningKey::Hash;
  std::string digest(protocol::Checksum(protocol::ChecksumAlgorithm::kSha256, text).bytes());
  digest += version_2 ? '2' : '1';
  {
    const std::scoped_lock lock(latest_mutex_);
    const auto found = std::ranges::find(latest_, digest, &Signed::digest);
    if (found != latest_.end()) return found->signature;
  }
  std::string signature = protocol::Base64Encode(key_->Sign(text, version_2 ? Hash::kSha256 : Hash::kSha1));
  const std::scoped_lock lock(latest_mutex_);
  latest_[next_] = {std::move(digest), signature};
  next_ = (next_ + 1) % latest_.size();
  return signature;
}

}  // namespace cumulite::sns
