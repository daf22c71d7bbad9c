#include "protocol/md5_batch.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <utility>

#include "protocol/checksum.h"

namespace cumulite::protocol {
namespace {

static_assert(std::endian::native == std::endian::little);

constexpr std::size_t kLanes = 16;
constexpr std::size_t kBlock = 64;
constexpr std::size_t kWords = kBlock / sizeof(std::uint32_t);

/// One 32-bit word of each lane's state. The compiler makes of it what the processor has: one register of
/// AVX-512, two of AVX2, four of SSE2 or NEON.
using Lanes = std::uint32_t __attribute__((vector_size(kLanes * sizeof(std::uint32_t))));

// ThreadSanitizer is not up yet when the loader chooses among clones.
#if defined(__x86_64__) && !defined(__SANITIZE_THREAD__)
#define CUMULITE_FOR_EACH_PROCESSOR __attribute__((target_clones("avx512f", "avx2", "default")))
#else
#define CUMULITE_FOR_EACH_PROCESSOR
#endif

constexpr std::array<std::uint32_t, 64> kSines = {
    0xd76aa478, 0xe8c7b756, 0x242070db, 0xc1bdceee, 0xf57c0faf, 0x4787c62a, 0xa8304613, 0xfd469501,
    0x698098d8, 0x8b44f7af, 0xffff5bb1, 0x895cd7be, 0x6b901122, 0xfd987193, 0xa679438e, 0x49b40821,
    0xf61e2562, 0xc040b340, 0x265e5a51, 0xe9b6c7aa, 0xd62f105d, 0x02441453, 0xd8a1e681, 0xe7d3fbc8,
    0x21e1cde6, 0xc33707d6, 0xf4d50d87, 0x455a14ed, 0xa9e3e905, 0xfcefa3f8, 0x676f02d9, 0x8d2a4c8a,
    0xfffa3942, 0x8771f681, 0x6d9d6122, 0xfde5380c, 0xa4beea44, 0x4bdecfa9, 0xf6bb4b60, 0xbebfbc70,
    0x289b7ec6, 0xeaa127fa, 0xd4ef3085, 0x04881d05, 0xd9d4d039, 0xe6db99e5, 0x1fa27cf8, 0xc4ac5665,
    0xf4292244, 0x432aff97, 0xab9423a7, 0xfc93a039, 0x655b59c3, 0x8f0ccc92, 0xffeff47d, 0x85845dd1,
    0x6fa87e4f, 0xfe2ce6e0, 0xa3014314, 0x4e0811a1, 0xf7537e82, 0xbd3af235, 0x2ad7d2bb, 0xeb86d391};
constexpr int kShifts[4][4] = {{7, 12, 17, 22}, {5, 9, 14, 20}, {4, 11, 16, 23}, {6, 10, 15, 21}};

template <std::size_t kStep>
[[gnu::always_inline]] inline void Step(Lanes& a, const Lanes& b, const Lanes& c, const Lanes& d,
                                        const Lanes* words) {
  constexpr std::size_t kRound = kStep / 16;
  constexpr std::size_t kWord = (kRound == 0   ? kStep
                                 : kRound == 1 ? 5 * kStep + 1
                                 : kRound == 2 ? 3 * kStep + 5
                                               : 7 * kStep) %
                                kWords;
  constexpr int kShift = kShifts[kRound][kStep % 4];
  Lanes mixed;
  if constexpr (kRound == 0) {
    mixed = d ^ (b & (c ^ d));
  } else if constexpr (kRound == 1) {
    mixed = c ^ (d & (b ^ c));
  } else if constexpr (kRound == 2) {
    mixed = b ^ c ^ d;
  } else {
    mixed = c ^ (b | ~d);
  }
  const Lanes sum = a + mixed + words[kWord] + kSines[kStep];
  a = b + (sum << kShift | sum >> (32 - kShift));
}

template <std::size_t... kFours>
[[gnu::always_inline]] inline void AllSteps(Lanes& a, Lanes& b, Lanes& c, Lanes& d, const Lanes* words,
                                            std::index_sequence<kFours...>) {
  ((Step<4 * kFours>(a, b, c, d, words), Step<4 * kFours + 1>(d, a, b, c, words),
    Step<4 * kFours + 2>(c, d, a, b, words), Step<4 * kFours + 3>(b, c, d, a, words)),
   ...);
}

/// A text cut into blocks: those that lie in it whole, and one or two made of its rest and the padding.
class Blocks {
 public:
  Blocks() = default;
  explicit Blocks(std::string_view text) : text_(text.data()), whole_(text.size() / kBlock) {
    const std::string_view rest = text.substr(whole_ * kBlock);
    std::memcpy(tail_.data(), rest.data(), rest.size());
    tail_[rest.size()] = static_cast<char>(0x80);
    const std::size_t tail_size = rest.size() < kBlock - 8 ? kBlock : 2 * kBlock;
    const std::uint64_t bits = std::uint64_t{text.size()} * 8;
    std::memcpy(tail_.data() + tail_size - sizeof bits, &bits, sizeof bits);
    count_ = whole_ + tail_size / kBlock;
  }

