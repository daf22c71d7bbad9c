#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/http_client.h"
#include "net/listening.h"
#include "protocol/exchange.h"
#include "runtime/task.h"
#include "services/elb/proxy/snapshot.h"

namespace cumulite::elb::proxy {
class RequestLog;

/// What DescribeTargetHealth tells of one target.
struct TargetHealth {
  std::string id;
  std::uint16_t port = 0;
  std::string state;        // "initial", "healthy", "unhealthy", "unused", "draining", "unavailable"
  std::string reason;       // "Target.Timeout"; empty when healthy
  std::string description;  // AWS's words for it
  bool anomalous = false;   // AnomalyDetection.Result
  bool mitigated = false;   // AnomalyDetection.MitigationInEffect
};

/// Where a listener's own port stands.
struct ListenerState {
  std::string listener_arn;
  std::uint16_t port = 0;
  bool bound = false;
  std::string failure;  // why it is not: "cannot listen on 127.0.0.1:80: Permission denied"
};

/// What /_cumulite/elb/explain is asked.
struct Question {
  std::string host;
  std::string path;  // with its query
  std::string method = "GET";
  std::string source_ip = "127.0.0.1";
  std::vector<std::pair<std::string, std::string>> headers;
  std::uint16_t listener_port = 0;  // 0: as Host says
};

/// The load balancers at work: routes requests, checks targets, listens on the listeners' own ports.
///
/// Made once by the service, which gives it each new snapshot. Thread: any, unless said otherwise.
class DataPlane {
 public:
  virtual ~DataPlane() = default;

  /// Where the lines of access and connection logs go from now on; before the first request. `log` outlives
  /// the data plane.
  virtual void KeepLogs(RequestLog& log) = 0;

  /// Where an instance can be reached; empty when nobody has said so.
  virtual std::string AddressOfInstance(const std::string& id) const = 0;

  /// Holds for the next request; what is in flight goes on as it began. Ports are opened and closed, health
  /// checks begun and ended by it.
  virtual void Install(std::shared_ptr<const Snapshot> snapshot) = 0;

  /// Of all targets of the group, in the snapshot's order; empty for a group that is not in it.
  virtual std::vector<TargetHealth> HealthOf(std::string_view target_group_arn) const = 0;
  virtual std::vector<ListenerState> Listeners() const = 0;

  /// A request that came to the main port with a load balancer's Host; answers it, whatever happens.
  /// Throws protocol::ConnectionClosed only. Thread: its loop.
  virtual runtime::Task<void> Serve(protocol::Exchange& exchange) = 0;

  /// JSON: which rule, action and target a request would get, and why each earlier rule did not match.
  virtual std::string Explain(const Question& question) const = 0;
  /// PEM of the key that signed an x-amzn-oidc-data, by its `kid`; nullopt for one that is not ours.
  virtual std::optional<std::string> PublicKey(std::string_view key_id) const = 0;
  /// Prometheus text: the CloudWatch metrics by their names.
  virtual void AppendMetrics(std::string& out) const = 0;

  /// Waits until the health checks that are due by now have been made; true if there were any.
  /// Thread: a loop.
  virtual runtime::Task<bool> Settle() = 0;
  /// Ends listeners, checks and logs; thread: a loop.
  virtual void Stop() = 0;
};

/// All that it is made with outlives it.
struct DataPlaneOptions {
  net::HttpClient& http;
  const base::Clock& clock;
  const net::Listening* listening = nullptr;          // null: only the main port, as in unit tests
  std::string listen_address = "127.0.0.1";           // of the listeners' own ports; empty: they have none
  std::map<std::string, std::string> instances = {};  // addresses of instances that are targets, by id
};

std::unique_ptr<DataPlane> MakeDataPlane(const DataPlaneOptions& options);

}  // namespace cumulite::elb::proxy
