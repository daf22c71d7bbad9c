// What the static libstdc++ and libgcc of GCC 12 want of glibc 2.32 to 2.36, for the portable program alone: it is
// linked against glibc 2.31, so that it runs on Debian 11 and Ubuntu 20.04.
#include <dlfcn.h>
#include <link.h>
#include <sys/random.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>

namespace {

struct Search {
  const char* address;
  dl_find_object* found;
};

/// For dl_iterate_phdr(3): 1 once `object` is the one that holds the address and says where its tables are.
int Look(dl_phdr_info* object, std::size_t, void* argument) {
  const auto& search = *static_cast<const Search*>(argument);
  const char* start = nullptr;
  const char* end = nullptr;
  const char* tables = nullptr;
  bool inside = false;
  for (int i = 0; i < object->dlpi_phnum; ++i) {
    const ElfW(Phdr)& header = object->dlpi_phdr[i];
    const auto* first = reinterpret_cast<const char*>(object->dlpi_addr + header.p_vaddr);
    if (header.p_type == PT_GNU_EH_FRAME) tables = first;
    if (header.p_type != PT_LOAD) continue;
    const char* last = first + header.p_memsz;
    if (start == nullptr || first < start) start = first;
    if (end == nullptr || last > end) end = last;
    if (search.address >= first && search.address < last) inside = true;
  }
  if (!inside || tables == nullptr) return 0;
  search.found->dlfo_map_start = const_cast<char*>(start);
  search.found->dlfo_map_end = const_cast<char*>(end);
  search.found->dlfo_eh_frame = const_cast<char*>(tables);
  return 1;
}

}  // namespace

extern "C" {

/// glibc 2.32: lets shared_ptr count without atomic instructions while there is one thread; we have many.
char __libc_single_threaded = 0;  // NOLINT(bugprone-reserved-identifier)

/// glibc 2.36: what std::random_device reads.
std::uint32_t arc4random() noexcept {
  std::uint32_t number = 0;
  if (::getentropy(&number, sizeof number) != 0) std::abort();
  return number;
}

/// glibc 2.35: finds the unwind tables of the object that a code address lies in; -1 where there is none.
int _dl_find_object(void* address, dl_find_object* result) noexcept {
  *result = {};
  Search search{static_cast<const char*>(address), result};
  return ::dl_iterate_phdr(Look, &search) == 1 ? 0 : -1;
}
}
