#include "services/s3/list_request.h"

namespace cumulite::s3 {

ListRequest::ListRequest(const Call& call)
    : prefix(call.Query("prefix", "")), delimiter(call.Query("delimiter", "")) {
  const auto encoding = call.Query("encoding-type");
  if (!encoding) return;
  if (*encoding != "url") {
    throw InvalidArgument("Invalid Encoding Method specified in Request", "encoding-type", *encoding);
  }
  url_encoded = true;
}

std::string ListRequest::Shown(std::string_view text) const {
  return url_encoded ? UrlEncodeForListing(text) : std::string(text);
}

}  // namespace cumulite::s3
