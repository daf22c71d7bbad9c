#include "protocol/checksum.h"

#include <openssl/evp.h>

#include <algorithm>
#include <stdexcept>

#include "protocol/base64.h"
#include "protocol/crc.h"
#include "protocol/http.h"

namespace cumulite::protocol {
namespace {

struct Row {
  std::string_view name;
  std::size_t size;
  const char* openssl_name;  // null for the CRCs
};

/// In the order of ChecksumAlgorithm.
constexpr std::array<Row, 6> kRows = {{{"MD5", 16, "MD5"},
                                       {"SHA1", 20, "SHA1"},
                                       {"SHA256", 32, "SHA256"},
                                       {"CRC32", 4, nullptr},
                                       {"CRC32C", 4, nullptr},
                                       {"CRC64NVME", 8, nullptr}}};

const Row& RowOf(ChecksumAlgorithm algorithm) { return kRows[static_cast<std::size_t>(algorithm)]; }

bool IsCrc(ChecksumAlgorithm algorithm) { return RowOf(algorithm).openssl_name == nullptr; }

/// Fetched once: looking an algorithm up costs more than hashing a small body. Never freed.
const EVP_MD* FetchedDigest(ChecksumAlgorithm algorithm) {
  static const std::array<const EVP_MD*, 3> kFetched = [] {
    std::array<const EVP_MD*, 3> fetched{};
    for (std::size_t i = 0; i < fetched.size(); ++i) {
      fetched[i] = EVP_MD_fetch(nullptr, kRows[i].openssl_name, nullptr);
      if (fetched[i] == nullptr) throw std::runtime_error("OpenSSL offers no " + std::string(kRows[i].name));
    }
    return fetched;
  }();
  return kFetched[static_cast<std::size_t>(algorithm)];
}

std::uint64_t ExtendCrc(ChecksumAlgorithm algorithm, std::uint64_t crc, std::string_view piece) {
  switch (algorithm) {
    case ChecksumAlgorithm::kCrc32:
      return Crc32(static_cast<std::uint32_t>(crc), piece);
    case ChecksumAlgorithm::kCrc32c:
      return Crc32c(static_cast<std::uint32_t>(crc), piece);
    default:
      return Crc64Nvme(crc, piece);
  }
}

Digest BigEndian(std::uint64_t value, std::size_t size) {
  std::array<char, 8> bytes{};
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(value >> (8 * (size - 1 - i)) & 0xff);
  return Digest(std::string_view(bytes.data(), size));
}

std::uint64_t FromBigEndian(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char c : bytes) value = value << 8 | static_cast<unsigned char>(c);
  return value;
}

}  // namespace

std::size_t DigestSize(ChecksumAlgorithm algorithm) { return RowOf(algorithm).size; }

std::string_view ChecksumName(ChecksumAlgorithm algorithm) { return RowOf(algorithm).name; }

std::optional<ChecksumAlgorithm> ParseChecksumName(std::string_view name) {
  for (std::size_t i = 0; i < kRows.size(); ++i) {
    if (EqualsIgnoreCase(kRows[i].name, name)) return static_cast<ChecksumAlgorithm>(i);
  }
  return std::nullopt;
}

Digest::Digest(std::string_view bytes) : size_(bytes.size()) {
  if (size_ > bytes_.size()) throw std::invalid_argument("a digest has at most 32 bytes");
  std::copy(bytes.begin(), bytes.end(), bytes_.begin());
}

std::string Digest::Hex() const { return HexEncode(bytes()); }
std::string Digest::Base64() const { return Base64Encode(bytes()); }

std::optional<Digest> ParseDigest(ChecksumAlgorithm algorithm, std::string_view base64) {
  if (base64.size() != (DigestSize(algorithm) + 2) / 3 * 4) return std::nullopt;
  const auto bytes = Base64Decode(base64);
  if (!bytes || bytes->size() != DigestSize(algorithm)) return std::nullopt;
  return Digest(*bytes);
}

void Hasher::FreeContext::operator()(void* context) const {
  EVP_MD_CTX_free(static_cast<EVP_MD_CTX*>(context));
}

Hasher::Hasher(ChecksumAlgorithm algorithm) : algorithm_(algorithm) {
  if (IsCrc(algorithm)) return;
  context_.reset(EVP_MD_CTX_new());
  if (!context_) throw std::bad_alloc();
}

