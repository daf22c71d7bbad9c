#pragma once
#include <string>
#include <string_view>

#include "services/s3/call.h"
#include "services/s3/listing.h"

namespace cumulite::s3 {

/// What all listings of keys take: prefix, delimiter, encoding-type.
/// Errors: InvalidArgument (encoding-type other than url).
struct ListRequest {
  std::string prefix;
  std::string delimiter;
  bool url_encoded = false;

  explicit ListRequest(const Call& call);
  /// A key, prefix, delimiter or marker as the answer shows it.
  std::string Shown(std::string_view text) const;
};

}  // namespace cumulite::s3
