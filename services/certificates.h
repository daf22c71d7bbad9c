#pragma once
#include <optional>
#include <string>
#include <vector>

#include "runtime/task.h"

namespace cumulite::services {

/// How services find certificates with their keys without knowing ACM and IAM.
class CertificateLookup {
 public:
  struct Certificate {
    std::string chain_pem;  // the certificate first
    std::string key_pem;
  };

  virtual ~CertificateLookup() = default;
  /// The certificate that an ARN of ACM or IAM names; nothing when nobody made it, or it is not issued.
  /// Thread: an I/O thread; never throws.
  virtual runtime::Task<std::optional<Certificate>> FindCertificate(std::string arn) = 0;
};

/// How those who keep certificates know who shows them.
class CertificateUsers {
 public:
  virtual ~CertificateUsers() = default;
  /// The ARNs of what uses a certificate. Thread: an I/O thread; never throws.
  virtual runtime::Task<std::vector<std::string>> UsersOf(std::string arn) = 0;
  /// The certificate behind an ARN is another one now. Thread: an I/O thread; never throws.
  virtual runtime::Task<void> CertificateChanged(std::string arn) = 0;
};

}  // namespace cumulite::services
