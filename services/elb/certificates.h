#pragma once
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "runtime/task.h"
#include "services/elb/proxy/snapshot.h"
#include "services/peers.h"

namespace cumulite::elb {

/// What ACM and IAM know of the certificates that listeners show: asked once, and again when they say that
/// one has changed. Thread: any I/O thread.
class Certificates {
 public:
  explicit Certificates(services::Peers& peers) : peers_(peers) {}

  /// What is known now; without texts while nobody asked, or where nobody made it.
  proxy::Certificate Known(const std::string& arn) const;
  /// Those among `arns` about which nobody has been asked.
  std::vector<std::string> NotAsked(std::vector<std::string> arns) const;

  /// Asks about those that are not known; true if there were such.
  runtime::Task<bool> Learn(std::vector<std::string> arns);
  /// Asks about one anew if it was asked about before; true if so.
  runtime::Task<bool> AskAgain(std::string arn);

 private:
  services::Peers& peers_;
  mutable std::mutex mutex_;
  std::map<std::string, proxy::Certificate, std::less<>> known_;
};

/// Before a listener gets certificates: learns about them. With `must_exist`, ARNs that name none are
/// refused. Errors: CertificateNotFound.
runtime::Task<void> LearnCertificates(Certificates& certificates, std::vector<std::string> arns,
                                      bool must_exist);

}  // namespace cumulite::elb
