#pragma once
#include <span>

#include "protocol/http.h"

namespace cumulite::protocol {

/// What a BodySource is as well when fields may follow its body, such as gRPC's status.
class Trailers {
 public:
  virtual ~Trailers() = default;
  /// Once Read has told of the end; views that live as long as the source.
  virtual std::span<const HeaderField> trailers() const = 0;
};

}  // namespace cumulite::protocol
