#pragma once
#include <array>
#include <string>
#include <vector>

#include "services/sqs/message_content.h"
#include "services/sqs/operations/receive_message.h"
#include "services/sqs/queue_state.h"

namespace cumulite::sqs {

/// What one ReceiveMessage wants to see of each message.
class MessageView {
 public:
  /// The two lists of system attributes are united; `attributes` must outlive the view.
  /// Errors: InvalidAttributeName for a system attribute that does not exist.
  MessageView(const std::vector<std::string>& old_names, const std::vector<std::string>& system_names,
              const std::vector<std::string>& attributes, bool fifo);

  /// All but the body.
  ReceivedMessage Render(const Delivery& delivery, const MessageContent& content) const;

 private:
  enum Name : std::size_t {
    kSenderId,
    kSentTimestamp,
    kReceiveCount,
    kFirstReceive,
    kSequenceNumber,
    kDeduplicationId,
    kGroupId,
    kTraceHeader,
    kDeadLetterSource,
    kCount
  };
  static const std::array<std::string_view, kCount> kNames;

  void Want(const std::string& name);
  void AddSystemAttributes(const Delivery& delivery, const MessageContent& content,
                           std::map<std::string, std::string>& out) const;

  std::array<bool, kCount> wanted_{};
  bool wants_any_ = false;
  AttributeFilter filter_;
  bool fifo_;
};

}  // namespace cumulite::sqs
