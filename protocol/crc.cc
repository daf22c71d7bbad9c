#include "protocol/crc.h"

#include <array>
#include <bit>
#include <cstddef>
#include <cstring>
#include <limits>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace cumulite::protocol {
namespace {

static_assert(std::endian::native == std::endian::little);

// Polynomials are kept reflected: the lowest bit is the highest power of x.
constexpr std::uint32_t kCrc32Polynomial = 0xEDB88320;
constexpr std::uint32_t kCrc32cPolynomial = 0x82F63B78;
constexpr std::uint64_t kCrc64NvmePolynomial = 0x9A6C9329AC4BC9B5;

/// Arithmetic modulo one polynomial of the width of `Word`.
template <class Word, Word kPolynomial>
struct Field {
  static constexpr int kBits = std::numeric_limits<Word>::digits;
  static constexpr Word kOne = Word{1} << (kBits - 1);

  static constexpr Word TimesX(Word a) { return (a >> 1) ^ ((a & 1) != 0 ? kPolynomial : Word{0}); }

  static constexpr Word Multiply(Word a, Word b) {
    Word product = 0;
    for (Word bit = kOne; bit != 0; bit >>= 1) {
      if ((a & bit) != 0) product ^= b;
      b = TimesX(b);
    }
    return product;
  }

  /// x to the power of `exponent`.
  static constexpr Word Power(std::uint64_t exponent) {
    Word result = kOne;
    for (Word square = TimesX(kOne); exponent != 0; exponent >>= 1) {
      if ((exponent & 1) != 0) result = Multiply(result, square);
      square = Multiply(square, square);
    }
    return result;
  }
};

template <class Word, Word kPolynomial>
class Crc {
  using F = Field<Word, kPolynomial>;

 public:
  static Word Extend(Word crc, std::string_view data) {
    Word state = static_cast<Word>(~crc);
    const auto* bytes = reinterpret_cast<const unsigned char*>(data.data());
    std::size_t size = data.size();
#if defined(__x86_64__)
    if (size >= kFoldFrom && HasFolding()) {
      const std::size_t folded = size & ~std::size_t{15};
      state = Fold(state, bytes, folded);
      bytes += folded;
      size -= folded;
    }
#endif
    return static_cast<Word>(~Slice(state, bytes, size));
  }

  /// Appending n zero bits multiplies a CRC's polynomial by x^n; the all-ones start and end cancel out.
  static Word Combine(Word first, Word second, std::uint64_t second_size) {
    return Shift(first, second_size) ^ second;
  }

 private:
  /// x^(8 * 2^k): an upload has ten thousand parts, and working these out was a third of completing it.
  static constexpr std::array<Word, 64> MakeShifts() {
    std::array<Word, 64> shifts{};
    shifts[0] = F::Power(8);
    for (std::size_t k = 1; k < shifts.size(); ++k) shifts[k] = F::Multiply(shifts[k - 1], shifts[k - 1]);
    return shifts;
  }
  static constexpr std::array<Word, 64> kShifts = MakeShifts();

  static Word Shift(Word crc, std::uint64_t bytes) {
    for (std::size_t k = 0; bytes != 0; bytes >>= 1, ++k) {
      if ((bytes & 1) != 0) crc = F::Multiply(kShifts[k], crc);
    }
    return crc;
  }

  // Slicing-by-8: table k holds the CRC of a byte followed by k zero bytes.
  using Tables = std::array<std::array<Word, 256>, 8>;
  static constexpr Tables MakeTables() {
    Tables tables{};
    for (unsigned byte = 0; byte < 256; ++byte) {
      Word value = static_cast<Word>(byte);
      for (int bit = 0; bit < 8; ++bit) value = F::TimesX(value);
      tables[0][byte] = value;
    }
    for (std::size_t k = 1; k < tables.size(); ++k) {
      for (unsigned byte = 0; byte < 256; ++byte) {
        const Word before = tables[k - 1][byte];
        tables[k][byte] = static_cast<Word>((before >> 8) ^ tables[0][before & 0xff]);
      }
    }
    return tables;
  }
  static constexpr Tables kTables = MakeTables();

  static Word Slice(Word state, const unsigned char* bytes, std::size_t size) {
    for (; size >= 8; size -= 8, bytes += 8) {
      std::uint64_t block = 0;
      std::memcpy(&block, bytes, sizeof block);
      block ^= state;
      state = 0;
      for (std::size_t i = 0; i < 8; ++i) state ^= kTables[7 - i][block >> (8 * i) & 0xff];
    }
    for (; size != 0; --size, ++bytes) {
      state = static_cast<Word>((std::uint64_t{state} >> 8) ^ kTables[0][(state ^ *bytes) & 0xff]);
    }
    return state;
  }

#if defined(__x86_64__)
  static constexpr std::size_t kFoldFrom = 64;  // shorter pieces are quicker by table

