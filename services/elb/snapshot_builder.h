#pragma once
#include <map>
#include <memory>
#include <string>

#include "base/clock.h"
#include "services/elb/elb_store.h"
#include "services/elb/proxy/snapshot.h"

namespace cumulite::elb {

/// Finds what the records of load balancers name but do not hold.
class SnapshotSources {
 public:
  virtual ~SnapshotSources() = default;
  /// Certificate, chain and key of an ACM or IAM ARN; a certificate without PEM when nobody knows it.
  virtual proxy::Certificate FindCertificate(const std::string& arn) const = 0;
  /// The address of an instance; empty when nobody knows it.
  virtual std::string FindInstance(const std::string& id) const = 0;
};

/// Makes what the data plane works by of what is committed. What has not changed since the last build is the
/// same object again, so that what the data plane made of it stays.
/// Thread: any, one at a time.
class SnapshotBuilder {
 public:
  explicit SnapshotBuilder(const SnapshotSources& sources) : sources_(sources) {}

  /// `now`: targets that have drained by then are left out.
  std::shared_ptr<const proxy::Snapshot> Build(const ElbStore::Committed& committed, base::TimePoint now);

 private:
  /// An object, and the text of what it was made of.
  template <class T>
  struct Made {
    std::string from;
    std::shared_ptr<const T> object;
  };
  template <class T>
  using Kept = std::map<std::string, Made<T>>;

  std::shared_ptr<const proxy::TargetGroup> BuildGroup(const ElbStore::Committed& committed,
                                                       const TargetGroupRecord& record, base::TimePoint now);
  std::shared_ptr<const proxy::Listener> BuildListener(const ElbStore::Committed& committed,
                                                       const ListenerRecord& record,
                                                       const LoadBalancerRecord& load_balancer);
  std::shared_ptr<const proxy::LoadBalancer> BuildLoadBalancer(const ElbStore::Committed& committed,
                                                               const LoadBalancerRecord& record);

  const SnapshotSources& sources_;
  Kept<proxy::TargetGroup> groups_;
  Kept<proxy::Listener> listeners_;
  Kept<proxy::LoadBalancer> load_balancers_;
};

}  // namespace cumulite::elb
