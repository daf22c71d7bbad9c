#pragma once
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.h"
#include "runtime/task.h"
#include "server/startup/own_call.h"
#include "server/startup/seed_file.h"
#include "server/world.h"

namespace cumulite::server {

/// A declaration of a seed file taken apart: what is ours, and what goes to the service as it stands.
class Declaration {
 public:
  /// `entry` outlives it. Errors: none, since ReadSeedFile made the text.
  explicit Declaration(const SeedEntry& entry);
  ~Declaration();
  Declaration(Declaration&&) noexcept;

  nlohmann::ordered_json& members() const { return *members_; }
  const SeedEntry& entry() const { return entry_; }
  std::string account;
  std::string region;

  /// Errors: std::runtime_error, always, with the declaration's file and line.
  [[noreturn]] void Fail(const std::string& what) const;

  /// Takes a member out; null, `otherwise` or nothing when it is absent. Errors: as Fail for another type.
  nlohmann::ordered_json Take(const std::string& name) const;
  std::string TakeText(const std::string& name, const std::string& otherwise = {}) const;
  std::vector<nlohmann::ordered_json> TakeList(const std::string& name) const;
  std::vector<nlohmann::ordered_json> TakeList(nlohmann::ordered_json& object, const std::string& name) const;

 private:
  const SeedEntry& entry_;
  std::unique_ptr<nlohmann::ordered_json> members_;
};

/// Takes over what stands in the file; the settings say account and region where it does not.
Declaration OpenDeclaration(const SeedEntry& entry, const config::Settings& settings);

/// A call to `service` as the declaration's account, in its region.
OwnCall CallOf(const Declaration& declaration, std::string service);

/// Makes the call. Errors: as Declaration::Fail, with what the service said, unless it is one of `fine`.
runtime::Task<OwnAnswer> Send(World& world, const Declaration& declaration, OwnCall call,
                              std::set<std::string_view> fine = {});

/// Calls an operation of an RPC service with members by AWS's names, and gives its answer. A name that the
/// operation does not have is a mistake here, which the service would ignore. Errors: as Send.
runtime::Task<nlohmann::ordered_json> Rpc(World& world, const Declaration& declaration, const char* service,
                                          const char* operation, const nlohmann::ordered_json& members,
                                          std::set<std::string_view> fine = {});

}  // namespace cumulite::server
