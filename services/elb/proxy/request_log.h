#pragma once
#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "protocol/http.h"
#include "services/elb/proxy/snapshot.h"

/// Lines of access and connection logs, in AWS's format.
/// Source: Application Load Balancers User Guide "Access logs for your Application Load Balancer" and
/// "Connection logs for your Application Load Balancer".
namespace cumulite::elb::proxy {

/// Takes the lines; whoever has it delivers them. Thread: any.
class RequestLog {
 public:
  enum class Kind : std::uint8_t { kAccess, kConnection };

  virtual ~RequestLog() = default;
  /// A line without its end, of a load balancer that keeps such a log.
  virtual void Add(const LoadBalancer& load_balancer, Kind kind, std::string line) = 0;
};

/// What became of one request; made only where a load balancer keeps an access log.
struct RequestRecord {
  using Steady = std::chrono::steady_clock::time_point;

  // As it came.
  std::string type;           // "http", "https", "h2", "grpcs", "ws", "wss"
  std::string load_balancer;  // "app/my-lb/50dc6c495c0c9188"
  std::string client;         // "192.0.2.7:2817"
  std::string request;        // "GET http://www.example.com:80/ HTTP/1.1"
  std::string user_agent;
  std::string tls_cipher;
  std::string tls_protocol;
  std::string domain_name;  // by SNI
  std::string certificate_arn;
  std::string trace_id;
  std::string connection_id;  // "TID_..."
  std::uint64_t received_bytes = 0;
  base::TimePoint created;
  Steady began;

  // What was done with it.
  int priority = -1;         // of the rule; the default one has 0, none -1
  std::string actions;       // "authenticate,forward"
  std::string target;        // "10.0.0.1:80"
  std::string target_group;  // ARN
  Steady sent;               // to the target
  Steady answered;           // the head of its answer was there
  int target_status = 0;

  // What the client got.
  int status = 0;
  std::string redirect_url;
  std::uint64_t sent_bytes = 0;
};

/// One line. `time`: when the answer had gone out, `ended` likewise.
std::string FormatAccess(const RequestRecord& record, base::TimePoint time, RequestRecord::Steady ended);

/// One line about the connection of a client.
/// Differs from AWS: the time that the handshake took is not known, and connections that never made a request
/// are not told of.
std::string FormatConnection(const protocol::ConnectionInfo& connection, const Listener& listener,
                             base::TimePoint time);

/// What the logs call a connection: the same for all of its requests.
std::string ConnectionTraceId(const protocol::ConnectionInfo& connection);

}  // namespace cumulite::elb::proxy
