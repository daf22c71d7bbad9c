#pragma once
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "protocol/error.h"
#include "protocol/members.h"

namespace cumulite::messaging {

inline constexpr std::size_t kMaxBatchEntries = 10;

/// An entry of a batch that was not done, and why.
struct BatchResultErrorEntry {
  std::string id;
  bool sender_fault = true;
  std::string code;
  std::string message;
  static protocol::Members Describe();
};

BatchResultErrorEntry Failure(std::string id, const protocol::AwsError& error);

/// What is wrong with a batch as a whole; each service has words of its own for it.
struct BatchFault {
  enum class Kind : std::uint8_t { kEmpty, kTooMany, kIdLength, kIdCharacter, kRepeatedId };
  Kind kind;
  std::size_t entry = 0;  // the first at fault, of the kinds of ids
};

/// The first fault: 1 to 10 entries, each with an id of 1 to 80 letters, digits, hyphens and underscores that
/// no other has.
std::optional<BatchFault> FindBatchFault(std::span<const std::string_view> ids);

}  // namespace cumulite::messaging
