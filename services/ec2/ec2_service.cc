#include "services/ec2/ec2_service.h"

#include "services/ec2/access.h"
#include "services/ec2/default_network.h"
#include "services/ec2/errors.h"

namespace cumulite::ec2 {
namespace {

bool IsDryRun(const protocol::Exchange& exchange) {
  if (!exchange.route.form || exchange.route.operation == nullptr) return false;
  const auto value = exchange.route.form->root().Child("DryRun").Value();
  return value == "true" || value == "True";
}

}  // namespace

Ec2Service::Ec2Service(const storage::DataDirectory& data, const storage::DatabaseOptions& options,
                       const base::Clock& clock)
    : clock_(clock),
      log_(*base::Logger("ec2")),
      database_(data.path() / "ec2.db", options),
      writer_(database_.Migrate(Migrations())),
      store_(database_) {}

Ec2Service::~Ec2Service() { writer_.Stop(); }

runtime::Task<void> Ec2Service::Handle(protocol::Exchange& exchange) {
  if (IsDryRun(exchange)) {
    try {
      RequireAllowed(exchange.context, "*");
      throw AwsError(kDryRunOperation, "Request would have succeeded, but DryRun flag is set.");
    } catch (const AwsError& refusal) {
      protocol::RenderRpcError(kModel, refusal, exchange);
    }
    co_return;
  }
  runtime::Task<void> beginning = Begin(exchange.context.identity.account, exchange.context.identity.region);
  co_await beginning;
  runtime::Task<void> handled = protocol::HandleRpc(kModel, this, exchange);
  co_await handled;
}

runtime::Task<void> Ec2Service::Begin(std::string account, std::string region) {
  const Owner owner{account, region};
  if (committed().HasBegun(owner)) co_return;
  const auto begin = [this, owner] { MakeDefaultNetwork(store_, owner); };
  co_await writer_.Run(begin);
}

runtime::Task<std::vector<std::optional<std::string>>> Ec2Service::FindVpcs(std::string account,
                                                                            std::string region,
                                                                            std::vector<std::string> ids) {
  std::vector<std::optional<std::string>> found(ids.size());
  try {
    runtime::Task<void> beginning = Begin(account, region);
    co_await beginning;
    const Owner owner{account, region};
    for (std::size_t i = 0; i < ids.size(); ++i) {
      if (const auto vpc = committed().Find<Vpc>(owner, ids[i])) found[i] = vpc->vpc_id;
      if (const auto group = committed().Find<SecurityGroup>(owner, ids[i])) found[i] = group->vpc_id;
      if (committed().Find<Address>(owner, ids[i])) found[i] = "";
    }
  } catch (const std::exception& failure) {
    log_.error("networks cannot be read cause={}", failure.what());
  }
  co_return found;
}

runtime::Task<std::vector<std::optional<services::NetworkLookup::Subnet>>> Ec2Service::FindSubnets(
    std::string account, std::string region, std::vector<std::string> ids) {
  std::vector<std::optional<Subnet>> found(ids.size());
  try {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      const auto subnet = committed().Find<ec2::Subnet>({account, region}, ids[i]);
      if (subnet) found[i] = Subnet{subnet->vpc_id.value_or(""), subnet->availability_zone.value_or("")};
    }
  } catch (const std::exception& failure) {
    log_.error("subnets cannot be read cause={}", failure.what());
  }
  co_return found;
}

runtime::Task<void> Ec2Service::Reset(services::ResetScope scope) {
  const std::string account = scope.account.value_or("");
  const std::string region = scope.region.value_or("");
  const auto erase = [this, &account, &region] { store_.EraseAll(account, region); };
  co_await writer_.Run(erase, storage::Room::kMakes);
}

}  // namespace cumulite::ec2
