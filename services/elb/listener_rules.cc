#include "services/elb/listener_rules.h"

#include <algorithm>
#include <array>
#include <set>

#include "protocol/arn.h"
#include "services/elb/action_rules.h"
#include "services/elb/lookup.h"
#include "services/elb/quotas.h"
#include "services/elb/ssl_policies.h"

namespace cumulite::elb {
namespace {
using std::string_view_literals::operator""sv;

constexpr std::array kApplicationProtocols{"HTTP"sv, "HTTPS"sv};
constexpr std::array kNetworkProtocols{"UDP"sv, "TCP"sv, "TLS"sv, "TCP_UDP"sv};
constexpr std::array kAlpnPolicies{"HTTP1Only"sv, "HTTP2Only"sv, "HTTP2Optional"sv, "HTTP2Preferred"sv,
                                   "None"sv};

std::string Joined(std::span<const std::string_view> words) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : ", ").append(word);
  return text;
}

void CheckProtocol(const std::string& protocol, std::span<const std::string_view> allowed) {
  if (std::ranges::find(allowed, protocol) == allowed.end()) {
    throw Invalid("Listener protocol '" + protocol + "' must be one of '" + Joined(allowed) + "'");
  }
}

void ReadCertificates(Listener& listener) {
  if (listener.certificates.empty()) {
    throw Invalid("A certificate must be specified for " + *listener.protocol + " listeners");
  }
  if (listener.certificates.size() > 1) {
    throw AwsError(kTooManyCertificates, "You can specify only one default certificate for a listener");
  }
  Certificate& certificate = listener.certificates[0];
  const std::string arn = certificate.certificate_arn.value_or("");
  const auto parsed = protocol::ParseArn(arn);
  if (!parsed || (parsed->service != "acm" && parsed->service != "iam")) {
    throw AwsError(kCertificateNotFound, "Certificate '" + arn + "' not found");
  }
  certificate.is_default.reset();
}

void ReadMutualTls(Listener& listener) {
  if (!listener.mutual_authentication) listener.mutual_authentication.emplace();
  MutualAuthenticationAttributes& mutual = *listener.mutual_authentication;
  if (!mutual.mode) mutual.mode = "off";
  if (*mutual.mode != "off" && *mutual.mode != "passthrough" && *mutual.mode != "verify") {
    throw Invalid("The mutual authentication mode '" + *mutual.mode +
                  "' must be one of 'off, passthrough, verify'");
  }
  const bool verify = *mutual.mode == "verify";
  if (verify && !mutual.trust_store_arn) {
    throw Invalid("A trust store ARN must be specified with the mutual authentication mode 'verify'");
  }
  if (!verify && mutual.trust_store_arn) {
    throw Invalid("A trust store ARN can be specified only with the mutual authentication mode 'verify'");
  }
  mutual.trust_store_association_status.reset();
  if (verify) {
    mutual.trust_store_association_status = "active";
    if (!mutual.ignore_client_certificate_expiry) mutual.ignore_client_certificate_expiry = false;
    if (!mutual.advertise_trust_store_ca_names) mutual.advertise_trust_store_ca_names = "off";
  }
}

void ReadSecure(Listener& listener) {
  ReadCertificates(listener);
  if (!listener.ssl_policy) listener.ssl_policy = std::string(kDefaultSslPolicy);
  if (FindSslPolicy(*listener.ssl_policy) == nullptr) {
    throw AwsError(kSslPolicyNotFound, "SSL policy '" + *listener.ssl_policy + "' not found");
  }
  if (*listener.protocol == "HTTPS") ReadMutualTls(listener);
}

void ReadPlain(const Listener& listener) {
  const std::string& protocol = *listener.protocol;
  if (!listener.certificates.empty()) {
    throw InvalidConfiguration("A certificate cannot be specified for " + protocol + " listeners");
  }
  if (listener.ssl_policy) {
    throw InvalidConfiguration("An SSL policy cannot be specified for " + protocol + " listeners");
  }
  if (listener.mutual_authentication && listener.mutual_authentication->mode.value_or("off") != "off") {
    throw InvalidConfiguration("Mutual authentication is supported only for HTTPS listeners");
  }
}

