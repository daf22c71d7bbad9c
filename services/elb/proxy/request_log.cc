#include "services/elb/proxy/request_log.h"

#include <fmt/format.h>

#include "base/time_text.h"
#include "protocol/checksum.h"
#include "services/elb/proxy/mutual_tls.h"

namespace cumulite::elb::proxy {
namespace {
using std::chrono::duration;
using std::chrono::milliseconds;

/// "2018-07-02T22:23:00.186000Z"
std::string TimeText(base::TimePoint time) {
  std::string text = base::FormatIsoMilliseconds(time);
  return text.insert(text.size() - 1, "000");
}

std::string_view OrDash(std::string_view text) { return text.empty() ? std::string_view("-") : text; }

/// In quotes; what would end them, or the line, is written as \xNN.
std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : OrDash(text)) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\' || byte < 0x20 || byte == 0x7f) {
      out += fmt::format("\\x{:02X}", byte);
    } else {
      out += c;
    }
  }
  return out + "\"";
}

/// Seconds between two moments; -1 where one did not come.
std::string Between(RequestRecord::Steady from, RequestRecord::Steady to) {
  constexpr RequestRecord::Steady kNever{};
  if (from == kNever || to == kNever) return "-1";
  return fmt::format("{:.3f}", duration<double>(to - from).count());
}

}  // namespace

std::string FormatAccess(const RequestRecord& record, base::TimePoint time, RequestRecord::Steady ended) {
  const bool dispatched = !record.target.empty();
  const std::string target_status = record.target_status == 0 ? "-" : std::to_string(record.target_status);
  const std::string priority = record.priority < 0 ? "-" : std::to_string(record.priority);
  std::string line;
  line.append(record.type).append(" ").append(TimeText(time)).append(" ").append(record.load_balancer);
  line.append(" ").append(record.client).append(" ").append(OrDash(record.target));
  line.append(" ").append(dispatched ? Between(record.began, record.sent) : "-1");
  line.append(" ").append(dispatched ? Between(record.sent, record.answered) : "-1");
  line.append(" ").append(dispatched ? Between(record.answered, ended) : "-1");
  line.append(
      fmt::format(" {} {} {} {} ", record.status, target_status, record.received_bytes, record.sent_bytes));
  line.append(Quoted(record.request)).append(" ").append(Quoted(record.user_agent));
  line.append(" ").append(OrDash(record.tls_cipher)).append(" ").append(OrDash(record.tls_protocol));
  line.append(" ").append(OrDash(record.target_group)).append(" ").append(Quoted(record.trace_id));
  line.append(" ").append(Quoted(record.domain_name)).append(" ").append(Quoted(record.certificate_arn));
  line.append(" ").append(priority).append(" ").append(TimeText(record.created));
  line.append(" ").append(Quoted(record.actions)).append(" ").append(Quoted(record.redirect_url));
  line.append(" \"-\" ").append(Quoted(record.target));
  line.append(" ").append(Quoted(record.target_status == 0 ? "" : target_status));
  // Requests that are not compliant are refused before they get here.
  line.append(" \"-\" \"-\" ").append(OrDash(record.connection_id));
  return line;
}

std::string FormatConnection(const protocol::ConnectionInfo& connection, const Listener& listener,
                             base::TimePoint time) {
  std::string subject;
  std::string validity;
  std::string serial;
  const auto headers = DescribeClientCertificate(
      connection.client_chain.empty() ? MutualTls::Mode::kOff : MutualTls::Mode::kVerify,
      connection.client_chain);
  for (const ClientCertificateHeader& header : headers) {
    if (header.name == "X-Amzn-Mtls-Clientcert-Subject") subject = header.value;
    if (header.name == "X-Amzn-Mtls-Clientcert-Validity") validity = header.value;
    if (header.name == "X-Amzn-Mtls-Clientcert-Serial-Number") serial = header.value;
  }
  const bool verified =
      listener.mutual_tls.mode == MutualTls::Mode::kVerify && !connection.client_chain.empty();
  std::string line = TimeText(time);
  line.append(" ").append(connection.peer_address).append(" ").append(std::to_string(connection.peer_port));
  line.append(" ").append(std::to_string(listener.port)).append(" ").append(OrDash(connection.tls_version));
  line.append(" ").append(OrDash(connection.tls_cipher)).append(" - ");
  line.append(subject.empty() ? "-" : Quoted(subject)).append(" ").append(OrDash(validity));
  line.append(" ").append(OrDash(serial)).append(" ").append(verified ? "Success" : "-");
  line.append(" ").append(ConnectionTraceId(connection));
  return line;
}

std::string ConnectionTraceId(const protocol::ConnectionInfo& connection) {
  protocol::Hasher hasher(protocol::ChecksumAlgorithm::kMd5);
  hasher.Update(connection.peer_address);
  hasher.Update(fmt::format(":{} {}", connection.peer_port, connection.opened.time_since_epoch().count()));
  return "TID_" + hasher.Finish().Hex();
}

}  // namespace cumulite::elb::proxy
