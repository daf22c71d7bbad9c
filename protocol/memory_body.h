#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "protocol/http.h"

namespace cumulite::protocol {

/// A body that is all there; nothing ever waits for it.
class MemoryBody : public BodyReader {
 public:
  explicit MemoryBody(std::string_view bytes)
      : size_(bytes.size()), padded_(std::string(bytes) + std::string(64, ' ')) {}

  std::optional<std::uint64_t> content_length() const override { return size_; }
  runtime::Task<std::string_view> Read() override {
    if (std::exchange(read_, true)) co_return std::string_view{};
    co_return std::string_view(padded_).substr(0, size_);
  }
  runtime::Task<std::optional<std::string_view>> ReadAll(std::size_t limit) override {
    if (size_ > limit) co_return std::nullopt;
    co_return std::string_view(padded_).substr(0, size_);
  }

 private:
  std::size_t size_;
  std::string padded_;  // as simdjson wants it
  bool read_ = false;
};

}  // namespace cumulite::protocol
