// libFuzzer's entry; CUMULITE_FUZZ_TARGET is the function under test.
#include <cstddef>
#include <cstdint>

#include "tests/fuzz/fuzz_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cumulite::fuzz::CUMULITE_FUZZ_TARGET({reinterpret_cast<const char*>(data), size});
  return 0;
}
