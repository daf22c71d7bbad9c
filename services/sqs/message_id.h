#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace cumulite::sqs {

/// The 128 bits of a MessageId: what AWS shows as a random UUID.
class MessageId {
 public:
  MessageId() = default;
  /// A new random id (UUID version 4). Thread: any.
  static MessageId Random();
  /// From the 16 bytes that bytes() gave; zero if there are not 16.
  static MessageId FromBytes(std::string_view bytes);

  std::string_view bytes() const { return {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()}; }
  /// "5fea7756-0ea4-451a-a703-a558b933e274".
  std::string Text() const;

  friend bool operator==(const MessageId&, const MessageId&) = default;

 private:
  std::array<std::uint8_t, 16> bytes_{};
};

}  // namespace cumulite::sqs