/// Source: Network Load Balancers User Guide "Listeners for your Network Load Balancers", "Listener
/// configuration".
bool FitsTogether(std::string_view listener, const TargetGroupRecord& group) {
  const std::string protocol = group.protocol();
  if (listener == "HTTP" || listener == "HTTPS") {
    return protocol == "HTTP" || protocol == "HTTPS" || group.type() == "lambda";
  }
  if (listener == "TCP") return protocol == "TCP" || protocol == "TCP_UDP";
  if (listener == "TLS") return protocol == "TCP" || protocol == "TLS";
  if (listener == "UDP") return protocol == "UDP" || protocol == "TCP_UDP";
  if (listener == "TCP_UDP") return protocol == "TCP_UDP";
  return protocol == "GENEVE";
}

}  // namespace

std::vector<std::string> ArnsOf(const std::vector<Certificate>& certificates) {
  std::vector<std::string> arns;
  for (const Certificate& certificate : certificates) {
    const std::string arn = certificate.certificate_arn.value_or("");
    const auto parsed = protocol::ParseArn(arn);
    if (parsed && (parsed->service == "acm" || parsed->service == "iam")) arns.push_back(arn);
  }
  return arns;
}

void ReadListener(Listener& listener, std::string_view load_balancer_type) {
  if (load_balancer_type == "gateway") {
    if (listener.port) throw Invalid("A port cannot be specified for gateway listeners");
    if (listener.protocol) throw Invalid("A protocol cannot be specified for gateway listeners");
    return;
  }
  if (!listener.port) throw Invalid("A listener port must be specified");
  if (!listener.protocol) throw Invalid("A listener protocol must be specified");
  CheckProtocol(*listener.protocol, load_balancer_type == "application"
                                        ? std::span<const std::string_view>(kApplicationProtocols)
                                        : kNetworkProtocols);
  const bool secure = *listener.protocol == "HTTPS" || *listener.protocol == "TLS";
  secure ? ReadSecure(listener) : ReadPlain(listener);
  if (!secure) listener.mutual_authentication.reset();
  for (const std::string& policy : listener.alpn_policy) {
    if (std::ranges::find(kAlpnPolicies, policy) == kAlpnPolicies.end() || listener.alpn_policy.size() > 1) {
      throw AwsError(kAlpnPolicyNotSupported, "ALPN policy '" + policy + "' is not supported");
    }
    if (*listener.protocol != "TLS") {
      throw InvalidConfiguration("An ALPN policy can be specified only for TLS listeners");
    }
  }
}

void CheckForwards(const ElbStore::Current& current, const std::vector<Action>& actions,
                   const LoadBalancerRecord& load_balancer, const Listener& listener,
                   const protocol::RequestContext& context) {
  const std::string protocol = listener.protocol.value_or("GENEVE");
  std::set<std::string> groups;
  for (std::string& arn : ForwardedTo(actions)) {
    const auto group = IsOwn(arn, context.identity) ? current.Find<TargetGroupRecord>(arn)
                                                    : std::optional<TargetGroupRecord>();
    if (!group) throw AwsError(kTargetGroupNotFound, "Target group '" + arn + "' not found");
    if (!FitsTogether(protocol, *group)) {
      throw AwsError(kIncompatibleProtocols,
                     "Listener protocol '" + protocol +
                         "' is not supported with a target group with the protocol '" + group->protocol() +
                         "'");
    }
    if (group->shown.protocol_version == "GRPC" && protocol != "HTTPS") {
      throw AwsError(kIncompatibleProtocols,
                     "Listener protocol '" + protocol +
                         "' is not supported with a target group with the protocol-version 'GRPC'");
    }
    for (const std::string& user : current.LoadBalancersOf(arn)) {
      if (user == load_balancer.arn()) continue;
      throw AwsError(
          kTargetGroupAssociationLimit,
          "The following target groups cannot be associated with more than one load balancer: " + arn);
    }
    groups.insert(std::move(arn));
  }
  if (groups.empty()) return;
  for (std::string& arn : current.TargetGroupsOf(load_balancer.arn())) groups.insert(std::move(arn));
  if (groups.size() > kMaxTargetGroupsOfLoadBalancer) {
    throw AwsError(kTooManyUniqueTargetGroups,
                   "The maximum number of unique target groups has been reached on load balancer '" +
                       load_balancer.arn() + "'");
  }
}

Listener ShownListener(const ListenerRecord& record) {
  Listener shown = record.shown;
  shown.default_actions = ShownActions(std::move(shown.default_actions));
  return shown;
}

Rule ShownRule(const RuleRecord& record) {
  Rule shown = record.shown;
  shown.actions = ShownActions(std::move(shown.actions));
  return shown;
}

}  // namespace cumulite::elb
