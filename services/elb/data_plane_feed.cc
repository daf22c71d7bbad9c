#include "services/elb/data_plane_feed.h"

#include <algorithm>
#include <charconv>
#include <exception>
#include <optional>
#include <utility>

#include "base/log.h"
#include "services/elb/attributes.h"

namespace cumulite::elb {
namespace {
using base::TimePoint;

/// How long the targets of a group drain.
template <class Queries>
std::chrono::seconds DelayOf(const Queries& queries, const std::string& arn) {
  const auto group = queries.template Find<TargetGroupRecord>(arn);
  if (!group) return std::chrono::seconds(0);
  int delay = 0;
  const std::string text = Attribute(*group, "deregistration_delay.timeout_seconds");
  std::from_chars(text.data(), text.data() + text.size(), delay);
  return std::chrono::seconds(delay);
}

/// When the first target will have drained; nothing while none drains.
std::optional<TimePoint> FirstEnd(const ElbStore::Committed& committed) {
  std::optional<TimePoint> first;
  for (const auto& [arn, since_ms] : committed.Draining()) {
    const TimePoint end = TimePoint(std::chrono::milliseconds(since_ms)) + DelayOf(committed, arn);
    first = std::min(first.value_or(end), end);
  }
  return first;
}

}  // namespace

DataPlaneFeed::DataPlaneFeed(storage::Database& database, storage::Writer& writer, ElbStore& store,
                             Certificates& certificates, services::Peers& peers, const base::Clock& clock,
                             std::unique_ptr<proxy::DataPlane> data_plane)
    : database_(database),
      writer_(writer),
      store_(store),
      certificates_(certificates),
      clock_(clock),
      logs_(peers.objects(), clock),
      data_plane_(std::move(data_plane)),
      builder_(*this),
      drained_([this] { DropDrained().Detach(); }) {
  if (data_plane_) data_plane_->KeepLogs(logs_);
}

void DataPlaneFeed::Publish() {
  std::vector<std::string> unknown;
  if (data_plane_) {
    const std::scoped_lock lock(mutex_);
    const storage::ReadTransaction whole(database_);
    wanted_.clear();
    data_plane_->Install(builder_.Build(store_.committed(), clock_.Now()));
    unknown = certificates_.NotAsked(std::move(wanted_));
  }
  // After a start alone: whoever gives a listener a certificate learns about it first.
  if (!unknown.empty()) LearnCertificates(std::move(unknown)).Detach();
  WaitForDrained();
}

runtime::Task<void> DataPlaneFeed::LearnCertificates(std::vector<std::string> arns) {
  runtime::Task<bool> learning = certificates_.Learn(std::move(arns));
  if (co_await learning) Publish();
}

void DataPlaneFeed::WaitForDrained() {
  if (const auto first = FirstEnd(store_.committed())) drained_.SetAtMost(*first);
}

runtime::Task<bool> DataPlaneFeed::DropDrained() {
  const TimePoint now = clock_.Now();
  const auto first = FirstEnd(store_.committed());
  if (!first) co_return false;
  if (*first > now) {  // the delay was made longer, or the clock was set back
    drained_.SetAtMost(*first);
    co_return false;
  }
  const auto drop = [this, now] {
    for (const auto& [arn, since_ms] : store_.current().Draining()) {
      store_.EraseDrained(arn, now - DelayOf(store_.current(), arn));
    }
  };
  try {
    co_await writer_.Run(drop, storage::Room::kMakes);
    Publish();
  } catch (const std::exception& failure) {
    base::Logger("elb")->warn("drained targets are still kept cause={}", failure.what());
    co_return false;
  }
  co_return true;
}

proxy::Certificate DataPlaneFeed::FindCertificate(const std::string& arn) const {
  wanted_.push_back(arn);
  return certificates_.Known(arn);
}

std::string DataPlaneFeed::FindInstance(const std::string& id) const {
  return data_plane_->AddressOfInstance(id);
}

}  // namespace cumulite::elb