  static bool HasFolding() {
    static const bool has = __builtin_cpu_supports("pclmul") != 0 && __builtin_cpu_supports("sse4.1") != 0;
    return has;
  }

  /// x^(bits - 1) at the top of 64 bits: the factor that moves 64 bits of the message `bits` further up. (The
  /// carry-less product of two reflected words is one bit short of the reflected product, hence the -1.)
  static constexpr std::uint64_t Factor(std::uint64_t bits) {
    return std::uint64_t{F::Power(bits - 1)} << (64 - F::kBits);
  }

  /// `far` moved `kDistance` bits up the message, plus `near`; both modulo the polynomial.
  template <std::uint64_t kDistance>
  [[gnu::target("pclmul,sse4.1")]] static __m128i FoldStep(__m128i far, __m128i near) {
    // constexpr: clang would work them out at every step.
    constexpr auto kOfEarly = static_cast<long long>(Factor(kDistance + 64));
    constexpr auto kOfLate = static_cast<long long>(Factor(kDistance));
    const __m128i factors = _mm_set_epi64x(kOfLate, kOfEarly);
    const __m128i early = _mm_clmulepi64_si128(far, factors, 0x00);
    const __m128i late = _mm_clmulepi64_si128(far, factors, 0x11);
    return _mm_xor_si128(_mm_xor_si128(early, late), near);
  }

  /// Folds the message onto its last 16 bytes, four independent lanes at a time, and takes the CRC of those.
  /// `size` is a multiple of 16, at least 64.
  [[gnu::target("pclmul,sse4.1")]] static Word Fold(Word state, const unsigned char* bytes,
                                                    std::size_t size) {
    const auto* block = reinterpret_cast<const __m128i*>(bytes);
    const auto* end = reinterpret_cast<const __m128i*>(bytes + size);
    __m128i a = _mm_xor_si128(_mm_loadu_si128(block),
                              _mm_set_epi64x(0, static_cast<long long>(std::uint64_t{state})));
    __m128i b = _mm_loadu_si128(block + 1);
    __m128i c = _mm_loadu_si128(block + 2);
    __m128i d = _mm_loadu_si128(block + 3);
    for (block += 4; end - block >= 4; block += 4) {
      a = FoldStep<512>(a, _mm_loadu_si128(block));
      b = FoldStep<512>(b, _mm_loadu_si128(block + 1));
      c = FoldStep<512>(c, _mm_loadu_si128(block + 2));
      d = FoldStep<512>(d, _mm_loadu_si128(block + 3));
    }
    d = FoldStep<128>(FoldStep<128>(FoldStep<128>(a, b), c), d);
    for (; block != end; ++block) d = FoldStep<128>(d, _mm_loadu_si128(block));
    std::array<unsigned char, 16> rest;
    std::memcpy(rest.data(), &d, rest.size());
    return Slice(0, rest.data(), rest.size());
  }
#endif
};

using PlainCrc32 = Crc<std::uint32_t, kCrc32Polynomial>;
using CastagnoliCrc32 = Crc<std::uint32_t, kCrc32cPolynomial>;
using NvmeCrc64 = Crc<std::uint64_t, kCrc64NvmePolynomial>;

}  // namespace

std::uint32_t Crc32(std::uint32_t crc, std::string_view data) { return PlainCrc32::Extend(crc, data); }
std::uint32_t Crc32c(std::uint32_t crc, std::string_view data) { return CastagnoliCrc32::Extend(crc, data); }
std::uint64_t Crc64Nvme(std::uint64_t crc, std::string_view data) { return NvmeCrc64::Extend(crc, data); }

std::uint32_t Crc32Combine(std::uint32_t first, std::uint32_t second, std::uint64_t second_size) {
  return PlainCrc32::Combine(first, second, second_size);
}
std::uint32_t Crc32cCombine(std::uint32_t first, std::uint32_t second, std::uint64_t second_size) {
  return CastagnoliCrc32::Combine(first, second, second_size);
}
std::uint64_t Crc64NvmeCombine(std::uint64_t first, std::uint64_t second, std::uint64_t second_size) {
  return NvmeCrc64::Combine(first, second, second_size);
}

}  // namespace cumulite::protocol
