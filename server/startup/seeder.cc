#include "server/startup/seeder.h"

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>

#include "base/log.h"
#include "config/nearest.h"
#include "protocol/checksum.h"
#include "server/startup/declaration.h"
#include "server/startup/file_body.h"
#include "server/startup/load_balancer_seeds.h"

namespace cumulite::server {
namespace {
using nlohmann::ordered_json;
namespace fs = std::filesystem;

runtime::Task<void> MakeQueue(World& world, Declaration declaration) {
  runtime::Task<ordered_json> made = Rpc(world, declaration, "sqs", "CreateQueue", declaration.members());
  co_await made;
}

runtime::Task<void> MakeTopic(World& world, Declaration declaration) {
  const std::vector<ordered_json> subscriptions = declaration.TakeList("subscription");
  runtime::Task<ordered_json> made = Rpc(world, declaration, "sns", "CreateTopic", declaration.members());
  const ordered_json topic = co_await made;
  for (ordered_json subscription : subscriptions) {
    if (!subscription.is_object()) declaration.Fail("subscription must be a list of tables");
    subscription["TopicArn"] = topic["TopicArn"];
    runtime::Task<ordered_json> subscribed = Rpc(world, declaration, "sns", "Subscribe", subscription);
    co_await subscribed;
  }
}

runtime::Task<void> MakeTable(World& world, Declaration declaration) {
  const std::vector<ordered_json> items = declaration.TakeList("items");
  runtime::Task<ordered_json> made =
      Rpc(world, declaration, "dynamodb", "CreateTable", declaration.members(), {"ResourceInUseException"});
  co_await made;
  for (const ordered_json& item : items) {
    const ordered_json put{{"TableName", declaration.members()["TableName"]}, {"Item", item}};
    runtime::Task<ordered_json> stored = Rpc(world, declaration, "dynamodb", "PutItem", put);
    co_await stored;
  }
}

OwnCall Rest(const Declaration& declaration, std::string method, std::string target) {
  OwnCall call = CallOf(declaration, "s3");
  call.method = std::move(method);
  call.target = std::move(target);
  return call;
}

/// Stores a file unless the object is those very bytes already: a bucket with versions gains none.
runtime::Task<void> MakeObject(World& world, const Declaration& declaration, std::string target,
                               std::string file) {
  runtime::Task<OwnAnswer> asking = Call(world, Rest(declaration, "HEAD", target));
  const OwnAnswer there = co_await asking;
  if (there.status == 200 && there.headers.find(Md5Of(file)) != std::string::npos) co_return;
  OwnCall put = Rest(declaration, "PUT", std::move(target));
  put.stream = std::make_unique<FileBody>(file);
  put.headers.emplace_back("Content-Length", std::to_string(fs::file_size(file)));
  runtime::Task<OwnAnswer> stored = Send(world, declaration, std::move(put));
  co_await stored;
}

runtime::Task<void> MakeBucket(World& world, Declaration declaration) {
  const std::string bucket = declaration.TakeText("Bucket");
  const std::string folder = declaration.TakeText("folder");
  if (bucket.empty()) declaration.Fail("Bucket is missing");
  for (const auto& [name, value] : declaration.members().items()) {
    declaration.Fail("unknown key " + name + config::Hint(name, {"Bucket", "folder", "region", "account"}));
  }
  const std::string target = "/" + protocol::PercentEncode(bucket);
  OwnCall create = Rest(declaration, "PUT", target);
  if (declaration.region != "us-east-1") {
    create.body = "<CreateBucketConfiguration><LocationConstraint>" + declaration.region +
                  "</LocationConstraint></CreateBucketConfiguration>";
  }
  runtime::Task<OwnAnswer> made = Send(world, declaration, std::move(create), {"BucketAlreadyOwnedByYou"});
  co_await made;
  if (folder.empty()) co_return;
  const fs::path root =
      fs::path(folder).is_absolute() ? fs::path(folder) : fs::path(declaration.entry().folder) / folder;
  if (!fs::is_directory(root)) declaration.Fail(root.string() + " is no folder");
  std::vector<fs::path> files;
  for (const auto& found : fs::recursive_directory_iterator(root)) {
    if (found.is_regular_file()) files.push_back(found.path());
  }
  std::ranges::sort(files);
  for (const fs::path& file : files) {
    const std::string key = fs::relative(file, root).generic_string();
    runtime::Task<void> stored =
        MakeObject(world, declaration, target + "/" + protocol::PercentEncode(key, protocol::Slash::kKeep),
                   file.string());
    co_await stored;
  }
}

struct Maker {
  std::string_view kind;
  runtime::Task<void> (*make)(World&, Declaration);
};
/// In the order in which they need each other: queues subscribe to topics, listeners forward to target
/// groups.
constexpr Maker kMakers[] = {{"queue", &MakeQueue},
                             {"topic", &MakeTopic},
                             {"table", &MakeTable},
                             {"bucket", &MakeBucket},
                             {"target_group", &MakeTargetGroup},
                             {"load_balancer", &MakeLoadBalancer}};

}  // namespace

runtime::Task<void> Seeder::Run() {
  std::vector<SeedEntry> entries;
  for (const std::string& file : settings_.seed) {
    for (SeedEntry& entry : ReadSeedFile(file)) entries.push_back(std::move(entry));
  }
  for (const Maker& maker : kMakers) {
    for (const SeedEntry& entry : entries) {
      if (entry.kind != maker.kind) continue;
      Declaration declaration = OpenDeclaration(entry, settings_);
      runtime::Task<void> made = maker.make(world_, std::move(declaration));
      co_await made;
    }
  }
  if (!entries.empty()) base::Logger("seed")->info("seeded declarations={}", entries.size());
}

}  // namespace cumulite::server
