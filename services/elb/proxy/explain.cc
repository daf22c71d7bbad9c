#include "services/elb/proxy/explain.h"

#include "protocol/json_writer.h"
#include "services/elb/proxy/balancer.h"
#include "services/elb/proxy/forward.h"
#include "services/elb/proxy/redirect.h"
#include "services/elb/proxy/request_headers.h"

namespace cumulite::elb::proxy {
namespace {
using protocol::JsonWriter;

std::string_view NameOf(Condition::Field field) {
  switch (field) {
    case Condition::Field::kHostHeader:
      return "host-header";
    case Condition::Field::kPathPattern:
      return "path-pattern";
    case Condition::Field::kHttpHeader:
      return "http-header";
    case Condition::Field::kMethod:
      return "http-request-method";
    case Condition::Field::kQueryString:
      return "query-string";
    case Condition::Field::kSourceIp:
      break;
  }
  return "source-ip";
}

std::string_view NameOf(TargetState::Standing standing) {
  constexpr std::string_view kNames[] = {"initial", "healthy", "unhealthy", "draining", "unused"};
  return kNames[static_cast<std::size_t>(standing)];
}

void Member(JsonWriter& json, std::string_view name, std::string_view value) {
  json.Key(name);
  json.String(value);
}

void WriteTargets(JsonWriter& json, const GroupAtWork& group, base::TimePoint now) {
  BalancerState untouched;
  untouched.turn = group.memory->balancer.turn.load();
  const Choice choice =
      ChooseTarget(*group.settings, group.targets, untouched, {.now = now, .zone = {}, .sticky = {}});
  json.Key("FailOpen");
  json.Bool(choice.fail_open);
  json.Key("Targets");
  json.OpenArray();
  for (const auto& target : group.targets) {
    json.OpenObject();
    Member(json, "Id", target->id);
    json.Key("Port");
    json.Int(target->port);
    Member(json, "State", NameOf(target->standing()));
    json.Key("Next");
    json.Bool(target.get() == choice.target);
    json.CloseObject();
  }
  json.CloseArray();
}

void WriteAction(JsonWriter& json, const RuleAtWork& rule, const ListenerAtWork& listener,
                 const RequestFacts& facts, base::TimePoint now) {
  json.Key("Action");
  json.OpenObject();
  if (const auto* const redirect = std::get_if<Redirect>(&rule.rule.action)) {
    Member(json, "Type", "redirect");
    const bool https = listener.settings->protocol == Listener::Protocol::kHttps;
    const auto location = LocationOf(
        *redirect, {https ? "https" : "http", facts.host, listener.settings->port, facts.path, facts.query});
    json.Key("StatusCode");
    json.Int(location ? redirect->status : 507);
    if (location) Member(json, "Location", *location);
  } else if (const auto* const fixed = std::get_if<FixedResponse>(&rule.rule.action)) {
    Member(json, "Type", "fixed-response");
    json.Key("StatusCode");
    json.Int(fixed->status);
  } else {
    Member(json, "Type", "forward");
    json.Key("TargetGroups");
    json.OpenArray();
    for (const RuleAtWork::Share& share : rule.groups) {
      json.OpenObject();
      Member(json, "TargetGroupArn", share.group->settings->arn);
      json.Key("Weight");
      json.Int(share.weight);
      WriteTargets(json, *share.group, now);
      json.CloseObject();
    }
    json.CloseArray();
  }
  json.CloseObject();
}

/// Each rule up to the one that matches, and why the others did not.
void WriteRules(JsonWriter& json, const ListenerAtWork& listener, const RequestFacts& facts,
                base::TimePoint now) {
  const RuleAtWork* matched = nullptr;
  json.Key("Rules");
  json.OpenArray();
  for (const RuleAtWork& rule : listener.rules) {
    const ConditionMatcher* const mismatch = rule.matcher.Mismatch(facts);
    json.OpenObject();
    Member(json, "RuleArn", rule.rule.arn);
    Member(json, "Priority", rule.rule.priority == 0 ? "default" : std::to_string(rule.rule.priority));
    json.Key("Matches");
    json.Bool(mismatch == nullptr);
    if (mismatch != nullptr) Member(json, "Mismatch", NameOf(mismatch->field()));
    json.CloseObject();
    if (mismatch != nullptr) continue;
    matched = &rule;
    break;
  }
  json.CloseArray();
  if (matched != nullptr) WriteAction(json, *matched, listener, facts, now);
}
}  // namespace

std::string ExplainRequest(const RoutingTable& table, const Question& question, base::TimePoint now) {
  const Entrance entrance = table.ByHost(question.host, question.listener_port);
  const std::size_t mark = question.path.find('?');
  std::vector<protocol::HeaderField> headers;
  for (const auto& [name, value] : question.headers) headers.push_back({name, value});
  const std::string_view path = question.path;
  const RequestFacts facts{
      .host = HostWithoutPort(question.host),
      .path = path.substr(0, mark),
      .query = mark == std::string::npos ? std::string_view{} : path.substr(mark + 1),
      .method = question.method,
      .headers = headers,
      .source = IpAddress::Parse(question.source_ip).value_or(IpAddress{}),
  };
  std::string out;
  JsonWriter json(out);
  json.OpenObject();
  if (entrance.load_balancer != nullptr) {
    Member(json, "LoadBalancerArn", entrance.load_balancer->settings->arn);
  }
  if (entrance.listener == nullptr) {
    Member(json, "Problem",
           entrance.load_balancer == nullptr ? "no load balancer has this host"
                                             : "the load balancer has no such listener");
  } else {
    Member(json, "ListenerArn", entrance.listener->settings->arn);
    WriteRules(json, *entrance.listener, facts, now);
  }
  json.CloseObject();
  return out;
}

}  // namespace cumulite::elb::proxy
