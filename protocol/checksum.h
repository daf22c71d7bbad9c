#pragma once
#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cumulite::protocol {

enum class ChecksumAlgorithm : unsigned char { kMd5, kSha1, kSha256, kCrc32, kCrc32c, kCrc64Nvme };

/// Bytes of the raw digest: 16, 20, 32, 4, 4, 8.
std::size_t DigestSize(ChecksumAlgorithm algorithm);

/// "SHA256", "CRC64NVME", ... as x-amz-checksum-algorithm spells it ("MD5" too).
std::string_view ChecksumName(ChecksumAlgorithm algorithm);
/// The inverse, any case; nullopt for an unknown name.
std::optional<ChecksumAlgorithm> ParseChecksumName(std::string_view name);

/// A raw digest, CRCs big-endian: what the base64 of x-amz-checksum-* holds.
class Digest {
 public:
  Digest() = default;
  explicit Digest(std::string_view bytes);
  std::string_view bytes() const { return {reinterpret_cast<const char*>(bytes_.data()), size_}; }
  std::string Hex() const;
  std::string Base64() const;
  friend bool operator==(const Digest& a, const Digest& b) { return a.bytes() == b.bytes(); }

 private:
  std::array<unsigned char, 32> bytes_{};
  std::size_t size_ = 0;
};

/// base64 of exactly the algorithm's digest length, else nullopt.
std::optional<Digest> ParseDigest(ChecksumAlgorithm algorithm, std::string_view base64);

/// One checksum over a stream of pieces. Reusable: Finish starts it anew.
class Hasher {
 public:
  explicit Hasher(ChecksumAlgorithm algorithm);
  Hasher(Hasher&&) noexcept;
  Hasher& operator=(Hasher&&) noexcept;
  ~Hasher();

  ChecksumAlgorithm algorithm() const { return algorithm_; }
  void Update(std::string_view piece);
  Digest Finish();

 private:
  struct FreeContext {
    void operator()(void* context) const;
  };
  void StartOnce();

  ChecksumAlgorithm algorithm_;
  std::uint64_t crc_ = 0;
  bool started_ = false;                        // context_ has been given its algorithm and not been finished
  std::unique_ptr<void, FreeContext> context_;  // EVP_MD_CTX, for all but the CRCs
};

/// Several checksums over the same stream, in one pass.
class HasherSet {
 public:
  /// Adds an algorithm, once; before the first Update.
  void Add(ChecksumAlgorithm algorithm);
  void Update(std::string_view piece);
  std::uint64_t size() const { return size_; }  // bytes seen
  /// The digests of all algorithms so far; then Get answers.
  void Finish();
  /// nullopt when that algorithm was not added. After Finish.
  std::optional<Digest> Get(ChecksumAlgorithm algorithm) const;

 private:
  struct Entry {
    Hasher hasher;
    Digest digest;
  };
  std::vector<Entry> entries_;
  std::uint64_t size_ = 0;
};

/// The checksum of `data` at once.
Digest Checksum(ChecksumAlgorithm algorithm, std::string_view data);

/// COMPOSITE: the algorithm over the concatenated raw digests of the parts (S3 shows it with "-N" behind).
/// Also the MD5 of a multipart ETag.
Digest CompositeChecksum(ChecksumAlgorithm algorithm, std::span<const Digest> parts);

/// FULL_OBJECT: the CRC of first||second from both CRCs and the second's length. Only for the three CRCs.
Digest CombineCrc(ChecksumAlgorithm algorithm, const Digest& first, const Digest& second,
                  std::uint64_t second_size);

}  // namespace cumulite::protocol
