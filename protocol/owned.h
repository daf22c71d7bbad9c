#pragma once
#include <memory>

namespace cumulite::protocol {

/// Gives an object of a C library back by that library's own function: EVP_PKEY_free, BIO_free.
template <auto Free>
struct Deleter {
  template <class T>
  void operator()(T* object) const {
    Free(object);
  }
};

}  // namespace cumulite::protocol
