#include "protocol/aws_chunked_decoder.h"

#include <algorithm>
#include <utility>

#include "protocol/auth_errors.h"
#include "protocol/hmac.h"
#include "protocol/http.h"
#include "protocol/sigv4.h"

namespace cumulite::protocol {
namespace {

// Hostile framing must not cost memory: the longest lines that clients send are a 16-digit size with a
// signature (98 bytes) and the checksum trailer (about 90).
constexpr std::size_t kMaxHeaderLine = 128;
constexpr std::size_t kMaxTrailerLine = 1024;
constexpr std::size_t kMaxTrailers = 8;
constexpr std::uint64_t kMinChunk = 8192;  // of all chunks but the last
constexpr std::size_t kSignatureSize = 64;
constexpr std::string_view kSignatureExtension = ";chunk-signature=";
constexpr std::string_view kTrailerSignature = "x-amz-trailer-signature";
constexpr std::string_view kEmptySha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

[[noreturn]] void ThrowIncomplete() {
  throw AwsError(kIncompleteBody, "The request body terminated unexpectedly");
}

[[noreturn]] void ThrowMalformedTrailer() {
  throw AwsError(kMalformedTrailerError,
                 "The request contained trailing data that was not well-formed or did not conform to our "
                 "published schema.");
}

bool IsHexDigit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

bool IsSignature(std::string_view text) {
  return text.size() == kSignatureSize && std::all_of(text.begin(), text.end(), IsHexDigit);
}

/// 1 to 16 hex digits, so that no size overflows.
std::uint64_t ParseSize(std::string_view digits) {
  if (digits.empty() || digits.size() > 16) ThrowIncomplete();
  std::uint64_t size = 0;
  for (const char c : digits) {
    if (!IsHexDigit(c)) ThrowIncomplete();
    size = size << 4 | static_cast<unsigned>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
  }
  return size;
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// The names of "x-amz-checksum-crc32, x-amz-...".
std::vector<std::string> SplitNames(std::string_view list) {
  std::vector<std::string> names;
  while (!list.empty()) {
    const std::size_t comma = list.find(',');
    const std::string_view name = Trim(list.substr(0, comma));
    if (!name.empty()) names.emplace_back(name);
    list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
  }
  return names;
}

}  // namespace

AwsChunkedDecoder::AwsChunkedDecoder(const PayloadSigning& payload, std::uint64_t decoded_length,
                                     std::string_view trailer_names)
    : payload_(payload), decoded_length_(decoded_length), expected_(SplitNames(trailer_names)) {
  if (expected_.size() > kMaxTrailers) ThrowMalformedTrailer();
  if (!payload_.signing || !payload_.chunks_signed()) return;
  chunk_hash_.emplace(ChecksumAlgorithm::kSha256);
  previous_signature_ = payload_.signing->seed;
}

std::string_view AwsChunkedDecoder::Next(std::string_view& input) {
  while (!input.empty()) {
    switch (state_) {
      case State::kHeader:
        if (TakeLine(input, kMaxHeaderLine)) OnHeader();
        break;
      case State::kData: {
        const std::string_view piece =
            input.substr(0, static_cast<std::size_t>(std::min<std::uint64_t>(chunk_left_, input.size())));
        input.remove_prefix(piece.size());
        chunk_left_ -= piece.size();
        if (chunk_hash_) chunk_hash_->Update(piece);
        if (chunk_left_ == 0) state_ = State::kDataEnd;
        return piece;
      }
      case State::kDataEnd:
        if (TakeLine(input, 0)) OnChunkEnd();
        break;
      case State::kTrailer:
        if (TakeLine(input, kMaxTrailerLine)) OnTrailerLine();
        break;
      case State::kDone:
        ThrowIncomplete();  // more than was announced
    }
  }
  return {};
}

void AwsChunkedDecoder::Finish() const {
  if (state_ != State::kDone) ThrowIncomplete();
}

bool AwsChunkedDecoder::TakeLine(std::string_view& input, std::size_t limit) {
  const std::size_t newline = input.find('\n');
  const std::string_view piece = input.substr(0, newline);
  if (line_.size() + piece.size() > limit + 1) {  // 1: the '\r'
    if (state_ == State::kTrailer) ThrowMalformedTrailer();
    ThrowIncomplete();
  }
  line_ += piece;
  if (newline == std::string_view::npos) {
    input = {};
    return false;
  }
  input.remove_prefix(newline + 1);
  const bool bare = line_.empty() || line_.back() != '\r';
  if (!bare) line_.pop_back();
  if (bare && state_ != State::kTrailer) ThrowIncomplete();
  // AWS's own example ends a trailer by "\n\r\n", which some clients send: the second end of line says
  // nothing.
  const bool repeated = state_ == State::kTrailer && !bare && line_.empty() && after_bare_newline_;
  after_bare_newline_ = bare && !line_.empty();
  return !repeated;
}

void AwsChunkedDecoder::OnHeader() {
  const std::string line = std::exchange(line_, {});
  std::string_view size_text = line;
  if (payload_.chunks_signed()) {
    const std::size_t at = line.find(kSignatureExtension);
    if (at == std::string::npos) ThrowIncomplete();
    chunk_signature_ = line.substr(at + kSignatureExtension.size());
    if (!IsSignature(chunk_signature_)) ThrowIncomplete();
    size_text = size_text.substr(0, at);
  }
  const std::uint64_t size = ParseSize(size_text);
  if (size > decoded_length_ - decoded_) ThrowIncomplete();
  ++chunks_;
  if (size != 0 && chunks_ > 1 && chunk_size_ < kMinChunk) {
    throw AwsError(kInvalidChunkSizeError,
                   "Only the last chunk is allowed to have a size less than 8192 bytes")
        .With("Chunk", std::to_string(chunks_))
        .With("BadChunkSize", std::to_string(chunk_size_));
  }
  chunk_size_ = chunk_left_ = size;
  decoded_ += size;
  if (size != 0) {
    state_ = State::kData;
    return;
  }
  if (decoded_ != decoded_length_) ThrowIncomplete();
  state_ = State::kDataEnd;
  if (payload_.has_trailer()) {
    VerifyChunk();
    state_ = State::kTrailer;
  }
}

void AwsChunkedDecoder::OnChunkEnd() {
  line_.clear();
  VerifyChunk();
  state_ = chunk_size_ == 0 ? State::kDone : State::kHeader;
}

void AwsChunkedDecoder::OnTrailerLine() {
  const std::string line = std::exchange(line_, {});
  if (line.empty()) {
    EndTrailers();
    return;
  }
  const std::size_t colon = line.find(':');
  if (colon == std::string::npos || colon == 0) ThrowMalformedTrailer();
  const std::string_view name = std::string_view(line).substr(0, colon);
  const std::string_view value = Trim(std::string_view(line).substr(colon + 1));
  if (payload_.chunks_signed() && EqualsIgnoreCase(name, kTrailerSignature)) {
    if (!IsSignature(value) || !trailer_signature_.empty()) ThrowMalformedTrailer();
    trailer_signature_ = value;
    return;
  }
  const auto expected = std::find_if(expected_.begin(), expected_.end(),
                                     [&](const std::string& e) { return EqualsIgnoreCase(e, name); });
  // Not announced, sent twice, or behind the signature that should cover it.
  if (expected == expected_.end() || !trailer_signature_.empty()) ThrowMalformedTrailer();
  Trailer trailer{std::move(*expected), std::string(value)};
  expected_.erase(expected);
  for (char& c : trailer.name) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  trailers_.push_back(std::move(trailer));
}

void AwsChunkedDecoder::EndTrailers() {
  if (!expected_.empty()) ThrowMalformedTrailer();
  VerifyTrailers();
  state_ = State::kDone;
}

void AwsChunkedDecoder::VerifyChunk() {
  if (!chunk_hash_) return;
  std::string text = "AWS4-HMAC-SHA256-PAYLOAD\n";
  text.append(payload_.signing->timestamp).append("\n").append(payload_.signing->scope).append("\n");
  text.append(previous_signature_).append("\n").append(kEmptySha256).append("\n");
  text.append(chunk_hash_->Finish().Hex());
  VerifySignature(text, chunk_signature_);
  previous_signature_ = chunk_signature_;
}

void AwsChunkedDecoder::VerifyTrailers() const {
  if (!chunk_hash_) return;
  std::string covered;
  for (const Trailer& trailer : trailers_) {
    covered.append(trailer.name).append(":").append(trailer.value).append("\n");
  }
  std::string text = "AWS4-HMAC-SHA256-TRAILER\n";
  text.append(payload_.signing->timestamp).append("\n").append(payload_.signing->scope).append("\n");
  text.append(previous_signature_).append("\n");
  text.append(Checksum(ChecksumAlgorithm::kSha256, covered).Hex());
  VerifySignature(text, trailer_signature_);
}

void AwsChunkedDecoder::VerifySignature(std::string_view string_to_sign, std::string_view given) const {
  if (!ConstantTimeEquals(Signature(payload_.signing->key, string_to_sign), given)) {
    throw AwsError(kS3SignatureDoesNotMatch, std::string(kS3SignatureDoesNotMatchMessage));
  }
}

}  // namespace cumulite::protocol
