#pragma once
#include "services/certificates.h"
#include "services/delivery.h"
#include "services/network.h"
#include "services/object_delivery.h"
#include "services/object_source.h"
#include "services/topic_delivery.h"

namespace cumulite::services {

/// How a service reaches the others of its world: by small interfaces, never by their classes.
///
/// A service gets it when it is opened and may keep the references, which live as long as the world. The
/// first call opens the peer if nobody has called it yet; it must not be made before the service's own Start.
/// A peer that is not part of this server knows no resource (kNoQueue, kNoTopic), one that cannot be opened
/// fails for now (kFailed).
/// Thread: an I/O thread.
class Peers {
 public:
  virtual ~Peers() = default;
  virtual QueueDelivery& queues() = 0;
  virtual TopicDelivery& topics() = 0;
  virtual NetworkLookup& network() = 0;
  virtual ObjectDelivery& objects() = 0;
  virtual ObjectSource& object_source() = 0;
  virtual CertificateLookup& certificates() = 0;
  virtual CertificateUsers& certificate_users() = 0;
};

}  // namespace cumulite::services