Hasher::Hasher(Hasher&&) noexcept = default;
Hasher& Hasher::operator=(Hasher&&) noexcept = default;
Hasher::~Hasher() = default;

void Hasher::StartOnce() {
  if (started_) return;
  if (EVP_DigestInit_ex2(static_cast<EVP_MD_CTX*>(context_.get()), FetchedDigest(algorithm_), nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot start a digest");
  }
  started_ = true;
}

void Hasher::Update(std::string_view piece) {
  if (!context_) {
    crc_ = ExtendCrc(algorithm_, crc_, piece);
    return;
  }
  StartOnce();
  if (EVP_DigestUpdate(static_cast<EVP_MD_CTX*>(context_.get()), piece.data(), piece.size()) != 1) {
    throw std::runtime_error("OpenSSL cannot digest");
  }
}

Digest Hasher::Finish() {
  if (!context_) return BigEndian(std::exchange(crc_, 0), DigestSize(algorithm_));
  StartOnce();
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  if (EVP_DigestFinal_ex(static_cast<EVP_MD_CTX*>(context_.get()), bytes.data(), nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot finish a digest");
  }
  started_ = false;
  return Digest({reinterpret_cast<const char*>(bytes.data()), DigestSize(algorithm_)});
}

void HasherSet::Add(ChecksumAlgorithm algorithm) {
  for (const Entry& entry : entries_) {
    if (entry.hasher.algorithm() == algorithm) return;
  }
  if (entries_.empty()) entries_.reserve(3);
  entries_.push_back({Hasher(algorithm), Digest()});
}

void HasherSet::Update(std::string_view piece) {
  // In slices that stay in the first-level cache, so that the second algorithm does not read memory again.
  constexpr std::size_t kSlice = 16'384;
  size_ += piece.size();
  while (!piece.empty()) {
    const std::string_view slice = piece.substr(0, entries_.size() > 1 ? kSlice : piece.size());
    for (Entry& entry : entries_) entry.hasher.Update(slice);
    piece.remove_prefix(slice.size());
  }
}

void HasherSet::Finish() {
  for (Entry& entry : entries_) entry.digest = entry.hasher.Finish();
}

std::optional<Digest> HasherSet::Get(ChecksumAlgorithm algorithm) const {
  for (const Entry& entry : entries_) {
    if (entry.hasher.algorithm() == algorithm) return entry.digest;
  }
  return std::nullopt;
}

Digest Checksum(ChecksumAlgorithm algorithm, std::string_view data) {
  if (IsCrc(algorithm)) return BigEndian(ExtendCrc(algorithm, 0, data), DigestSize(algorithm));
  std::array<unsigned char, EVP_MAX_MD_SIZE> bytes{};
  if (EVP_Digest(data.data(), data.size(), bytes.data(), nullptr, FetchedDigest(algorithm), nullptr) != 1) {
    throw std::runtime_error("OpenSSL cannot digest");
  }
  return Digest({reinterpret_cast<const char*>(bytes.data()), DigestSize(algorithm)});
}

Digest CompositeChecksum(ChecksumAlgorithm algorithm, std::span<const Digest> parts) {
  Hasher hasher(algorithm);
  for (const Digest& part : parts) hasher.Update(part.bytes());
  return hasher.Finish();
}

Digest CombineCrc(ChecksumAlgorithm algorithm, const Digest& first, const Digest& second,
                  std::uint64_t second_size) {
  const std::size_t size = DigestSize(algorithm);
  const std::uint64_t a = FromBigEndian(first.bytes());
  const std::uint64_t b = FromBigEndian(second.bytes());
  switch (algorithm) {
    case ChecksumAlgorithm::kCrc32:
      return BigEndian(
          Crc32Combine(static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b), second_size), size);
    case ChecksumAlgorithm::kCrc32c:
      return BigEndian(
          Crc32cCombine(static_cast<std::uint32_t>(a), static_cast<std::uint32_t>(b), second_size), size);
    case ChecksumAlgorithm::kCrc64Nvme:
      return BigEndian(Crc64NvmeCombine(a, b, second_size), size);
    default:
      throw std::invalid_argument("only CRCs combine");
  }
}

}  // namespace cumulite::protocol
