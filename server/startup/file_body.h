#pragma once
#include <fstream>
#include <string>

#include "protocol/http.h"

namespace cumulite::server {

/// A file as a request's body, read as it is asked for: for files of the start, whose disk nobody waits for.
/// Errors: std::runtime_error for one that cannot be read.
class FileBody final : public protocol::BodyReader {
 public:
  explicit FileBody(const std::string& path);

  std::optional<std::uint64_t> content_length() const override { return size_; }
  runtime::Task<std::string_view> Read() override;
  runtime::Task<std::optional<std::string_view>> ReadAll(std::size_t limit) override;

 private:
  std::ifstream in_;
  std::uint64_t size_ = 0;
  std::string buffer_;
};

/// The MD5 of a file, in hex. Errors: std::runtime_error.
std::string Md5Of(const std::string& path);

}  // namespace cumulite::server
