#include "services/elb/proxy/transaction.h"

namespace cumulite::elb::proxy {

std::shared_ptr<Transaction> Transaction::Begin(std::shared_ptr<TargetState> target,
                                                runtime::Cancel* client) {
  std::shared_ptr<Transaction> made(new Transaction(std::move(target)));
  made->position_ = made->target_->Enter(made);
  if (client != nullptr) {
    made->client_left_.emplace(*client, [self = made.get()] { self->cancel_.Request(); });
    if (client->requested()) made->cancel_.Request();
  }
  return made;
}

Transaction::~Transaction() { target_->Leave(position_); }

void Transaction::Evict() {
  loop_.Post([weak = weak_from_this()] {
    const std::shared_ptr<Transaction> self = weak.lock();
    if (!self) return;
    self->evicted_ = true;
    self->cancel_.Request();
  });
}

}  // namespace cumulite::elb::proxy
