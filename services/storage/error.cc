#include "services/storage/error.h"

#include <cerrno>
#include <system_error>

namespace cumulite::storage {

StorageError StorageError::FromErrno(const std::string& action, int errno_value) {
  const bool full = errno_value == ENOSPC || errno_value == EDQUOT;
  return StorageError(full ? Kind::kFull : Kind::kIo,
                      action + ": " + std::generic_category().message(errno_value));
}

}  // namespace cumulite::storage