  std::size_t count() const { return count_; }
  const char* Block(std::size_t index) const {
    return index < whole_ ? text_ + index * kBlock : tail_.data() + (index - whole_) * kBlock;
  }

 private:
  const char* text_ = nullptr;
  std::size_t whole_ = 0;
  std::size_t count_ = 0;
  std::array<char, 2 * kBlock> tail_{};
};

/// At most kLanes texts. `digests` get the state as it is in memory, which is how RFC 1321 writes it.
CUMULITE_FOR_EACH_PROCESSOR
void DigestSideBySide(const Blocks* lanes, std::size_t count, Md5Digest* digests) {
  std::size_t longest = 0;
  for (std::size_t lane = 0; lane < count; ++lane) longest = std::max(longest, lanes[lane].count());
  Lanes a = Lanes{} + 0x67452301;
  Lanes b = Lanes{} + 0xefcdab89;
  Lanes c = Lanes{} + 0x98badcfe;
  Lanes d = Lanes{} + 0x10325476;
  Lanes words[kWords] = {};
  for (std::size_t block = 0; block < longest; ++block) {
    for (std::size_t lane = 0; lane < count; ++lane) {
      if (block >= lanes[lane].count()) continue;
      std::uint32_t bytes[kWords];
      std::memcpy(bytes, lanes[lane].Block(block), kBlock);
      for (std::size_t word = 0; word < kWords; ++word) words[word][lane] = bytes[word];
    }
    const Lanes before[] = {a, b, c, d};
    AllSteps(a, b, c, d, words, std::make_index_sequence<16>());
    a += before[0];
    b += before[1];
    c += before[2];
    d += before[3];
    for (std::size_t lane = 0; lane < count; ++lane) {
      if (block + 1 != lanes[lane].count()) continue;
      const std::uint32_t state[] = {a[lane], b[lane], c[lane], d[lane]};
      std::memcpy(digests[lane].data(), state, sizeof state);
    }
  }
}

/// Whether the lanes are busy enough: the longest text decides how long all of them take.
bool Alike(std::span<const std::string_view> texts) {
  std::size_t total = 0;
  std::size_t longest = 0;
  for (const std::string_view text : texts) {
    total += text.size() + kBlock;
    longest = std::max(longest, text.size() + kBlock);
  }
  return total >= 3 * longest;
}

}  // namespace

void Md5Each(std::span<const std::string_view> texts, std::span<Md5Digest> digests) {
  while (!texts.empty()) {
    const std::size_t count = std::min(kLanes, texts.size());
    if (Alike(texts.first(count))) {
      std::array<Blocks, kLanes> lanes;
      for (std::size_t i = 0; i < count; ++i) lanes[i] = Blocks(texts[i]);
      DigestSideBySide(lanes.data(), count, digests.data());
    } else {
      for (std::size_t i = 0; i < count; ++i) {
        const Digest digest = Checksum(ChecksumAlgorithm::kMd5, texts[i]);
        std::memcpy(digests[i].data(), digest.bytes().data(), digests[i].size());
      }
    }
    texts = texts.subspan(count);
    digests = digests.subspan(count);
  }
}

}  // namespace cumulite::protocol
