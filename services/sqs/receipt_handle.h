#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "services/sqs/message.h"

namespace cumulite::sqs {

/// What a ReceiptHandle says: which message, and which of its receives. Unique to each receive.
struct ReceiptHandle {
  MessageKey key;
  TimePoint sent_at;  // together with the key it finds the message in the queue's order by age
  TimePoint received_at;
  std::uint32_t receive_count = 0;  // the message's, this receive included

  /// Opaque text for the client, with a check sum over what it says.
  std::string Encode() const;
  /// nullopt for whatever Encode did not write.
  static std::optional<ReceiptHandle> Decode(std::string_view text);

  friend bool operator==(const ReceiptHandle&, const ReceiptHandle&) = default;
};

}  // namespace cumulite::sqs
