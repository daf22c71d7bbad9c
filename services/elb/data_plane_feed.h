#pragma once
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "runtime/alarm.h"
#include "runtime/task.h"
#include "services/elb/certificates.h"
#include "services/elb/elb_store.h"
#include "services/elb/log_delivery.h"
#include "services/elb/proxy/data_plane.h"
#include "services/elb/snapshot_builder.h"
#include "services/storage/database.h"
#include "services/storage/writer.h"

namespace cumulite::elb {

/// Keeps the data plane at what is committed: a new snapshot after each change, and when a target has
/// drained. Thread: any I/O thread.
class DataPlaneFeed final : private SnapshotSources {
 public:
  /// All of it outlives the feed.
  DataPlaneFeed(storage::Database& database, storage::Writer& writer, ElbStore& store,
                Certificates& certificates, services::Peers& peers, const base::Clock& clock,
                std::unique_ptr<proxy::DataPlane> data_plane);

  /// Hands over what is committed now. Calls may overlap: the last one sees all that any of them is to see.
  void Publish();
  /// Forgets the targets that have drained by now; true if there were any.
  runtime::Task<bool> DropDrained();

  /// How the targets of a group are; empty while the data plane does not know the group.
  std::vector<proxy::TargetHealth> HealthOf(std::string_view target_group_arn) const {
    return data_plane_ ? data_plane_->HealthOf(target_group_arn) : std::vector<proxy::TargetHealth>();
  }
  /// Delivers the logs that are due; true if there were any.
  runtime::Task<bool> DeliverLogs() { return logs_.DeliverDue(); }
  proxy::DataPlane* data_plane() const { return data_plane_.get(); }

 private:
  proxy::Certificate FindCertificate(const std::string& arn) const override;
  std::string FindInstance(const std::string& id) const override;
  /// Asks about certificates that a snapshot had to do without, and publishes another one.
  runtime::Task<void> LearnCertificates(std::vector<std::string> arns);
  /// Sets the alarm for the target that will have drained first.
  void WaitForDrained();

  storage::Database& database_;
  storage::Writer& writer_;
  ElbStore& store_;
  Certificates& certificates_;
  const base::Clock& clock_;
  LogDelivery logs_;
  const std::unique_ptr<proxy::DataPlane> data_plane_;
  std::mutex mutex_;                         // of the builder
  mutable std::vector<std::string> wanted_;  // certificates of the snapshot that is being built
  SnapshotBuilder builder_;
  runtime::Alarm drained_;
};

}  // namespace cumulite::elb
