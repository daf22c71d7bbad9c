#include "services/sqs/queue_state.h"

#include <algorithm>
#include <utility>

namespace cumulite::sqs {
namespace {

/// "Changes made to attributes can take up to 60 seconds" (API Reference "SetQueueAttributes"); a changed
/// DeduplicationScope does take them in AWS, and programs have been seen to rely on it.
constexpr std::chrono::seconds kScopeDelay{60};

}  // namespace

QueueState::~QueueState() { Purge(); }

std::size_t QueueState::Advance(TimePoint now) {
  while (!by_age_.empty() && by_age_.begin()->sent_at + rules_.retention <= now) {
    expired_.push_back(by_age_.begin()->key);
    Remove(*by_age_.begin());
  }
  std::size_t appeared = 0;
  for (; !hidden_.empty() && hidden_.begin()->visible_at <= now; ++appeared) {
    Put(*hidden_.begin(), Place::kVisible);
  }
  return appeared;
}

Sent QueueState::Send(const NewMessage& message, TimePoint now) {
  Advance(now);
  if (fifo()) {
    const std::string scoped_id = ScopedId(message.group, message.deduplication_id, Scope(now));
    if (const auto earlier = deduplication_.Find(scoped_id, now)) {
      return {earlier->key, earlier->id, earlier->sent_at, earlier->sent_at, true};
    }
    deduplication_.Add(scoped_id, {next_key_, message.id, now});
  }
  auto* added = new Message;
  added->id = message.id;
  added->sent_at = now;
  added->visible_at = now + message.delay;
  added->place = message.delay.count() > 0 ? Place::kDelayed : Place::kVisible;
  Add(added, message.group);
  return {added->key, added->id, now, added->visible_at, false};
}

Received QueueState::Receive(const ReceiveOptions& options, TimePoint now) {
  Advance(now);
  Received result;
  const bool repeatable = fifo() && !options.attempt_id.empty();
  if (repeatable) {
    if (auto* attempt = attempts_.Find(options.attempt_id, now)) {
      auto repeated = Repeat(*attempt, options.visibility_timeout, now);
      if (!repeated) result.problem = Received::Problem::kAttemptNotRetryable;
      if (repeated) result.deliveries = std::move(*repeated);
      result.repeated = !result.deliveries.empty();
      if (!repeated || result.repeated) return result;
    }
  }
  const std::size_t in_flight = Count(Place::kInFlight);
  if (in_flight >= QueueRules::kMaxInFlight) {
    // FIFO queues answer nothing instead (SQS Developer Guide "Amazon SQS message quotas").
    if (!fifo()) result.problem = Received::Problem::kInFlightLimit;
    return result;
  }
  std::vector<Message*> taken;
  std::vector<Message*> dead;
  SelectVisible(options, std::min(options.max_messages, QueueRules::kMaxInFlight - in_flight), taken, dead);
  result.deliveries.reserve(taken.size());
  for (Message* message : taken)
    result.deliveries.push_back(Deliver(*message, options.visibility_timeout, now));
  for (Message* message : dead) {
    result.dead.push_back(Describe(*message));
    Remove(*message);
  }
  if (repeatable && !result.deliveries.empty()) {
    ReceiveAttempts::Attempt attempt{{}, now + options.visibility_timeout};
    for (const Delivery& delivery : result.deliveries) attempt.handles.push_back(delivery.handle);
    attempts_.Remember(options.attempt_id, std::move(attempt), now);
  }
  return result;
}

void QueueState::SelectVisible(const ReceiveOptions& options, std::size_t limit, std::vector<Message*>& taken,
                               std::vector<Message*>& dead) {
  if (fifo()) {
    SelectFromGroups(options, limit, taken, dead);
  } else {
    SelectFromLine(options, limit, taken, dead);
  }
}

void QueueState::SelectFromLine(const ReceiveOptions& options, std::size_t limit,
                                std::vector<Message*>& taken, std::vector<Message*>& dead) {
  auto fresh = line_.begin();
  auto again = returned_.begin();
  while (taken.size() < limit && dead.size() < Received::kMaxDead) {
    if (fresh == line_.end() && again == returned_.end()) break;
    const bool take_again = fresh == line_.end() || (again != returned_.end() && Older()(*again, *fresh));
    Message& message = take_again ? *again++ : *fresh++;
    const bool is_dead = options.max_receive_count && message.receive_count >= *options.max_receive_count;
    (is_dead ? dead : taken).push_back(&message);
  }
}

void QueueState::SelectFromGroups(const ReceiveOptions& options, std::size_t limit,
                                  std::vector<Message*>& taken, std::vector<Message*>& dead) {
  std::vector<MessageGroup*> visited;
  while (taken.size() < limit && dead.size() < Received::kMaxDead) {
    MessageGroup* const group = groups_.TakeNext();
    if (group == nullptr) break;
    visited.push_back(group);
    for (Message& message : group->messages) {
      if (taken.size() >= limit || dead.size() >= Received::kMaxDead) break;
      if (message.place != Place::kVisible) break;
      const bool is_dead = options.max_receive_count && message.receive_count >= *options.max_receive_count;
      (is_dead ? dead : taken).push_back(&message);
    }
  }
  // Behind the others, even if all of it stays visible (VisibilityTimeout 0).
  for (MessageGroup* group : visited) groups_.Update(*group);
}

Delivery QueueState::Deliver(Message& message, std::chrono::seconds timeout, TimePoint now) {
  Unlink(message);
  ++message.receive_count;
  if (message.receive_count == 1) message.first_received_at = now;
  message.visible_at = now + timeout;
  message.place = timeout.count() > 0 ? Place::kInFlight : Place::kVisible;
  Link(message);
  return {{message.key, message.sent_at, now, message.receive_count},
          message.id,
          message.first_received_at,
          message.visible_at};
}

std::optional<std::vector<Delivery>> QueueState::Repeat(ReceiveAttempts::Attempt& attempt,
                                                        std::chrono::seconds timeout, TimePoint now) {
  std::vector<Message*> messages;
  for (const ReceiptHandle& handle : attempt.handles) {
    Message* const message = Lookup(handle);
    const bool untouched = message != nullptr && message->receive_count == handle.receive_count &&
                           message->visible_at == attempt.visible_at;
    if (!untouched) return std::nullopt;
    // Its timeout is over: what follows is a receive like any other.
    if (message->place != Place::kInFlight) return std::vector<Delivery>{};
    messages.push_back(message);
  }
  attempt.visible_at = now + timeout;
  std::vector<Delivery> deliveries;
  for (std::size_t i = 0; i < messages.size(); ++i) {
    Message& message = *messages[i];
    Unlink(message);
    message.visible_at = attempt.visible_at;
    message.place = timeout.count() > 0 ? Place::kInFlight : Place::kVisible;
    Link(message);
    deliveries.push_back({attempt.handles[i], message.id, message.first_received_at, message.visible_at});
  }
  return deliveries;
}

QueueState::Deletion QueueState::Delete(const ReceiptHandle& handle, TimePoint now) {
  Advance(now);
  Message* const message = Lookup(handle);
  if (message == nullptr) return Deletion::kGone;
  const bool current = message->place == Place::kInFlight && message->receive_count == handle.receive_count;
  if (fifo() && !current) return Deletion::kHandleExpired;
  Remove(*message);
  return Deletion::kDeleted;
}

QueueState::Change QueueState::ChangeVisibility(const ReceiptHandle& handle, std::chrono::seconds timeout,
                                                TimePoint now) {
  Advance(now);
  Message* const message = Lookup(handle);
  if (message == nullptr) return Change::kNotAvailable;
  const bool current = message->place == Place::kInFlight && message->receive_count == handle.receive_count;
  if (fifo() && !current) return Change::kNotAvailable;
  if (now + timeout > handle.received_at + kMaxVisibilityTimeout) return Change::kBeyondLimit;
  Unlink(*message);
  message->visible_at = now + timeout;
  message->place = timeout.count() > 0 ? Place::kInFlight : Place::kVisible;
  Link(*message);
  return Change::kChanged;
}

std::optional<Departure> QueueState::NextDeparture(TimePoint now) {
  Advance(now);
  if (Receivable() == 0) return std::nullopt;
  if (fifo()) return Describe(groups_.Next().messages.front());
  const bool again = line_.empty() || (!returned_.empty() && Older()(*returned_.begin(), line_.front()));
  return Describe(again ? *returned_.begin() : line_.front());
}

bool QueueState::Depart(const Departure& message, TimePoint now) {
  Advance(now);
  Message* const found = Lookup({message.key, message.sent_at, {}, 0});
  if (found == nullptr || found->place != Place::kVisible) return false;
  Remove(*found);
  return true;
}

Sent QueueState::Arrive(const Departure& message, TimePoint now) {
  Advance(now);
  auto* added = new Message;
  added->id = message.id;
  added->sent_at = message.sent_at;
  added->visible_at = now;
  added->first_received_at = message.first_received_at;
  added->receive_count = message.receive_count;
  Add(added, message.group);
  return {added->key, added->id, added->sent_at, now, false};
}

void QueueState::Purge() {
  hidden_.clear();
  line_.clear();
  returned_.clear();
  groups_.Clear();
  deduplication_.Clear();
  attempts_.Clear();
  counts_ = {};
  by_age_.clear_and_dispose([](Message* message) { delete message; });
}

void QueueState::SetRules(const QueueRules& rules, TimePoint now) {
  if (rules.deduplication_scope != rules_.deduplication_scope) {
    previous_scope_ = Scope(now);
    scope_changes_at_ = now + kScopeDelay;
  }
  const bool delays_move = fifo() && rules.delay != rules_.delay;
  rules_ = rules;
  if (delays_move) {
    std::vector<Message*> delayed;
    for (Message& message : hidden_) {
      if (message.place == Place::kDelayed) delayed.push_back(&message);
    }
    for (Message* message : delayed) {
      Unlink(*message);
      message->visible_at = message->sent_at + rules.delay;
      Link(*message);
    }
  }
  Advance(now);
}

std::optional<MessageKey> QueueState::FirstDelayed(TimePoint now) {
  Advance(now);
  std::optional<MessageKey> first;
  for (const Message& message : hidden_) {
    if (message.place == Place::kDelayed) first = std::min(first.value_or(message.key), message.key);
  }
  return first;
}

std::optional<TimePoint> QueueState::NextVisible() const {
  if (hidden_.empty()) return std::nullopt;
  return hidden_.begin()->visible_at;
}

std::optional<TimePoint> QueueState::NextExpiry() const {
  if (by_age_.empty()) return std::nullopt;
  return by_age_.begin()->sent_at + rules_.retention;
}

Message* QueueState::Lookup(const ReceiptHandle& handle) {
  Message probe;
  probe.key = handle.key;
  probe.sent_at = handle.sent_at;
  const auto found = by_age_.find(probe);
  return found == by_age_.end() ? nullptr : &*found;
}

void QueueState::Restore(const StoredMessage& stored, TimePoint now) {
  auto* message = new Message;
  message->id = stored.id;
  message->sent_at = stored.sent_at;
  message->visible_at = stored.visible_at;
  message->first_received_at = stored.first_received_at;
  message->receive_count = stored.receive_count;
  if (message->visible_at > now) {
    message->place = stored.receive_count > 0 ? Place::kInFlight : Place::kDelayed;
  }
  const MessageKey next = std::exchange(next_key_, stored.key);
  Add(message, stored.group);
  next_key_ = std::max(next, next_key_);
}

void QueueState::RestoreSend(std::string_view group, std::string_view deduplication_id,
                             const Deduplication::Entry& entry) {
  deduplication_.Add(ScopedId(group, deduplication_id, rules_.deduplication_scope), entry);
}

std::string QueueState::ScopedId(std::string_view group, std::string_view deduplication_id,
                                 DeduplicationScope scope) const {
  std::string id;
  // A group's name holds no blank, so one separates it from the id without doubt.
  if (scope == DeduplicationScope::kMessageGroup) id.append(group).append(1, ' ');
  return id.append(deduplication_id);
}

DeduplicationScope QueueState::Scope(TimePoint now) const {
  return now < scope_changes_at_ ? previous_scope_ : rules_.deduplication_scope;
}

Message& QueueState::Add(Message* message, std::string_view group) {
  message->key = next_key_++;
  // A hint at the end makes the common case, the newest message, cheap however long the queue is.
  by_age_.insert(by_age_.end(), *message);
  ++counts_[static_cast<std::size_t>(message->place)];
  if (message->place != Place::kVisible) hidden_.insert(hidden_.end(), *message);
  if (fifo()) {
    groups_.Add(*message, group);
  } else if (message->place == Place::kVisible) {
    StandInLine(*message);
  }
  return *message;
}

void QueueState::Remove(Message& message) {
  --counts_[static_cast<std::size_t>(message.place)];
  if (message.place != Place::kVisible) hidden_.erase(Hidden::s_iterator_to(message));
  if (fifo()) {
    groups_.Remove(message);
  } else if (message.place == Place::kVisible) {
    LeaveLine(message);
  }
  by_age_.erase(ByAge::s_iterator_to(message));
  delete &message;
}

void QueueState::Put(Message& message, Place place) {
  Unlink(message);
  message.place = place;
  Link(message);
}

void QueueState::Unlink(Message& message) {
  --counts_[static_cast<std::size_t>(message.place)];
  if (message.place != Place::kVisible) {
    hidden_.erase(Hidden::s_iterator_to(message));
  } else if (!fifo()) {
    LeaveLine(message);
  }
}

void QueueState::StandInLine(Message& message) {
  if (message.receive_count == 0) return line_.push_back(message);
  returned_.insert(message);
}

void QueueState::LeaveLine(Message& message) {
  if (message.receive_count == 0) {
    line_.erase(MessageLine::s_iterator_to(message));
  } else {
    returned_.erase(Returned::s_iterator_to(message));
  }
}

void QueueState::Link(Message& message) {
  ++counts_[static_cast<std::size_t>(message.place)];
  if (message.place != Place::kVisible) {
    hidden_.insert(hidden_.end(), message);
  } else if (!fifo()) {
    StandInLine(message);
  }
  if (fifo()) groups_.Update(*message.group);
}

Departure QueueState::Describe(const Message& message) {
  return {message.key,           message.id,
          message.sent_at,       message.first_received_at,
          message.receive_count, message.group != nullptr ? std::string(message.group->name) : std::string()};
}

}  // namespace cumulite::sqs
