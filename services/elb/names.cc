#include "services/elb/names.h"

#include <algorithm>
#include <array>

#include "base/ids.h"
#include "protocol/arn.h"
#include "services/elb/errors.h"

namespace cumulite::elb {
namespace {

constexpr std::string_view kService = "elasticloadbalancing";
constexpr std::size_t kMaxName = 32;

bool IsAlphanumericOrHyphen(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
}

/// What names of load balancers and target groups have alike; `what` begins the sentence.
void CheckName(std::string_view what, std::string_view name, std::string_view conjunction) {
  const std::string subject = std::string(what) + " name '" + std::string(name) + "'";
  if (name.empty()) throw Invalid(std::string(what) + " name cannot be empty");
  if (name.size() > kMaxName) throw Invalid(subject + " cannot be longer than '32' characters");
  if (!std::ranges::all_of(name, IsAlphanumericOrHyphen)) {
    throw Invalid(subject + " can only contain characters that are alphanumeric characters " +
                  std::string(conjunction) + " hyphens(-)");
  }
}

struct Zone {
  std::string_view region;
  std::string_view application;
  std::string_view network;  // and gateway
};

constexpr std::array kZones{
    Zone{"us-east-1", "Z35SXDOTRQ7X7K", "Z26RNL4JYFTOTI"},
    Zone{"us-east-2", "Z3AADJGX6KTTL2", "ZLMOA37VPKANP"},
    Zone{"us-west-1", "Z368ELLRRE2KJ0", "Z24FKFUX50B4VW"},
    Zone{"us-west-2", "Z1H1FL5HABSF5", "Z18D5FSROUN65G"},
    Zone{"af-south-1", "Z268VQBMOI5EKX", "Z203XCE67M25HM"},
    Zone{"ap-east-1", "Z3DQVH9N71FHZ0", "Z12Y7K3UBGUAD1"},
    Zone{"ap-south-1", "ZP97RAFLXTNZK", "ZVDDRBQ08TROA"},
    Zone{"ap-northeast-1", "Z14GRHDCWA56QT", "Z31USIVHYNEOWT"},
    Zone{"ap-northeast-2", "ZWKZPGTI48KDX", "ZIBE1TIR4HY56"},
    Zone{"ap-northeast-3", "Z5LXEXXYW11ES", "Z1GWIQ4HH19I5X"},
    Zone{"ap-southeast-1", "Z1LMS91P8CMLE5", "ZKVM4W9LS7TM"},
    Zone{"ap-southeast-2", "Z1GM3OXH4ZPM65", "ZCT6FZBF4DROD"},
    Zone{"ca-central-1", "ZQSVJUPU6J1EY", "Z2EPGBW3API2WT"},
    Zone{"eu-central-1", "Z215JYRZR1TBD5", "Z3F0SRJ5LGBH90"},
    Zone{"eu-west-1", "Z32O12XQLNTSW2", "Z2IFOLAFXWLO4F"},
    Zone{"eu-west-2", "ZHURV8PSTC4K8", "ZD4D7Y8KGAS4G"},
    Zone{"eu-west-3", "Z3Q77PNBQS71R4", "Z1CMS0P5QUZ6D5"},
    Zone{"eu-north-1", "Z23TAZ6LKFMNIO", "Z1UDT6IFJ4EJM"},
    Zone{"eu-south-1", "Z3ULH7SSC9OV64", "Z23146JA1KNAFP"},
    Zone{"me-south-1", "ZS929ML54UICD", "Z3QSRYVP46NYYV"},
    Zone{"sa-east-1", "Z2P70J7HTTTPLU", "ZTK26PT1VY4CU"},
};

/// The ARN with another resource type and one more id.
std::string Below(std::string_view arn, std::string_view from, std::string_view to, std::string_view id) {
  std::string text(arn);
  text.replace(text.find(from), from.size(), to);
  return text + "/" + std::string(id);
}

}  // namespace

void CheckLoadBalancerName(std::string_view name) {
  CheckName("Load balancer", name, "and");
  const std::string subject = "Load balancer name '" + std::string(name) + "'";
  if (name.starts_with('-') || name.ends_with('-')) {
    throw Invalid(subject + " cannot begin or end with a hyphen(-)");
  }
  if (name.starts_with("internal-")) throw Invalid(subject + " cannot begin with 'internal-'");
}

void CheckTargetGroupName(std::string_view name) {
  CheckName("Target group", name, "or");
  if (name.starts_with('-') || name.ends_with('-') || name.find("--") != std::string_view::npos) {
    throw Invalid("1 validation error detected: Value '" + std::string(name) +
                  "' at 'targetGroup.targetGroupArn.targetGroupName' failed to satisfy constraint: Member "
                  "must satisfy regular expression pattern: (?!.*--)(?!^-)(?!.*-$)^[A-Za-z0-9-]+$");
  }
}

void CheckTrustStoreName(std::string_view name) {
  CheckName("Trust store", name, "or");
  if (name.starts_with('-') || name.ends_with('-')) {
    throw Invalid("Trust store name '" + std::string(name) + "' cannot begin or end with a hyphen(-)");
  }
}

std::string NewId() { return base::RandomHex(16); }

std::string LoadBalancerArn(const protocol::Identity& identity, std::string_view type, std::string_view name,
                            std::string_view id) {
  const std::string_view word = type == "application" ? "app/" : type == "network" ? "net/" : "gwy/";
  return NamedArn(identity, "loadbalancer", std::string(word).append(name), id);
}

std::string NamedArn(const protocol::Identity& identity, std::string_view kind, std::string_view name,
                     std::string_view id) {
  const std::string resource = std::string(kind) + "/" + std::string(name) + "/" + std::string(id);
  return protocol::FormatArn(kService, identity.region, identity.account, resource);
}

std::string ListenerArn(std::string_view load_balancer_arn, std::string_view id) {
  return Below(load_balancer_arn, ":loadbalancer/", ":listener/", id);
}

std::string RuleArn(std::string_view listener_arn, std::string_view id) {
  return Below(listener_arn, ":listener/", ":listener-rule/", id);
}

std::string_view KindOf(std::string_view arn) {
  const auto parsed = protocol::ParseArn(arn);
  if (!parsed || parsed->service != kService) return {};
  const std::string_view kind = parsed->resource.substr(0, parsed->resource.find('/'));
  for (const std::string_view known :
       {"loadbalancer", "listener", "listener-rule", "targetgroup", "truststore"}) {
    if (kind == known && kind.size() < parsed->resource.size()) return known;
  }
  return {};
}

bool IsOwn(std::string_view arn, const protocol::Identity& identity) {
  const auto parsed = protocol::ParseArn(arn);
  return parsed && parsed->region == identity.region && parsed->account == identity.account;
}

std::string_view IdOf(std::string_view arn) { return arn.substr(arn.rfind('/') + 1); }

std::string DnsName(std::string_view name, std::string_view id, std::string_view region,
                    std::string_view type, std::string_view scheme) {
  std::string text = type == "application" && scheme == "internal" ? "internal-" : "";
  text.append(name).append("-").append(id).append(".").append(region).append(".elb.localhost");
  return text;
}

std::string_view HostedZoneId(std::string_view region, std::string_view type) {
  const auto found = std::ranges::find(kZones, region, &Zone::region);
  const Zone& zone = found == kZones.end() ? kZones.front() : *found;
  return type == "application" ? zone.application : zone.network;
}

}  // namespace cumulite::elb
