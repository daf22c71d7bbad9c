#pragma once
#include <cstdint>
#include <optional>
#include <span>

#include "protocol/aws_chunked.h"
#include "protocol/exchange.h"

namespace cumulite::s3 {

/// The largest object by one request, and the largest part.
inline constexpr std::uint64_t kMaxUploadBytes = std::uint64_t{5} << 30;

/// The body of an upload, decoded from aws-chunked where it travels so, with its length known beforehand.
class UploadBody final : public protocol::BodySource {
 public:
  /// Errors: MissingContentLength, NotImplemented (chunked without a length), EntityTooLarge.
  explicit UploadBody(protocol::Exchange& exchange);

  /// Of a form's file the most that it can have.
  std::uint64_t size() const { return size_; }
  std::optional<std::uint64_t> content_length() const override { return size_; }
  /// At the end: whether that was all of it.
  bool IsWhole(std::uint64_t received) const { return open_ ? received <= size_ : received == size_; }
  runtime::Task<std::string_view> Read() override { return chunked_ ? chunked_->Read() : raw_.Read(); }
  /// That many bytes are all there is to read. An aws-chunked body has its last chunk behind them.
  bool EndsAfter(std::uint64_t received) const { return !chunked_ && !open_ && received == size_; }
  /// After the end; empty unless the body was aws-chunked.
  std::span<const protocol::Trailer> trailers() const;

 private:
  protocol::BodyReader& raw_;
  std::optional<protocol::AwsChunkedReader> chunked_;
  std::uint64_t size_ = 0;
  bool open_ = false;  // its end tells how long it was
};

}  // namespace cumulite::s3
