#pragma once
#include <string>
#include <vector>

#include "services/elb/proxy/snapshot.h"

namespace cumulite::elb::proxy {

struct ClientCertificateHeader {
  std::string name;  // AWS's: "X-Amzn-Mtls-Clientcert-Subject"
  std::string value;
};

/// What the target is told of the client's certificates: all of them as they came in passthrough mode, what
/// the first says of itself once it has been verified. `chain` is PEM, the client's own first.
/// Source: User Guide "HTTP headers and mutual TLS".
std::vector<ClientCertificateHeader> DescribeClientCertificate(MutualTls::Mode mode,
                                                               const std::vector<std::string>& chain);

}  // namespace cumulite::elb::proxy
