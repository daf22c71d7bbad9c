#include "server/object_peer.h"

#include <unistd.h>

#include <exception>
#include <utility>

#include "base/log.h"
#include "server/s3_request.h"

namespace cumulite::server {
namespace {

protocol::Identity RootOf(const services::ObjectDelivery::Name& name) {
  return {.account = name.account,
          .region = name.region,
          .access_key = name.account,
          .principal = "arn:aws:iam::" + name.account + ":root",
          .user_id = name.account,
          .display_name = {}};
}

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

runtime::Task<services::ObjectDelivery::Outcome> ObjectPeer::Put(Name name, std::string bytes,
                                                                 std::string content_type) {
  if (slot == nullptr) co_return Outcome::kNoBucket;
  const S3Request::What what{.method = "PUT", .bucket = name.bucket, .key = name.key, .owner = name.owner};
  S3Request request(RootOf(name), false, what, bytes, content_type);
  runtime::Task<bool> asking = request.Ask(*slot);
  if (!co_await asking) co_return Outcome::kFailed;
  if (request.status() == 200) co_return Outcome::kStored;
  if (request.exchange().error_code == "NoSuchBucket") co_return Outcome::kNoBucket;
  co_return request.status() >= 500 ? Outcome::kFailed : Outcome::kRefused;
}

runtime::Task<std::optional<std::string>> ObjectPeer::Read(Name name, std::size_t limit) {
  if (slot == nullptr || !slot->HasState()) co_return std::nullopt;
  const S3Request::What what{
      .method = "GET",
      .bucket = name.bucket,
      .key = name.key,
      .query = name.version.empty() ? "" : "versionId=" + protocol::PercentEncode(name.version),
      .owner = name.owner};
  S3Request request(RootOf(name), false, what);
  runtime::Task<bool> asking = request.Ask(*slot);
  if (!co_await asking || request.status() != 200) co_return std::nullopt;
  try {
    runtime::Task<std::optional<std::string>> reading = BodyOf(request.exchange().response, limit);
    co_return co_await reading;
  } catch (const std::exception& failure) {
    base::Logger("s3")->error("an object could not be read bucket={} cause={}", name.bucket, failure.what());
    co_return std::nullopt;
  }
}

}  // namespace cumulite::server
