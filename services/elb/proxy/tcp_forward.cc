#include "services/elb/proxy/tcp_forward.h"

#include "net/relay.h"
#include "services/elb/proxy/forward.h"
#include "services/elb/proxy/sticky_cookie.h"
#include "services/elb/proxy/transaction.h"

namespace cumulite::elb::proxy {
namespace {
constexpr std::chrono::seconds kConnectTimeout{10};

void AppendBigEndian(std::uint16_t number, std::string& out) {
  out += static_cast<char>(number >> 8);
  out += static_cast<char>(number & 0xff);
}

/// source_ip stickiness: of all clients of an address the same target, as long as the targets are the same.
std::optional<std::uint64_t> StickyTarget(const GroupAtWork& group,
                                          const protocol::ConnectionInfo* connection) {
  if (group.settings->stickiness != TargetGroup::Stickiness::kSourceIp || connection == nullptr)
    return std::nullopt;
  std::vector<std::uint64_t> keys;
  for (const auto& target : group.targets) {
    if (target->standing() == TargetState::Standing::kHealthy) keys.push_back(target->key);
  }
  if (keys.empty()) return std::nullopt;
  return keys[KeyOf(connection->peer_address) % keys.size()];
}

net::HttpCall CallTo(ProxyTools& tools, const TargetGroup& group, Transaction& transaction) {
  net::HttpCall call;
  call.url = transaction.target().url;
  call.connect_timeout = kConnectTimeout;
  call.timeout = std::chrono::milliseconds(0);
  call.cancel = &transaction.cancel();
  if (group.protocol == TargetGroup::Protocol::kTls) call.tls = tools.tls.Get();
  return call;
}
}  // namespace

std::string ProxyProtocolHeader(const protocol::ConnectionInfo& connection) {
  const std::optional<IpAddress> from = IpAddress::Parse(connection.peer_address);
  const std::optional<IpAddress> to = IpAddress::Parse(connection.local_address);
  std::string header("\r\n\r\n\0\r\nQUIT\n\x21", 13);
  if (!from || !to) {
    header += '\0';
    AppendBigEndian(0, header);
    return header;
  }
  const bool v4 = from->v4 && to->v4;
  header += v4 ? '\x11' : '\x21';
  AppendBigEndian(v4 ? 12 : 36, header);
  const std::size_t begin = v4 ? 12 : 0;
  for (const IpAddress* address : {&*from, &*to}) {
    for (std::size_t i = begin; i < address->bytes.size(); ++i)
      header += static_cast<char>(address->bytes[i]);
  }
  AppendBigEndian(connection.peer_port, header);
  AppendBigEndian(connection.local_port, header);
  return header;
}

runtime::Task<void> ForwardConnection(ProxyTools& tools,
                                      [[maybe_unused]] std::shared_ptr<const RoutingTable> table,
                                      Entrance entrance, protocol::ByteStream& client) {
  if (entrance.listener == nullptr || entrance.listener->rules.empty()) co_return;
  const RuleAtWork& rule = entrance.listener->rules.back();
  const std::uint64_t turn =
      entrance.load_balancer->memory->zone_turn.fetch_add(1, std::memory_order_relaxed);
  const GroupAtWork* const group = ChooseGroup(rule, std::nullopt, turn);
  if (group == nullptr) co_return;
  Count(entrance.load_balancer->memory->counters.new_connections);
  const ChoiceOf of{
      .now = tools.clock.Now(), .zone = {}, .sticky = StickyTarget(*group, client.connection())};
  const Choice choice = ChooseTarget(*group->settings, group->targets, group->memory->balancer, of);
  std::shared_ptr<Transaction> transaction;
  for (const auto& target : group->targets) {
    if (target.get() == choice.target) transaction = Transaction::Begin(target, nullptr);
  }
  if (!transaction) co_return;
  runtime::Task<net::HttpResult> connecting =
      tools.http.Connect(CallTo(tools, *group->settings, *transaction));
  net::HttpResult connected = co_await connecting;
  if (!connected.ok()) {
    Count(group->memory->counters.connection_errors);
    co_return;
  }
  protocol::ByteStream& target = *connected.answer().upgraded;
  const runtime::Cancel::Registration evicted(transaction->cancel(), [&target] { target.Abort(); });
  if (group->settings->proxy_protocol_v2 && client.connection() != nullptr) {
    const std::string header = ProxyProtocolHeader(*client.connection());
    runtime::Task<bool> written = target.Write(header);
    if (!co_await written) co_return;
  }
  runtime::Task<void> relayed = net::Relay(client, target);
  co_await relayed;
}

}  // namespace cumulite::elb::proxy
