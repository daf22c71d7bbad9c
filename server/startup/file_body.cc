#include "server/startup/file_body.h"

#include <filesystem>
#include <stdexcept>

#include "protocol/checksum.h"

namespace cumulite::server {
namespace {

constexpr std::size_t kBlock = 256U << 10U;
constexpr std::size_t kPadding = 64;  // as ReadAll promises

std::ifstream Open(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) throw std::runtime_error("cannot read the file " + path);
  return in;
}

std::string_view ReadBlock(std::ifstream& in, std::string& buffer) {
  buffer.resize(kBlock);
  in.read(buffer.data(), static_cast<std::streamsize>(kBlock));
  if (in.bad()) throw std::runtime_error("a file cannot be read to its end");
  return std::string_view(buffer).substr(0, static_cast<std::size_t>(in.gcount()));
}

}  // namespace

FileBody::FileBody(const std::string& path) : in_(Open(path)), size_(std::filesystem::file_size(path)) {}

runtime::Task<std::string_view> FileBody::Read() { co_return ReadBlock(in_, buffer_); }

runtime::Task<std::optional<std::string_view>> FileBody::ReadAll(std::size_t limit) {
  if (size_ > limit) co_return std::nullopt;
  buffer_.resize(size_ + kPadding);
  in_.read(buffer_.data(), static_cast<std::streamsize>(size_));
  if (static_cast<std::uint64_t>(in_.gcount()) != size_) throw std::runtime_error("a file became shorter");
  co_return std::string_view(buffer_).substr(0, size_);
}

std::string Md5Of(const std::string& path) {
  std::ifstream in = Open(path);
  std::string buffer;
  protocol::Hasher md5(protocol::ChecksumAlgorithm::kMd5);
  for (std::string_view block = ReadBlock(in, buffer); !block.empty(); block = ReadBlock(in, buffer))
    md5.Update(block);
  return md5.Finish().Hex();
}

}  // namespace cumulite::server
