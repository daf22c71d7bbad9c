#include "server/s3_request.h"

#include <exception>
#include <utility>

#include "base/ids.h"
#include "base/log.h"

namespace cumulite::server {

S3Request::S3Request(protocol::Identity identity, bool strict, const What& what, std::string_view bytes,
                     std::string_view content_type)
    : path_("/" + protocol::PercentEncode(what.bucket) +
            (what.key.empty() ? "" : "/" + protocol::PercentEncode(what.key, protocol::Slash::kKeep))),
      query_(what.query),
      target_(query_.empty() ? path_ : path_ + "?" + query_),
      length_(std::to_string(bytes.size())),
      owner_(what.owner),
      fields_{{"Host", "s3.localhost"}},
      body_(bytes) {
  if (!owner_.empty()) fields_.push_back({"x-amz-expected-bucket-owner", owner_});
  if (what.method == "PUT") {
    fields_.push_back({"Content-Length", length_});
    fields_.push_back({"Content-Type", content_type});
  }
  head_ = {.method = what.method, .target = target_, .path = path_, .query = query_, .headers = fields_};
  exchange_.context.identity = std::move(identity);
  exchange_.context.strict = strict;
  exchange_.context.request_id = base::RandomUuid();
  exchange_.context.scheme = "http";
  exchange_.context.host = "s3.localhost";
  exchange_.context.path = path_;
}

runtime::Task<bool> S3Request::Ask(ServiceSlot& s3) {
  runtime::Task<services::Service*> opening = OpenedOrNull(s3);
  services::Service* const service = co_await opening;
  if (service == nullptr) co_return false;
  try {
    runtime::Task<void> handled = service->Handle(exchange_);
    co_await handled;
    co_return true;
  } catch (const std::exception& failure) {
    base::Logger("s3")->error("a request of another service failed path={} cause={}", path_, failure.what());
    co_return false;
  }
}

}  // namespace cumulite::server
