#include "services/elb/proxy/forward.h"

#include <chrono>

#include "net/relay.h"
#include "protocol/error.h"
#include "protocol/trailers.h"
#include "services/elb/proxy/answer_headers.h"
#include "services/elb/proxy/connection_header.h"
#include "services/elb/proxy/request_headers.h"
#include "services/elb/proxy/request_log.h"
#include "services/elb/proxy/stickiness.h"
#include "services/elb/proxy/transaction.h"

namespace cumulite::elb::proxy {
namespace {
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using Kind = net::HttpError::Kind;

/// Source: User Guide "Troubleshoot": 504 after 10 s without a connection; 502 for a head above 32 KiB.
constexpr std::chrono::seconds kConnectTimeout{10};
constexpr std::size_t kMaxAnswerHead = 32 << 10;

/// A target's answer on its way to the client; holds what the request needs until its end.
class ProxiedBody : public protocol::BodySource {
 public:
  ProxiedBody(std::unique_ptr<net::AnswerBody> body, std::shared_ptr<Transaction> transaction,
              std::shared_ptr<LoadBalancerMemory> memory)
      : transaction_(std::move(transaction)), body_(std::move(body)), memory_(std::move(memory)) {}
  ~ProxiedBody() override { Count(memory_->counters.processed_bytes, bytes_); }

  std::optional<std::uint64_t> content_length() const override { return body_->content_length(); }
  runtime::Task<std::string_view> Read() override {
    runtime::Task<std::string_view> next = body_->Read();
    const std::string_view piece = co_await next;
    bytes_ += piece.size();
    co_return piece;
  }

 protected:
  const net::AnswerBody& body() const { return *body_; }

 private:
  const std::shared_ptr<Transaction> transaction_;  // outlives body_, which holds on to its Cancel
  const std::unique_ptr<net::AnswerBody> body_;
  const std::shared_ptr<LoadBalancerMemory> memory_;
  std::uint64_t bytes_ = 0;
};

/// The same from a target that speaks HTTP/2.
class ProxiedHttp2Body final : public ProxiedBody, public protocol::Trailers {
 public:
  using ProxiedBody::ProxiedBody;
  std::span<const protocol::HeaderField> trailers() const override {
    const auto* const inner = dynamic_cast<const protocol::Trailers*>(&body());
    return inner == nullptr ? std::span<const protocol::HeaderField>{} : inner->trailers();
  }
};

/// Where an answer's fields are not lent: of HTTP/2, and of a 101.
std::vector<protocol::HeaderField> Views(const std::vector<net::HttpHeader>& headers) {
  std::vector<protocol::HeaderField> views;
  for (const net::HttpHeader& header : headers) views.push_back({header.name, header.value});
  return views;
}

/// The connections of client and target, once the target has agreed to a WebSocket.
class WebSocket final : public protocol::Takeover {
 public:
  WebSocket(std::unique_ptr<protocol::ByteStream> target, std::shared_ptr<Transaction> transaction)
      : transaction_(std::move(transaction)), target_(std::move(target)) {}

  runtime::Task<void> Run(protocol::ByteStream& client) override {
    const runtime::Cancel::Registration evicted(transaction_->cancel(), [this] { target_->Abort(); });
    if (transaction_->cancel().requested()) target_->Abort();
    runtime::Task<void> relayed = net::Relay(client, *target_);
    co_await relayed;
  }

