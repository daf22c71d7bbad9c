#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "services/delivery.h"

namespace cumulite::services {

/// Delivery of the same to many queues: SNS to its subscribers.
class QueueFanOut : public QueueDelivery {
 public:
  /// A message for one of several queues, which share it; its own queue_arn does not count.
  struct Parcel {
    std::shared_ptr<const QueueMessage> message;
    std::string_view queue_arn;  // outlives the delivery
  };
  /// Puts them into their queues in this order, at once, and answers once all are durable: in one write, as
  /// far as it goes. An outcome each. Thread: an I/O thread; never throws.
  virtual runtime::Task<std::vector<Outcome>> DeliverEach(std::vector<Parcel> parcels) = 0;
};

}  // namespace cumulite::services
