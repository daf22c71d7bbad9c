#include "protocol/aws_chunked.h"

#include <charconv>

namespace cumulite::protocol {
namespace {

constexpr std::size_t kPadding = 64;  // what ReadAll promises behind the body
constexpr std::string_view kDecodedLength = "x-amz-decoded-content-length";

std::uint64_t DecodedLength(const HttpRequest& request) {
  const auto text = request.Find(kDecodedLength);
  if (!text) throw AwsError(kMissingContentLength, "You must provide the Content-Length HTTP header.");
  std::uint64_t length = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), length);
  if (text->empty() || error != std::errc{} || end != text->data() + text->size()) {
    throw AwsError(kInvalidDecodedLength, "The value of x-amz-decoded-content-length is invalid.")
        .With("ArgumentName", std::string(kDecodedLength))
        .With("ArgumentValue", std::string(*text));
  }
  return length;
}

}  // namespace

AwsChunkedReader::AwsChunkedReader(BodyReader& raw, const HttpRequest& request, const PayloadSigning& payload)
    : raw_(raw), decoder_(payload, DecodedLength(request), request.Header("x-amz-trailer")) {}

runtime::Task<std::string_view> AwsChunkedReader::Read() {
  while (!ended_) {
    if (input_.empty()) {
      input_ = co_await raw_.Read();
      if (input_.empty()) {
        decoder_.Finish();
        ended_ = true;
        break;
      }
    }
    const std::string_view piece = decoder_.Next(input_);
    if (!piece.empty()) co_return piece;
  }
  co_return std::string_view{};
}

runtime::Task<std::optional<std::string_view>> AwsChunkedReader::ReadAll(std::size_t limit) {
  if (decoder_.decoded_length() > limit) co_return std::nullopt;
  const auto length = static_cast<std::size_t>(decoder_.decoded_length());
  // Grown by what comes, not reserved by what the header claims.
  for (;;) {
    const std::string_view piece = co_await Read();
    if (piece.empty()) break;
    whole_ += piece;
  }
  whole_.reserve(length + kPadding);
  co_return std::string_view(whole_);
}

}  // namespace cumulite::protocol
