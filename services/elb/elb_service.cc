#include "services/elb/elb_service.h"

#include <algorithm>
#include <utility>

#include "services/elb/certificates.h"
#include "services/elb/data_plane_feed.h"
#include "services/elb/inspect.h"
#include "services/elb/schema.h"

namespace cumulite::elb {

ElbService::ElbService(const storage::DataDirectory& data, const storage::DatabaseOptions& options,
                       const base::Clock& clock, services::Peers& peers,
                       std::unique_ptr<proxy::DataPlane> data_plane, ElbSettings settings)
    : clock_(clock),
      peers_(peers),
      settings_(settings),
      log_(*base::Logger("elb")),
      database_(data.path() / "elb.db", options),
      writer_(database_.Migrate(Migrations())),
      store_(database_),
      certificates_(std::make_unique<Certificates>(peers)),
      feed_(std::make_unique<DataPlaneFeed>(database_, writer_, store_, *certificates_, peers, clock,
                                            std::move(data_plane))) {}

ElbService::~ElbService() { writer_.Stop(); }

const proxy::DataPlane* ElbService::data_plane() const { return feed_->data_plane(); }

std::vector<proxy::TargetHealth> ElbService::HealthOf(std::string_view target_group_arn) const {
  return feed_->HealthOf(target_group_arn);
}

void ElbService::Publish() { feed_->Publish(); }

runtime::Task<bool> ElbService::Settle() {
  runtime::Task<bool> dropped = feed_->DropDrained();
  const bool any = co_await dropped;
  if (feed_->data_plane() == nullptr) co_return any;
  runtime::Task<bool> checked = feed_->data_plane()->Settle();
  const bool checks = co_await checked;
  runtime::Task<bool> delivering = feed_->DeliverLogs();
  const bool delivered = co_await delivering;
  co_return any || checks || delivered;
}

runtime::Task<std::vector<std::string>> ElbService::UsersOf(std::string arn) {
  std::vector<std::string> users;
  try {
    for (const ListenerRecord& listener : committed().Everything<ListenerRecord>()) {
      const auto shows = [&](const Certificate& shown) { return shown.certificate_arn == arn; };
      if (std::ranges::none_of(listener.shown.certificates, shows) &&
          std::ranges::find(listener.more_certificates, arn) == listener.more_certificates.end()) {
        continue;
      }
      const std::string& user = *listener.shown.load_balancer_arn;
      if (std::ranges::find(users, user) == users.end()) users.push_back(user);
    }
  } catch (const std::exception& failure) {
    log_.error("listeners cannot be read cause={}", failure.what());
  }
  co_return users;
}

runtime::Task<void> ElbService::CertificateChanged(std::string arn) {
  runtime::Task<bool> asking = certificates_->AskAgain(std::move(arn));
  if (co_await asking) Publish();
}

runtime::Task<void> ElbService::Handle(protocol::Exchange& exchange) {
  return protocol::HandleRpc(kModel, this, exchange);
}

runtime::Task<void> ElbService::ServeHost(protocol::Exchange& exchange) {
  return feed_->data_plane() == nullptr ? Handle(exchange) : feed_->data_plane()->Serve(exchange);
}

runtime::Task<bool> ElbService::Inspect(std::string_view resource, protocol::Exchange& exchange) {
  auto inspected = elb::Inspect(*this, resource, exchange.request);
  if (!inspected) co_return false;
  exchange.response.status = inspected->status;
  exchange.response.AddHeader("Content-Type", inspected->content_type);
  exchange.response.body = std::move(inspected->body);
  co_return true;
}

void ElbService::AppendMetrics(std::string& out) const {
  if (feed_->data_plane() != nullptr) feed_->data_plane()->AppendMetrics(out);
}

void ElbService::Stop() {
  if (feed_->data_plane() != nullptr) feed_->data_plane()->Stop();
  writer_.Flush();  // while the loops still run, on which a drained target's removal waits for its commit
}

runtime::Task<void> ElbService::Reset(services::ResetScope scope) {
  const std::string account = scope.account.value_or("");
  const std::string region = scope.region.value_or("");
  const auto erase = [this, &account, &region] { store_.EraseAll(account, region); };
  co_await Change(erase, storage::Room::kMakes);
}

}  // namespace cumulite::elb