 private:
  const std::shared_ptr<Transaction> transaction_;
  const std::unique_ptr<protocol::ByteStream> target_;
};

/// Chunked, or of a length above nothing.
bool HasBody(const protocol::Exchange& exchange) {
  const std::optional<std::uint64_t> length = exchange.body.content_length();
  return length ? *length > 0
                : exchange.request.version >= 20 || exchange.request.Find("Transfer-Encoding").has_value();
}

/// 464: what the client speaks cannot be said to the group.
bool Speaks(const TargetGroup& group, const protocol::HttpRequest& request) {
  const bool http2 = request.version >= 20;
  switch (group.version) {
    case TargetGroup::Version::kHttp1:
      return !IsGrpc(request);
    case TargetGroup::Version::kHttp2:
      return http2;
    case TargetGroup::Version::kGrpc:
      return http2 && request.method == "POST";
  }
  return false;
}

/// Origin-form, as targets get it (RFC 9112 3.2.1).
std::string_view OriginForm(const protocol::HttpRequest& request) {
  if (request.target.starts_with('/') || request.path.empty()) return request.target;
  const auto size =
      static_cast<std::size_t>(request.target.data() + request.target.size() - request.path.data());
  return request.path.data() >= request.target.data() &&
                 request.path.data() < request.target.data() + request.target.size()
             ? std::string_view(request.path.data(), size)
             : request.path;
}

/// A client's node is in one zone; without cross-zone balancing that is where its targets are.
std::string_view ZoneFor(const ProxyRequest& request, const GroupAtWork& group) {
  const std::vector<std::string>& zones = request.settings().zones;
  if (group.settings->cross_zone.value_or(request.settings().cross_zone) || zones.empty()) return {};
  const std::uint64_t turn = request.load_balancer.memory->zone_turn.fetch_add(1, std::memory_order_relaxed);
  for (std::size_t i = 0; i < zones.size(); ++i) {
    const std::string& zone = zones[(turn + i) % zones.size()];
    // DNS leaves out zones without healthy targets, as long as there is another.
    for (const auto& target : group.targets) {
      if (target->zone == zone && target->standing() == TargetState::Standing::kHealthy) return zone;
    }
  }
  return zones[turn % zones.size()];
}

/// One request on its way to one target.
class Forwarding {
 public:
  Forwarding(ProxyRequest& request, const RuleAtWork& rule, const Identity& identity)
      : request_(request),
        exchange_(request.exchange),
        rule_(rule),
        identity_(identity),
        now_(request.tools.clock.Now()),
        stickiness_(exchange_.request, now_) {}

  runtime::Task<void> Run();

 private:
  /// False when the request has been answered instead.
  bool Prepare();
  int ChooseWhere();
  int MakeCall();
  void NoteTrace(std::string_view lines);
  void Fail(const net::HttpError& error);
  void TakeAnswer(net::HttpAnswer& answer);

