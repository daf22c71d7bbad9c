#include "services/s3/post/form.h"

#include "base/text.h"
#include "protocol/aws_chunked_decoder.h"
#include "services/s3/errors.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxFieldBytes = 20 * 1024;
constexpr std::size_t kMaxHeadBytes = 8 * 1024;
constexpr std::size_t kMaxBoundaryBytes = 200;
constexpr std::string_view kFormData = "multipart/form-data";

AwsError Malformed() {
  return AwsError(kMalformedPOSTRequest,
                  "The body of your POST request is not well-formed multipart/form-data.");
}

AwsError TooManyFields() {
  return AwsError(kMaxPostPreDataLengthExceededError,
                  "Your POST request fields preceding the upload file were too large.")
      .With("MaxPostPreDataLengthBytes", std::to_string(kMaxFieldBytes));
}

AwsError Incomplete() {
  return AwsError(protocol::kIncompleteBody,
                  "You did not provide the number of bytes specified by the Content-Length HTTP header.");
}

std::string_view Trim(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// The value of a parameter: name="x" or name=x.
std::optional<std::string> Parameter(std::string_view header, std::string_view name) {
  while (!header.empty()) {
    const std::size_t semicolon = header.find(';');
    if (semicolon == std::string_view::npos) return std::nullopt;
    header = Trim(header.substr(semicolon + 1));
    const std::size_t equals = header.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    const bool wanted = protocol::EqualsIgnoreCase(Trim(header.substr(0, equals)), name);
    header.remove_prefix(equals + 1);
    std::string_view value = header.substr(0, header.find(';'));
    if (header.starts_with('"')) {
      const std::size_t end = header.find('"', 1);
      if (end == std::string_view::npos) return std::nullopt;
      value = header.substr(1, end - 1);
      header.remove_prefix(end + 1);
    } else {
      header.remove_prefix(value.size());
    }
    if (wanted) return std::string(Trim(value));
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> BoundaryOf(std::string_view content_type) {
  if (!protocol::EqualsIgnoreCase(Trim(content_type.substr(0, content_type.find(';'))), kFormData)) {
    return std::nullopt;
  }
  std::optional<std::string> boundary = Parameter(content_type, "boundary");
  if (!boundary || boundary->empty() || boundary->size() > kMaxBoundaryBytes) return std::nullopt;
  return boundary;
}

// A line break in front of the body, so that the first boundary is found like the others.
PostForm::PostForm(protocol::BodySource& body, std::string_view boundary, std::uint64_t length)
    : body_(body), delimiter_("\r\n--" + std::string(boundary)), length_(length), buffer_("\r\n") {}

void PostForm::SetLengthRange(std::uint64_t least, std::uint64_t most) {
  least_ = least;
  most_ = most;
}

runtime::Task<bool> PostForm::More() {
  const std::string_view piece = co_await body_.Read();
  buffer_ += piece;
  co_return !piece.empty();
}

runtime::Task<std::string> PostForm::TakeUntil(std::string mark, std::size_t limit) {
  std::size_t searched = 0;
  for (;;) {
    const std::size_t at = buffer_.find(mark, searched);
    if (at != std::string::npos) {
      if (at > limit) throw TooManyFields();
      std::string taken = buffer_.substr(0, at);
      buffer_.erase(0, at + mark.size());
      co_return taken;
    }
    if (buffer_.size() > limit + mark.size()) throw TooManyFields();
    searched = buffer_.size() < mark.size() ? 0 : buffer_.size() - mark.size() + 1;
    runtime::Task<bool> more = More();
    if (!co_await more) throw Malformed();
  }
}

PostForm::Part PostForm::ReadHead(std::string_view head) const {
  Part part;
  bool named = false;
  while (!head.empty()) {
    const std::size_t end = head.find("\r\n");
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end == std::string_view::npos ? head.size() : end + 2);
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) throw Malformed();
    const std::string_view name = Trim(line.substr(0, colon));
    const std::string_view value = Trim(line.substr(colon + 1));
    if (protocol::EqualsIgnoreCase(name, "Content-Disposition")) {
      const auto field = Parameter(value, "name");
      if (!field) throw Malformed();
      part.name = base::ToLower(*field);
      part.file_name = Parameter(value, "filename");
      named = true;
    } else if (protocol::EqualsIgnoreCase(name, "Content-Type")) {
      part.type = value;
    }
  }
  if (!named) throw Malformed();
  return part;
}

runtime::Task<void> PostForm::ReadFields() {
  std::size_t left = kMaxFieldBytes;
  {
    runtime::Task<std::string> preamble = TakeUntil(delimiter_, left);
    co_await preamble;
  }
  for (;;) {
    runtime::Task<std::string> rest = TakeUntil("\r\n", kMaxHeadBytes);
    const std::string line = co_await rest;
    if (line.starts_with("--")) {
      throw InvalidArgument("POST requires exactly one file upload per request.", "file", "0");
    }
    // The blank line may follow at once: a head without lines names no field.
    runtime::Task<std::string> heading = TakeUntil("\r\n\r\n", kMaxHeadBytes);
    const std::string head = co_await heading;
    Part part = ReadHead(head);
    if (part.name == "file") {
      file_name_ = part.file_name.value_or("");
      file_type_ = std::move(part.type);
      state_ = State::kFile;
      co_return;
    }
    runtime::Task<std::string> valuing = TakeUntil(delimiter_, left);
    std::string value = co_await valuing;
    const std::size_t used = head.size() + value.size();
    if (used > left) throw TooManyFields();
    left -= used;
    fields_.insert_or_assign(std::move(part.name), std::move(value));
  }
}

void PostForm::Count(std::size_t bytes) {
  received_ += bytes;
  if (received_ <= most_) return;
  throw AwsError(kEntityTooLarge, "Your proposed upload exceeds the maximum allowed size")
      .With("ProposedSize", std::to_string(received_))
      .With("MaxSizeAllowed", std::to_string(most_));
}

runtime::Task<std::string_view> PostForm::Read() {
  buffer_.erase(0, std::exchange(given_, 0));
  while (state_ == State::kFile) {
    const std::size_t at = buffer_.find(delimiter_);
    if (at != std::string::npos) {
      state_ = State::kEnd;
      given_ = at;
      Count(at);
      if (received_ < least_) {
        throw AwsError(kEntityTooSmall, "Your proposed upload is smaller than the minimum allowed size")
            .With("ProposedSize", std::to_string(received_))
            .With("MinSizeAllowed", std::to_string(least_));
      }
      if (at != 0) co_return std::string_view(buffer_).substr(0, at);
      break;
    }
    // All but what may be the beginning of the delimiter.
    if (buffer_.size() >= delimiter_.size()) {
      given_ = buffer_.size() - delimiter_.size() + 1;
      Count(given_);
      co_return std::string_view(buffer_).substr(0, given_);
    }
    runtime::Task<bool> more = More();
    if (!co_await more) throw Incomplete();
  }
  co_return std::string_view{};
}

runtime::Task<std::optional<std::string_view>> PostForm::ReadAll(std::size_t limit) {
  for (;;) {
    runtime::Task<std::string_view> reading = Read();
    const std::string_view piece = co_await reading;
    if (piece.empty()) break;
    if (whole_.size() + piece.size() > limit) co_return std::nullopt;
    whole_ += piece;
  }
  whole_.reserve(whole_.size() + 64);
  co_return std::string_view(whole_);
}

}  // namespace cumulite::s3
