#include "services/storage/file_descriptor.h"

#include <unistd.h>

namespace cumulite::storage {

FileDescriptor::~FileDescriptor() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace cumulite::storage
