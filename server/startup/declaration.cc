#include "server/startup/declaration.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include "config/nearest.h"

namespace cumulite::server {
using nlohmann::ordered_json;

namespace {

/// Null when it is absent.
ordered_json TakeFrom(ordered_json& object, const std::string& name) {
  if (!object.contains(name)) return nullptr;
  ordered_json taken = std::move(object[name]);
  object.erase(name);
  return taken;
}

}  // namespace

Declaration::Declaration(const SeedEntry& entry)
    : entry_(entry), members_(std::make_unique<ordered_json>(ordered_json::parse(entry.json))) {}
Declaration::~Declaration() = default;
Declaration::Declaration(Declaration&&) noexcept = default;

void Declaration::Fail(const std::string& what) const {
  throw std::runtime_error("seed: " + entry_.place + ": " + entry_.kind + ": " + what);
}

ordered_json Declaration::Take(const std::string& name) const { return TakeFrom(members(), name); }

std::vector<ordered_json> Declaration::TakeList(const std::string& name) const {
  return TakeList(members(), name);
}

std::string Declaration::TakeText(const std::string& name, const std::string& otherwise) const {
  const ordered_json taken = Take(name);
  if (taken.is_null()) return otherwise;
  if (!taken.is_string()) Fail(name + " must be a string");
  return taken.get<std::string>();
}

std::vector<ordered_json> Declaration::TakeList(ordered_json& object, const std::string& name) const {
  const ordered_json taken = TakeFrom(object, name);
  if (taken.is_null()) return {};
  if (!taken.is_array()) Fail(name + " must be a list");
  return {taken.begin(), taken.end()};
}

Declaration OpenDeclaration(const SeedEntry& entry, const config::Settings& settings) {
  Declaration declaration(entry);
  declaration.account = declaration.TakeText("account", settings.account);
  declaration.region = declaration.TakeText("region", settings.region);
  return declaration;
}

OwnCall CallOf(const Declaration& declaration, std::string service) {
  return {.service = std::move(service),
          .operation = {},
          .account = declaration.account,
          .region = declaration.region,
          .headers = {},
          .body = {},
          .stream = {}};
}

namespace {

/// A misspelt member would be ignored by the service, as AWS does: here it is a mistake.
void CheckNames(const World& world, const Declaration& declaration, std::string_view service,
                std::string_view operation, const ordered_json& members) {
  std::vector<std::string> names;
  for (const protocol::RpcModel* model : world.Find(service)->descriptor().models) {
    for (const protocol::Operation& candidate : model->operations) {
      if (candidate.name != operation) continue;
      for (const protocol::Member& member : candidate.request()) names.emplace_back(member.name);
    }
  }
  for (const auto& [name, value] : members.items()) {
    if (std::ranges::find(names, name) != names.end()) continue;
    declaration.Fail(std::string(operation) + " has no member " + name + config::Hint(name, names));
  }
}

}  // namespace

runtime::Task<OwnAnswer> Send(World& world, const Declaration& declaration, OwnCall call,
                              std::set<std::string_view> fine) {
  const std::string what = call.operation.empty() ? call.method + " " + call.target : call.operation;
  runtime::Task<OwnAnswer> calling = Call(world, std::move(call));
  OwnAnswer answer = co_await calling;
  if (!answer.error_code.empty() && !fine.contains(answer.error_code)) {
    declaration.Fail(what + ": " + answer.error_code + ": " + answer.error_message);
  }
  co_return answer;
}

runtime::Task<ordered_json> Rpc(World& world, const Declaration& declaration, const char* service,
                                const char* operation, const ordered_json& members,
                                std::set<std::string_view> fine) {
  CheckNames(world, declaration, service, operation, members);
  OwnCall call = CallOf(declaration, service);
  call.operation = operation;
  call.body = members.dump();
  runtime::Task<OwnAnswer> sent = Send(world, declaration, std::move(call), std::move(fine));
  const OwnAnswer answer = co_await sent;
  co_return ordered_json::parse(answer.body, nullptr, false);
}

}  // namespace cumulite::server
