#pragma once
#include <boost/intrusive/list.hpp>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "services/sqs/message.h"

namespace cumulite::sqs {

using MessageLine =
    boost::intrusive::list<Message, boost::intrusive::base_hook<detail::ListHook<detail::LineTag>>>;

/// The messages of one MessageGroupId, oldest first.
struct MessageGroup : detail::ListHook<detail::LineTag> {
  std::string_view name;  // the key of its entry in FifoGroups
  MessageLine messages;
  bool ready = false;  // stands in the line of ready groups
};

/// The groups of a FIFO queue and whose turn it is.
///
/// One rule makes the locking that SQS describes: of a group, the run of visible messages at its head can be
/// received, nothing behind the first hidden one. So a message in flight locks all later ones of its group,
/// deleting the last in flight unlocks it, and an earlier message that becomes visible again is received
/// although later ones are still in flight. A group that was received from goes behind the others.
///
/// Source: SQS Developer Guide "FIFO queue delivery logic".
class FifoGroups {
 public:
  /// Adds a message as the newest of its group.
  void Add(Message& message, std::string_view name);
  /// Takes a message out; ends the group with its last message.
  void Remove(Message& message);
  /// A message of the group became visible or hidden: moves the group into or out of the line.
  void Update(MessageGroup& group);

  /// The group whose turn it is, taken out of the line; null if no group is ready. Give it back by Update.
  MessageGroup* TakeNext();
  /// The group whose turn it is; there must be one.
  const MessageGroup& Next() const { return ready_.front(); }
  /// How many groups are ready.
  std::size_t ready_count() const { return ready_.size(); }
  /// How many groups there are; none without messages.
  std::size_t size() const { return groups_.size(); }
  /// Forgets every group; the messages are the caller's.
  void Clear();

 private:
  using ReadyLine =
      boost::intrusive::list<MessageGroup, boost::intrusive::base_hook<detail::ListHook<detail::LineTag>>>;

  struct NameHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };

  std::unordered_map<std::string, MessageGroup, NameHash, std::equal_to<>> groups_;
  ReadyLine ready_;
};

}  // namespace cumulite::sqs
