#include "services/elb/certificates.h"

#include <optional>
#include <utility>

#include "services/elb/errors.h"

namespace cumulite::elb {
namespace {

runtime::Task<proxy::Certificate> Ask(services::Peers& peers, std::string arn) {
  auto asking = peers.certificates().FindCertificate(arn);
  auto found = co_await asking;
  proxy::Certificate certificate;
  certificate.arn = std::move(arn);
  if (found) {
    certificate.chain_pem = std::move(found->chain_pem);
    certificate.key_pem = std::move(found->key_pem);
  }
  co_return certificate;
}

}  // namespace

proxy::Certificate Certificates::Known(const std::string& arn) const {
  const std::scoped_lock lock(mutex_);
  const auto found = known_.find(arn);
  return found == known_.end() ? proxy::Certificate{.arn = arn} : found->second;
}

std::vector<std::string> Certificates::NotAsked(std::vector<std::string> arns) const {
  const std::scoped_lock lock(mutex_);
  std::erase_if(arns, [this](const std::string& arn) { return known_.contains(arn); });
  return arns;
}

runtime::Task<bool> Certificates::Learn(std::vector<std::string> arns) {
  const std::vector<std::string> missing = NotAsked(std::move(arns));
  for (const std::string& arn : missing) {
    runtime::Task<proxy::Certificate> asking = Ask(peers_, arn);
    proxy::Certificate certificate = co_await asking;
    const std::scoped_lock lock(mutex_);
    known_.insert_or_assign(arn, std::move(certificate));
  }
  co_return !missing.empty();
}

runtime::Task<bool> Certificates::AskAgain(std::string arn) {
  {
    const std::scoped_lock lock(mutex_);
    if (!known_.contains(arn)) co_return false;
  }
  // The old one is shown until the new one is there.
  runtime::Task<proxy::Certificate> asking = Ask(peers_, arn);
  proxy::Certificate certificate = co_await asking;
  const std::scoped_lock lock(mutex_);
  known_.insert_or_assign(arn, std::move(certificate));
  co_return true;
}

runtime::Task<void> LearnCertificates(Certificates& certificates, std::vector<std::string> arns,
                                      bool must_exist) {
  runtime::Task<bool> learning = certificates.Learn(arns);
  co_await learning;
  if (!must_exist) co_return;
  for (const std::string& arn : arns) {
    if (!certificates.Known(arn).chain_pem.empty()) continue;
    throw AwsError(kCertificateNotFound, "Certificate '" + arn + "' not found");
  }
}

}  // namespace cumulite::elb
