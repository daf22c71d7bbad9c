#include "server/object_peer.h"

#include <unistd.h>

#include <array>
#include <exception>
#include <span>
#include <utility>

#include "base/ids.h"
#include "base/log.h"
#include "protocol/exchange.h"
#include "protocol/memory_body.h"

namespace cumulite::server {
namespace {

/// A request to S3 with all that it refers to.
struct Request {
  Request(const services::ObjectDelivery::Name& name, std::string_view the_method, std::string_view bytes,
          std::string_view content_type)
      : length(std::to_string(bytes.size())),
        path("/" + protocol::PercentEncode(name.bucket) + "/" +
             protocol::PercentEncode(name.key, protocol::Slash::kKeep)),
        query(name.version.empty() ? "" : "versionId=" + protocol::PercentEncode(name.version)),
        target(query.empty() ? path : path + "?" + query),
        fields{{{"Host", "s3.localhost"}, {"Content-Length", length}, {"Content-Type", content_type}}},
        head{.method = the_method,
             .target = target,
             .path = path,
             .query = query,
             .headers = std::span(fields).first(the_method == "PUT" ? 3 : 1)},
        body(bytes) {
    exchange.context.identity = {.account = name.account,
                                 .region = name.region,
                                 .access_key = name.account,
                                 .principal = "arn:aws:iam::" + name.account + ":root",
                                 .user_id = name.account,
                                 .display_name = {}};
    exchange.context.request_id = base::RandomUuid();
    exchange.context.scheme = "http";
    exchange.context.host = "s3.localhost";
    exchange.context.path = path;
  }

  const std::string length;
  const std::string path;
  const std::string query;
  const std::string target;
  const std::array<protocol::HeaderField, 3> fields;
  const protocol::HttpRequest head;
  protocol::MemoryBody body;
  protocol::Exchange exchange{.request = head, .body = body};
};

bool ReadFileSegment(const protocol::FileSegment& file, std::string& out) {
  const std::size_t start = out.size();
  out.resize(start + file.size());
  std::size_t done = 0;
  while (done < file.size()) {
    const ssize_t got = ::pread(file.fd(), out.data() + start + done, file.size() - done,
                                static_cast<off_t>(file.offset() + done));
    if (got <= 0) return false;
    done += static_cast<std::size_t>(got);
  }
  return true;
}

/// The whole body of an answer; nothing when it is longer than `limit`.
runtime::Task<std::optional<std::string>> BodyOf(protocol::HttpResponse& response, std::size_t limit) {
  std::uint64_t size = response.body.size();
  for (const protocol::FileSegment& file : response.files) size += file.size();
  if (size > limit) co_return std::nullopt;
  if (response.source) {
    std::string all;
    for (;;) {
      runtime::Task<std::string_view> reading = response.source->Read();
      const std::string_view piece = co_await reading;
      if (piece.empty()) co_return all;
      if (all.size() + piece.size() > limit) co_return std::nullopt;
      all += piece;
    }
  }
  std::string all = std::move(response.body);
  for (const protocol::FileSegment& file : response.files) {
    if (!ReadFileSegment(file, all)) co_return std::nullopt;
  }
  co_return all;
}

}  // namespace

runtime::Task<services::Service*> OpenedOrNull(ServiceSlot& slot) {
  if (services::Service* const open = slot.opened()) co_return open;
  try {
    runtime::Task<services::Service*> opening = slot.Open();
    co_return co_await opening;
  } catch (const std::exception&) {
    co_return nullptr;
  }
}

runtime::Task<services::ObjectDelivery::Outcome> ObjectPeer::Put(Name name, std::string bytes,
                                                                 std::string content_type) {
  if (slot == nullptr) co_return Outcome::kNoBucket;
  runtime::Task<services::Service*> opening = OpenedOrNull(*slot);
  services::Service* const s3 = co_await opening;
  if (s3 == nullptr) co_return Outcome::kFailed;
  Request request(name, "PUT", bytes, content_type);
  try {
    runtime::Task<void> handled = s3->Handle(request.exchange);
    co_await handled;
  } catch (const std::exception& failure) {
    base::Logger("s3")->error("an object could not be delivered bucket={} cause={}", name.bucket,
                              failure.what());
    co_return Outcome::kFailed;
  }
  const int status = request.exchange.response.status;
  if (status == 200) co_return Outcome::kStored;
  if (request.exchange.error_code == "NoSuchBucket") co_return Outcome::kNoBucket;
  co_return status >= 500 ? Outcome::kFailed : Outcome::kRefused;
}

runtime::Task<std::optional<std::string>> ObjectPeer::Read(Name name, std::size_t limit) {
  if (slot == nullptr || !slot->HasState()) co_return std::nullopt;
  runtime::Task<services::Service*> opening = OpenedOrNull(*slot);
  services::Service* const s3 = co_await opening;
  if (s3 == nullptr) co_return std::nullopt;
  Request request(name, "GET", {}, {});
  try {
    runtime::Task<void> handled = s3->Handle(request.exchange);
    co_await handled;
    if (request.exchange.response.status != 200) co_return std::nullopt;
    runtime::Task<std::optional<std::string>> reading = BodyOf(request.exchange.response, limit);
    co_return co_await reading;
  } catch (const std::exception& failure) {
    base::Logger("s3")->error("an object could not be read bucket={} cause={}", name.bucket, failure.what());
    co_return std::nullopt;
  }
}

}  // namespace cumulite::server
