#include "services/sts/identity_keys.h"

#include "protocol/arn.h"
#include "services/storage/private_file.h"

namespace cumulite::sts {
namespace {
using protocol::WebKey;

constexpr std::string_view kPath = "/_sts/";
constexpr std::size_t kAccountDigits = 12;

std::unique_ptr<const WebKey> LoadKey(const std::filesystem::path& file, WebKey::Algorithm algorithm) {
  const auto good = [](const std::string& text) { return text.ends_with("-----END PRIVATE KEY-----\n"); };
  const auto make = [algorithm] { return WebKey::Generate(algorithm).private_key(); };
  return std::make_unique<const WebKey>(storage::ReadOrMakePrivateFile(file, good, make));
}

}  // namespace

std::string IssuerUrl(std::string_view scheme, std::string_view host, std::string_view account) {
  return std::string(scheme).append("://").append(host).append(kPath).append(account);
}

bool IsIssuerUrl(std::string_view url) {
  if (url.size() < kPath.size() + kAccountDigits) return false;
  const std::string_view end = url.substr(url.size() - kPath.size() - kAccountDigits);
  return end.starts_with(kPath) && protocol::IsAccountId(end.substr(kPath.size()));
}

void IdentityKeys::Load() {
  const std::scoped_lock lock(mutex_);
  if (ready_.load(std::memory_order_acquire)) return;
  rs256_ = LoadKey(directory_ / "web-identity-rs256.key", WebKey::Algorithm::kRs256);
  es384_ = LoadKey(directory_ / "web-identity-es384.key", WebKey::Algorithm::kEs384);
  ready_.store(true, std::memory_order_release);
}

runtime::Task<void> IdentityKeys::Prepare() {
  if (ready_.load(std::memory_order_acquire)) co_return;
  const auto load = [this] { Load(); };
  runtime::Task<void> loaded = workers_.Run(load);
  co_await loaded;
}

std::string IdentityKeys::KeySet() const {
  return R"({"keys":[)" + rs256_->PublicJwk() + "," + es384_->PublicJwk() + "]}";
}

}  // namespace cumulite::sts
