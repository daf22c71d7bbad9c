#pragma once
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"

namespace cumulite::sns {

/// A published message, from its checks to its last delivery.
struct Message {
  struct Attribute {
    std::string name;
    std::string type;
    std::string value;  // bytes where the type is Binary
    bool binary() const { return type.starts_with("Binary"); }
  };

  std::string id;                             // a UUID
  std::string topic_arn;                      // empty for what was sent to a phone or device directly
  std::string body;                           // the default one
  std::map<std::string, std::string> bodies;  // of MessageStructure json, by protocol
  std::string subject;                        // empty: none
  std::vector<Attribute> attributes;          // by name
  std::string group;                          // MessageGroupId; empty: none
  std::string deduplication_id;
  std::int64_t sequence = 0;  // of a FIFO topic; 0: none
  base::TimePoint published;
  std::string trace_header;
  std::string address;  // "http://localhost:4566": how its publisher reached this server
  bool signature_version_2 = false;
  bool strict = false;    // the policies of queues are asked
  bool replayed = false;  // from the topic's archive

  /// What a subscriber of that protocol gets.
  const std::string& BodyFor(std::string_view protocol) const;
  /// "10000000000000000001"; empty outside of FIFO topics.
  std::string SequenceNumber() const;
};
using MessagePtr = std::shared_ptr<const Message>;

/// A message and the numbers of the subscriptions that are to get it, as an outbox row holds them.
struct Shipment {
  Message message;
  std::vector<std::int64_t> recipients;
};
std::string EncodeShipment(const Message& message, std::span<const std::int64_t> recipients);
/// Errors: std::runtime_error for what EncodeShipment did not write.
Shipment DecodeShipment(std::string_view encoded);

}  // namespace cumulite::sns
