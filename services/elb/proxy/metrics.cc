#include "services/elb/proxy/metrics.h"

#include <functional>
#include <string_view>

#include "services/elb/proxy/balancer.h"

namespace cumulite::elb::proxy {
namespace {
using Standing = TargetState::Standing;

/// "app/NAME/ID" of a load balancer's ARN, "targetgroup/NAME/ID" of a group's: CloudWatch's dimensions.
std::string_view Dimension(std::string_view arn) {
  const std::size_t resource = arn.rfind(':') + 1;
  std::string_view name = arn.substr(resource);
  constexpr std::string_view kPrefix = "loadbalancer/";
  if (name.starts_with(kPrefix)) name.remove_prefix(kPrefix.size());
  return name;
}

enum class Type { kCounter, kGauge };

class Family {
 public:
  Family(std::string_view name, Type type, std::string& out) : name_(name), out_(out) {
    out.append("# TYPE aws_applicationelb_")
        .append(name)
        .append(type == Type::kCounter ? " counter\n" : " gauge\n");
  }
  void Add(std::string_view label, std::string_view arn, double value) {
    out_.append("aws_applicationelb_").append(name_).append("{").append(label).append("=\"");
    out_.append(Dimension(arn)).append("\"} ");
    std::string number = std::to_string(value);
    number.erase(number.find_last_not_of('0') + 1);
    if (number.ends_with('.')) number.pop_back();
    out_.append(number).append("\n");
  }

 private:
  const std::string_view name_;
  std::string& out_;
};

struct LoadBalancerMetric {
  std::string_view name;
  std::uint64_t (*read)(const LoadBalancerCounters&);
};

using C = const LoadBalancerCounters&;
constexpr LoadBalancerMetric kLoadBalancerMetrics[] = {
    {"RequestCount", [](C c) { return c.requests.load(); }},
    {"NewConnectionCount", [](C c) { return c.new_connections.load(); }},
    {"ProcessedBytes", [](C c) { return c.processed_bytes.load(); }},
    {"RuleEvaluations", [](C c) { return c.rule_evaluations.load(); }},
    {"HTTPCode_ELB_3XX_Count", [](C c) { return c.elb_codes[3].load(); }},
    {"HTTPCode_ELB_4XX_Count", [](C c) { return c.elb_codes[4].load(); }},
    {"HTTPCode_ELB_5XX_Count", [](C c) { return c.elb_codes[5].load(); }},
    {"HTTPCode_ELB_500_Count", [](C c) { return c.elb_500.load(); }},
    {"HTTPCode_ELB_502_Count", [](C c) { return c.elb_502.load(); }},
    {"HTTPCode_ELB_503_Count", [](C c) { return c.elb_503.load(); }},
    {"HTTPCode_ELB_504_Count", [](C c) { return c.elb_504.load(); }},
    {"HTTP_Fixed_Response_Count", [](C c) { return c.fixed_responses.load(); }},
    {"HTTP_Redirect_Count", [](C c) { return c.redirects.load(); }},
    {"HTTP_Redirect_Url_Limit_Exceeded_Count", [](C c) { return c.redirects_too_long.load(); }},
    {"NonStickyRequestCount", [](C c) { return c.non_sticky.load(); }},
    {"DesyncMitigationMode_NonCompliant_Request_Count", [](C c) { return c.desync_non_compliant.load(); }},
    {"DroppedInvalidHeaderRequestCount", [](C c) { return c.dropped_invalid_headers.load(); }},
    {"ForwardedInvalidHeaderRequestCount", [](C c) { return c.forwarded_invalid_headers.load(); }},
    {"GrpcRequestCount", [](C c) { return c.grpc_requests.load(); }},
    {"ELBAuthSuccess", [](C c) { return c.auth_success.load(); }},
    {"ELBAuthFailure", [](C c) { return c.auth_failure.load(); }},
    {"ELBAuthError", [](C c) { return c.auth_error.load(); }},
};

double CountTargets(const GroupAtWork& group, bool healthy) {
  int count = 0;
  for (const auto& target : group.targets) {
    const Standing standing = target->standing();
    count += standing == (healthy ? Standing::kHealthy : Standing::kUnhealthy) ? 1 : 0;
  }
  return count;
}

struct GroupMetric {
  std::string_view name;
  Type type;
  double (*read)(const GroupAtWork&);
};

double Number(const Counter& counter) { return static_cast<double>(counter.load()); }

using G = const GroupAtWork&;
constexpr GroupMetric kGroupMetrics[] = {
    {"HealthyHostCount", Type::kGauge, [](G g) { return CountTargets(g, true); }},
    {"UnHealthyHostCount", Type::kGauge, [](G g) { return CountTargets(g, false); }},
    {"TargetGroup_RequestCount", Type::kCounter, [](G g) { return Number(g.memory->counters.requests); }},
    {"RequestCountPerTarget", Type::kGauge,
     [](G g) {
       return g.targets.empty() ? 0
                                : Number(g.memory->counters.requests) / static_cast<double>(g.targets.size());
     }},
    {"HTTPCode_Target_2XX_Count", Type::kCounter,
     [](G g) { return Number(g.memory->counters.target_codes[2]); }},
    {"HTTPCode_Target_3XX_Count", Type::kCounter,
     [](G g) { return Number(g.memory->counters.target_codes[3]); }},
    {"HTTPCode_Target_4XX_Count", Type::kCounter,
     [](G g) { return Number(g.memory->counters.target_codes[4]); }},
    {"HTTPCode_Target_5XX_Count", Type::kCounter,
     [](G g) { return Number(g.memory->counters.target_codes[5]); }},
    {"TargetResponseTime_sum", Type::kCounter,
     [](G g) { return Number(g.memory->counters.response_microseconds) / 1e6; }},
    {"TargetResponseTime_count", Type::kCounter, [](G g) { return Number(g.memory->counters.responses); }},
    {"TargetConnectionErrorCount", Type::kCounter,
     [](G g) { return Number(g.memory->counters.connection_errors); }},
    {"TargetTLSNegotiationErrorCount", Type::kCounter,
     [](G g) { return Number(g.memory->counters.tls_errors); }},
    {"UnhealthyRoutingRequestCount", Type::kCounter,
     [](G g) { return Number(g.memory->counters.unhealthy_routing); }},
};
}  // namespace

void AppendMetricsOf(const RoutingTable& table, std::string& out) {
  if (table.load_balancers().empty()) return;
  for (const LoadBalancerMetric& metric : kLoadBalancerMetrics) {
    Family family(metric.name, Type::kCounter, out);
    for (const auto& load_balancer : table.load_balancers()) {
      family.Add("LoadBalancer", load_balancer->settings->arn,
                 static_cast<double>(metric.read(load_balancer->memory->counters)));
    }
  }
  for (const GroupMetric& metric : kGroupMetrics) {
    Family family(metric.name, metric.type, out);
    for (const auto& [arn, group] : table.groups()) family.Add("TargetGroup", arn, metric.read(*group));
  }
}

}  // namespace cumulite::elb::proxy