  ProxyRequest& request_;
  protocol::Exchange& exchange_;
  const RuleAtWork& rule_;
  const Identity& identity_;
  const base::TimePoint now_;
  const Stickiness stickiness_;
  const GroupAtWork* group_ = nullptr;
  std::shared_ptr<Transaction> transaction_;
  net::HttpCall call_;
  bool websocket_ = false;
};

/// 0, or why there is no target.
int Forwarding::ChooseWhere() {
  const auto& forward = std::get<Forward>(rule_.rule.action);
  const std::uint64_t turn = request_.load_balancer.memory->zone_turn.load(std::memory_order_relaxed) +
                             request_.counters().requests.load(std::memory_order_relaxed);
  group_ = ChooseGroup(rule_, stickiness_.Group(forward), turn);
  if (group_ == nullptr) return 503;
  Count(group_->memory->counters.requests);
  const TargetGroup& group = *group_->settings;
  if (group.type == TargetGroup::Type::kLambda) return 502;  // no Lambda here that could answer
  if (!Speaks(group, exchange_.request)) return 464;
  const ChoiceOf of{.now = now_, .zone = ZoneFor(request_, *group_), .sticky = stickiness_.Target(group)};
  const Choice choice = ChooseTarget(group, group_->targets, group_->memory->balancer, of);
  if (choice.target == nullptr) return 503;
  if (choice.fail_open) Count(group_->memory->counters.unhealthy_routing);
  const bool sticky = group.stickiness == TargetGroup::Stickiness::kLbCookie ||
                      group.stickiness == TargetGroup::Stickiness::kAppCookie;
  if (sticky && !choice.stuck) Count(request_.counters().non_sticky);
  for (const auto& target : group_->targets) {
    if (target.get() == choice.target) transaction_ = Transaction::Begin(target, exchange_.context.cancel);
  }
  return 0;
}

/// 0, or why the request cannot be sent.
int Forwarding::MakeCall() {
  using Rewritten = Transformer::Result::Kind;
  const protocol::HttpRequest& http = exchange_.request;
  const TargetState& target = transaction_->target();
  call_.target = OriginForm(http);
  std::string host;
  if (!rule_.transformer.empty()) {
    Transformer::Result url = rule_.transformer.Rewrite(Transform::Kind::kUrlRewrite, call_.target);
    Transformer::Result name =
        rule_.transformer.Rewrite(Transform::Kind::kHostHeaderRewrite, http.Header("Host"));
    if (url.kind == Rewritten::kFailed || name.kind == Rewritten::kFailed) return 500;
    if (url.kind == Rewritten::kChanged) call_.target = std::move(url.text);
    if (name.kind == Rewritten::kChanged) host = std::move(name.text);
  }
  websocket_ = http.version == 11 && http.method == "GET" && HopByHop(http.headers).is_websocket();
  const HeaderFacts facts{.load_balancer = request_.settings(),
                          .listener = *request_.listener.settings,
                          .now = now_,
                          .rewritten_host = host,
                          .authenticates = identity_.authenticates,
                          .identity_lines = identity_.lines,
                          .websocket = websocket_};
  TargetRequest made;
  if (MakeTargetRequest(http, facts, made) == HeaderVerdict::kTooManyAddresses) return 463;
  call_.method = http.method;
  call_.url = target.url;
  call_.headers.push_back({"Host", std::move(made.host)});
  if (request_.record != nullptr) NoteTrace(made.lines);
  call_.header_lines = std::move(made.lines);
  call_.http2 = group_->settings->version != TargetGroup::Version::kHttp1;
  // RFC 9113 8.2.2 lets it pass; servers of gRPC insist on it.
  if (call_.http2 && http.Header("TE") == "trailers") call_.header_lines += "TE: trailers\r\n";
  if (HasBody(exchange_)) call_.body_source = &exchange_.body;
  call_.answer = net::HttpCall::Answer::kLent;
  call_.connect_timeout = kConnectTimeout;
  call_.timeout = milliseconds(0);
  call_.progress_timeout = request_.settings().idle_timeout;
  call_.max_head = kMaxAnswerHead;
  call_.cancel = &transaction_->cancel();
  if (group_->settings->protocol == TargetGroup::Protocol::kHttps) call_.tls = request_.tools.tls.Get();
  return 0;
}

/// The record has the trace as the target gets it.
void Forwarding::NoteTrace(std::string_view lines) {
  constexpr std::string_view kName = "X-Amzn-Trace-Id: ";
  const std::size_t at = lines.find(kName);
  if (at == std::string_view::npos) return;
  const std::size_t from = at + kName.size();
  request_.record->trace_id = lines.substr(from, lines.find("\r\n", from) - from);
}

void Forwarding::Fail(const net::HttpError& error) {
  TargetState& target = transaction_->target();
  target.errors.fetch_add(1, std::memory_order_relaxed);
  GroupCounters& counters = group_->memory->counters;
  if (error.kind == Kind::kConnect || error.kind == Kind::kDns || error.kind == Kind::kClosed) {
    Count(counters.connection_errors);
  }
  if (error.kind == Kind::kTls) Count(counters.tls_errors);
  AnswerItself(request_, error.kind == Kind::kTimeout ? 504 : 502);
}

void Forwarding::TakeAnswer(net::HttpAnswer& answer) {
  GroupCounters& counters = group_->memory->counters;
  if (answer.status >= 100 && answer.status < 600) {
    Count(counters.target_codes[static_cast<std::size_t>(answer.status / 100)]);
  }
  TargetState& target = transaction_->target();
  if (answer.status >= 500) target.errors.fetch_add(1, std::memory_order_relaxed);
  protocol::HttpResponse& response = exchange_.response;
  const bool switched = answer.status == 101;
  if (switched && !(websocket_ && answer.upgraded)) return AnswerItself(request_, 502);
  const std::vector<protocol::HeaderField> copied = Views(answer.headers);
  const std::span<const protocol::HeaderField> headers = copied.empty() ? answer.fields : copied;
  TakeAnswerHead(answer, headers, *request_.listener.settings, switched, response);
  const TargetGroup& group = *group_->settings;
  if (std::get<Forward>(rule_.rule.action).sticky)
    stickiness_.AppendGroupCookies(group_->key, response.headers);
  if (group.stickiness != TargetGroup::Stickiness::kOff) {
    const bool set = SetsCookie(headers, group.app_cookie_name);
    stickiness_.AppendTargetCookies(
        group, target.key, set ? Stickiness::ApplicationCookie::kSet : Stickiness::ApplicationCookie::kNotSet,
        response.headers);
  }
  if (switched) {
    response.takeover = std::make_unique<WebSocket>(std::move(answer.upgraded), std::move(transaction_));
  } else if (answer.arrived && answer.arrived->size() == response.announced_length) {
    // All of it is here: the target's connection is free before the client has been answered.
    response.body = *answer.arrived;
    Count(request_.counters().processed_bytes, response.body.size());
    answer.stream.reset();
    transaction_.reset();
  } else {
    const auto& memory = request_.load_balancer.memory;
    if (group.version == TargetGroup::Version::kHttp1) {
      response.source =
          std::make_unique<ProxiedBody>(std::move(answer.stream), std::move(transaction_), memory);
    } else {
      response.source =
          std::make_unique<ProxiedHttp2Body>(std::move(answer.stream), std::move(transaction_), memory);
    }
  }
}

runtime::Task<void> Forwarding::Run() {
  if (!Prepare()) co_return;
  transaction_->target().requests.fetch_add(1, std::memory_order_relaxed);
  const auto begun = steady_clock::now();
  RequestRecord* const record = request_.record;
  if (record != nullptr) {
    record->sent = begun;
    record->target = transaction_->target().authority;
    record->target_group = group_->settings->arn;
  }
  int refused = 0;
  try {
    runtime::Task<net::HttpResult> sent = request_.tools.http.Send(std::move(call_));
    net::HttpResult result = co_await sent;
    if (!result.ok()) {
      if (result.error().kind == Kind::kCancelled && !transaction_->evicted())
        throw protocol::ConnectionClosed{};
      Fail(result.error());
      co_return;
    }
    if (record != nullptr) {
      record->answered = steady_clock::now();
      record->target_status = result.answer().status;
    }
    GroupCounters& counters = group_->memory->counters;
    const auto waited = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - begun);
    Count(counters.response_microseconds, static_cast<std::uint64_t>(waited.count()));
    Count(counters.responses);
    TakeAnswer(result.answer());
  } catch (const protocol::AwsError& client) {
    // The client's own body came too slowly, broke off or was malformed; the target is not to blame.
    refused = client.kind().status == 408 ? 408 : client.kind().status == 503 ? 503 : 400;
  }
  if (refused != 0) {
    AnswerItself(request_, refused);
    exchange_.response.close_connection = true;
  }
}

bool Forwarding::Prepare() {
  int status = ChooseWhere();
  if (status == 0) status = MakeCall();
  if (status != 0) AnswerItself(request_, status);
  return status == 0;
}
}  // namespace

const GroupAtWork* ChooseGroup(const RuleAtWork& rule, std::optional<std::uint64_t> sticky,
                               std::uint64_t turn) {
  if (sticky) {
    for (const RuleAtWork::Share& share : rule.groups) {
      if (share.group->key == *sticky) return share.group.get();
    }
  }
  if (rule.weights <= 0) return nullptr;
  if (rule.groups.size() == 1) return rule.groups.front().group.get();
  auto left = static_cast<std::int64_t>(Spread(turn, static_cast<std::uint64_t>(rule.weights)));
  for (const RuleAtWork::Share& share : rule.groups) {
    left -= share.weight;
    if (left < 0) return share.group.get();
  }
  return nullptr;
}

runtime::Task<void> ForwardRequest(ProxyRequest& request, const RuleAtWork& rule, const Identity& identity) {
  Forwarding forwarding(request, rule, identity);
  runtime::Task<void> run = forwarding.Run();
  co_await run;
}

}  // namespace cumulite::elb::proxy
