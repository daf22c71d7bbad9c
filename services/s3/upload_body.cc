#include "services/s3/upload_body.h"

#include "services/s3/errors.h"

namespace cumulite::s3 {

// What comes by POST is the file of a form.
UploadBody::UploadBody(protocol::Exchange& exchange)
    : raw_(exchange.body), open_(exchange.request.method == "POST") {
  if (exchange.payload.chunked()) {
    chunked_.emplace(exchange.body, exchange.request, exchange.payload);
    size_ = chunked_->content_length().value_or(0);
  } else if (const auto length = raw_.content_length()) {
    size_ = *length;
  } else if (exchange.request.Find("Transfer-Encoding")) {
    throw HeaderNotImplemented("Transfer-Encoding");
  } else {
    throw AwsError(protocol::kMissingContentLength, "You must provide the Content-Length HTTP header.");
  }
  if (size_ > kMaxUploadBytes) {
    throw AwsError(kEntityTooLarge, "Your proposed upload exceeds the maximum allowed size")
        .With("ProposedSize", std::to_string(size_))
        .With("MaxSizeAllowed", std::to_string(kMaxUploadBytes));
  }
}

std::span<const protocol::Trailer> UploadBody::trailers() const {
  return chunked_ ? chunked_->trailers() : std::span<const protocol::Trailer>{};
}

}  // namespace cumulite::s3
