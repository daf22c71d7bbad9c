#pragma once
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "protocol/http.h"

namespace cumulite::s3 {

/// A body of multipart/form-data, read piece by piece: first the fields, then the bytes of the file, which it
/// is a body of itself. What follows the file is ignored.
///
/// Errors: MalformedPOSTRequest, MaxPostPreDataLengthExceededError (more than 20 KiB before the file),
/// IncompleteBody. Thread: the request's loop.
/// Source: RFC 7578; S3 API Reference "POST Object".
class PostForm final : public protocol::BodyReader {
 public:
  /// Names in lower case.
  using Fields = std::map<std::string, std::string, std::less<>>;

  /// `boundary` as in the Content-Type; `length` of the whole body.
  PostForm(protocol::BodySource& body, std::string_view boundary, std::uint64_t length);

  /// How long the file is at the most: where it ends only its end tells.
  std::optional<std::uint64_t> content_length() const override { return length_; }

  /// Reads up to the file.
  runtime::Task<void> ReadFields();
  const Fields& fields() const { return fields_; }
  Fields& fields() { return fields_; }
  const std::string& file_name() const { return file_name_; }
  const std::string& file_type() const { return file_type_; }

  /// Bytes that the file may have; checked while it is read. Errors then: EntityTooLarge, EntityTooSmall.
  void SetLengthRange(std::uint64_t least, std::uint64_t most);

  runtime::Task<std::string_view> Read() override;
  runtime::Task<std::optional<std::string_view>> ReadAll(std::size_t limit) override;

 private:
  struct Part {
    std::string name;
    std::optional<std::string> file_name;
    std::string type;
  };
  enum class State : unsigned char { kFields, kFile, kEnd };

  /// False at the end of the body.
  runtime::Task<bool> More();
  /// Takes all up to `mark` off the front, and the mark, at the most `limit` bytes.
  runtime::Task<std::string> TakeUntil(std::string mark, std::size_t limit);
  Part ReadHead(std::string_view head) const;
  void Count(std::size_t bytes);

  protocol::BodySource& body_;
  const std::string delimiter_;  // "\r\n--boundary"
  const std::uint64_t length_;
  std::string buffer_;
  std::size_t given_ = 0;  // of the buffer, by the last Read
  State state_ = State::kFields;
  Fields fields_;
  std::string file_name_;
  std::string file_type_;
  std::uint64_t least_ = 0;
  std::uint64_t most_ = ~std::uint64_t{0};
  std::uint64_t received_ = 0;
  std::string whole_;
};

/// The boundary that a Content-Type of multipart/form-data names; nullopt for any other.
std::optional<std::string> BoundaryOf(std::string_view content_type);

}  // namespace cumulite::s3
