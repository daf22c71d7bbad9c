#include "services/sqs/receipt_handle.h"

#include <array>
#include <cstring>

#include "protocol/base64.h"

namespace cumulite::sqs {
namespace {

// Three bytes of one in front give handles the "AQEB" that those of AWS begin with.
constexpr std::size_t kPrefixBytes = 3;
using Fields = std::array<std::uint64_t, 5>;  // key, sent at, received at, receive count, check sum
constexpr std::size_t kHandleBytes = kPrefixBytes + sizeof(Fields);

std::uint64_t Mix(std::uint64_t value) {
  value ^= value >> 33;
  value *= 0xff51afd7ed558ccdULL;
  value ^= value >> 33;
  value *= 0xc4ceb9fe1a85ec53ULL;
  return value ^ (value >> 33);
}

/// Not a secret: it tells a truncated or made-up handle from a real one.
std::uint64_t CheckSum(const Fields& fields) {
  std::uint64_t sum = 0x5153'2d63'756d'756cULL;
  for (std::size_t i = 0; i + 1 < fields.size(); ++i) sum = Mix(sum ^ fields[i]);
  return sum;
}

/// Spreads the first fields by the check sum, so that the handles of one queue do not look alike.
void Mask(Fields& fields) {
  std::uint64_t mask = fields.back();
  for (std::size_t i = 0; i + 1 < fields.size(); ++i) fields[i] ^= mask = Mix(mask);
}

std::uint64_t Milliseconds(TimePoint time) {
  return static_cast<std::uint64_t>(time.time_since_epoch().count());
}

TimePoint Time(std::uint64_t milliseconds) {
  return TimePoint{TimePoint::duration{static_cast<std::int64_t>(milliseconds)}};
}

}  // namespace

std::string ReceiptHandle::Encode() const {
  Fields fields{static_cast<std::uint64_t>(key), Milliseconds(sent_at), Milliseconds(received_at),
                receive_count, 0};
  fields.back() = CheckSum(fields);
  Mask(fields);
  std::array<char, kHandleBytes> bytes;
  bytes.fill(1);
  std::memcpy(bytes.data() + kPrefixBytes, fields.data(), sizeof(fields));
  return protocol::Base64Encode({bytes.data(), bytes.size()});
}

std::optional<ReceiptHandle> ReceiptHandle::Decode(std::string_view text) {
  const auto bytes = protocol::Base64Decode(text);
  if (!bytes || bytes->size() != kHandleBytes || bytes->compare(0, kPrefixBytes, "\1\1\1") != 0) return {};
  Fields fields;
  std::memcpy(fields.data(), bytes->data() + kPrefixBytes, sizeof(fields));
  Mask(fields);
  if (fields.back() != CheckSum(fields) || fields[3] > UINT32_MAX) return {};
  return ReceiptHandle{static_cast<MessageKey>(fields[0]), Time(fields[1]), Time(fields[2]),
                       static_cast<std::uint32_t>(fields[3])};
}

}  // namespace cumulite::sqs
