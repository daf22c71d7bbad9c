#include "services/elb/proxy/recording.h"

#include <utility>

#include "services/elb/proxy/request_headers.h"

namespace cumulite::elb::proxy {
namespace {
using std::chrono::steady_clock;

/// "https://www.example.com:443/path?query", as the client asked.
std::string UrlOf(const ProxyRequest& request) {
  const protocol::HttpRequest& http = request.exchange.request;
  std::string url = request.https() ? "https://" : "http://";
  url.append(HostWithoutPort(http.Header("Host"))).append(":");
  url.append(std::to_string(request.listener.settings->port)).append(http.path);
  if (!http.query.empty()) url.append("?").append(http.query);
  return url;
}

std::string_view TypeOf(const ProxyRequest& request, bool websocket) {
  if (websocket) return request.https() ? "wss" : "ws";
  if (request.exchange.request.version < 20) return request.https() ? "https" : "http";
  return request.exchange.request.Header("Content-Type").starts_with("application/grpc") ? "grpcs" : "h2";
}

std::uint64_t BytesOf(const protocol::Exchange& exchange) {
  const protocol::HttpRequest& http = exchange.request;
  std::uint64_t bytes = http.method.size() + http.target.size() + 14;  // " ", " HTTP/1.1", ends of lines
  for (const protocol::HeaderField& field : http.headers) bytes += field.name.size() + field.value.size() + 4;
  return bytes + exchange.body.content_length().value_or(0);
}

/// Of an answer's header lines.
std::string_view HeaderOf(std::string_view lines, std::string_view start) {
  const std::size_t at = lines.starts_with(start) ? 0 : lines.find("\r\n" + std::string(start));
  if (at == std::string_view::npos) return {};
  const std::size_t from = lines.find(": ", at) + 2;
  return lines.substr(from, lines.find("\r\n", from) - from);
}

/// An answer's body that tells when it is over. Nothing but its counting stands between it and the client.
class RecordedBody final : public protocol::BodySource {
 public:
  RecordedBody(std::unique_ptr<protocol::BodySource> body, std::shared_ptr<RequestRecord> record,
               const ProxyRequest& request)
      : body_(std::move(body)),
        record_(std::move(record)),
        log_(*request.tools.log),
        clock_(request.tools.clock),
        load_balancer_(request.load_balancer.settings) {}
  ~RecordedBody() override {
    log_.Add(*load_balancer_, RequestLog::Kind::kAccess,
             FormatAccess(*record_, clock_.Now(), steady_clock::now()));
  }

  std::optional<std::uint64_t> content_length() const override { return body_->content_length(); }
  runtime::Task<std::string_view> Read() override {
    runtime::Task<std::string_view> next = body_->Read();
    const std::string_view piece = co_await next;
    record_->sent_bytes += piece.size();
    co_return piece;
  }

 private:
  const std::unique_ptr<protocol::BodySource> body_;
  const std::shared_ptr<RequestRecord> record_;
  RequestLog& log_;
  const base::Clock& clock_;
  const std::shared_ptr<const LoadBalancer> load_balancer_;
};

}  // namespace

std::shared_ptr<RequestRecord> BeginRecord(const ProxyRequest& request) {
  const LoadBalancer& settings = request.settings();
  const protocol::HttpRequest& http = request.exchange.request;
  const base::TimePoint now = request.tools.clock.Now();
  if (settings.connection_logs && http.connection != nullptr && http.connection->requests == 1) {
    request.tools.log->Add(settings, RequestLog::Kind::kConnection,
                           FormatConnection(*http.connection, *request.listener.settings, now));
  }
  if (!settings.access_logs) return nullptr;
  auto record = std::make_shared<RequestRecord>();
  record->load_balancer = "app/" + settings.name + "/" + settings.id;
  record->client = std::string(http.peer_address);
  record->request.append(http.method).append(" ").append(UrlOf(request));
  record->request.append(http.version >= 20 ? " HTTP/2.0" : http.version == 10 ? " HTTP/1.0" : " HTTP/1.1");
  record->user_agent = http.Header("User-Agent");
  record->trace_id = http.Header("X-Amzn-Trace-Id");
  record->received_bytes = BytesOf(request.exchange);
  record->created = now;
  record->began = steady_clock::now();
  if (http.connection != nullptr) {
    record->client += ":" + std::to_string(http.connection->peer_port);
    record->tls_cipher = http.connection->tls_cipher;
    record->tls_protocol = http.connection->tls_version;
    record->domain_name = http.connection->server_name;
    record->connection_id = ConnectionTraceId(*http.connection);
  }
  // Which of several was chosen by SNI nobody tells.
  const std::vector<Certificate>& certificates = request.listener.settings->certificates;
  if (request.https() && certificates.size() == 1) record->certificate_arn = certificates.front().arn;
  return record;
}

void NoteRule(RequestRecord& record, const RuleAtWork& rule) {
  record.priority = rule.rule.priority;
  if (std::holds_alternative<AuthenticateOidc>(rule.rule.gate)) record.actions = "authenticate,";
  if (std::holds_alternative<ValidateJwt>(rule.rule.gate)) record.actions = "jwt-validation,";
  record.actions += std::holds_alternative<Forward>(rule.rule.action)    ? "forward"
                    : std::holds_alternative<Redirect>(rule.rule.action) ? "redirect"
                                                                         : "fixed-response";
}

void EndRecord(std::shared_ptr<RequestRecord> record, const ProxyRequest& request) {
  protocol::HttpResponse& response = request.exchange.response;
  record->type = TypeOf(request, response.takeover != nullptr);
  record->status = response.status;
  if (record->actions.ends_with("redirect")) record->redirect_url = HeaderOf(response.headers, "Location: ");
  record->sent_bytes = response.headers.size() + response.body.size();
  if (response.source) {
    response.source = std::make_unique<RecordedBody>(std::move(response.source), std::move(record), request);
    return;
  }
  const std::string line = FormatAccess(*record, request.tools.clock.Now(), steady_clock::now());
  request.tools.log->Add(request.settings(), RequestLog::Kind::kAccess, line);
}

}  // namespace cumulite::elb::proxy
