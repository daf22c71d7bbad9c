#include "tests/support/failing_vfs.h"

#include <sqlite3.h>
#include <unistd.h>

#include <map>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace cumulite::storage {
namespace {

Faults faults;

/// The methods of one kind of file (database and log have others than a rollback journal), with ours in
/// place.
struct FailingMethods {
  sqlite3_io_methods methods;  // first: SQLite hands its address back as the file's pMethods
  const sqlite3_io_methods* real;
};

const sqlite3_io_methods* RealMethods(const sqlite3_file* file) {
  return reinterpret_cast<const FailingMethods*>(file->pMethods)->real;
}

int Write(sqlite3_file* file, const void* data, int count, sqlite3_int64 offset) {
  if (faults.held) {
    ++faults.standing;
    faults.held.wait(true);
    --faults.standing;
  }
  if (faults.full_writes > 0) {
    --faults.full_writes;
    return SQLITE_FULL;
  }
  const char* const filler = faults.full_while;
  if (filler != nullptr && ::access(filler, F_OK) == 0) return SQLITE_FULL;
  return faults.disk_full ? SQLITE_FULL : RealMethods(file)->xWrite(file, data, count, offset);
}

int Sync(sqlite3_file* file, int flags) {
  ++faults.syncs;
  return faults.sync_fails ? SQLITE_IOERR_FSYNC : RealMethods(file)->xSync(file, flags);
}

const sqlite3_io_methods* FailingMethodsFor(const sqlite3_io_methods* real) {
  static std::mutex mutex;
  static std::map<const sqlite3_io_methods*, FailingMethods> known;
  const std::scoped_lock lock(mutex);
  const auto [position, is_new] = known.try_emplace(real, FailingMethods{*real, real});
  if (is_new) {
    position->second.methods.xWrite = Write;
    position->second.methods.xSync = Sync;
  }
  return &position->second.methods;
}

/// Opens with the real file system, then puts our methods in place of its own.
int Open(sqlite3_vfs* vfs, const char* name, sqlite3_file* file, int flags, int* out_flags) {
  auto* const real = static_cast<sqlite3_vfs*>(vfs->pAppData);
  const int code = real->xOpen(real, name, file, flags, out_flags);
  if (file->pMethods != nullptr) file->pMethods = FailingMethodsFor(file->pMethods);
  return code;
}

}  // namespace

void Faults::AwaitStanding(std::chrono::seconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  while (standing == 0) {
    if (std::chrono::steady_clock::now() > deadline) throw std::runtime_error("nothing is being written");
    std::this_thread::yield();
  }
}

Faults& InstallFailingVfs() {
  static sqlite3_vfs vfs;
  if (vfs.xOpen == nullptr) {
    sqlite3_vfs* const real = sqlite3_vfs_find("unix-excl");
    vfs = *real;
    vfs.pNext = nullptr;
    vfs.zName = kFailingVfs;
    vfs.pAppData = real;
    vfs.xOpen = Open;
    sqlite3_vfs_register(&vfs, 0);
  }
  faults.disk_full = false;
  faults.full_writes = 0;
  faults.full_while = nullptr;
  faults.sync_fails = false;
  faults.syncs = 0;
  faults.Release();
  return faults;
}

}  // namespace cumulite::storage
