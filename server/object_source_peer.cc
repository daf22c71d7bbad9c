#include "server/object_source_peer.h"

#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>
#include <utility>
#include <vector>

#include "protocol/xml_reader.h"
#include "server/s3_request.h"

namespace cumulite::server {
namespace {

using Source = services::ObjectSource;
using Outcome = Source::Outcome;

constexpr std::size_t kPieceBytes = 64 * 1024;

Outcome OutcomeOf(const protocol::Exchange& exchange) {
  if (exchange.response.status == 200) return Outcome::kDone;
  if (exchange.error_code == "NoSuchBucket") return Outcome::kNoBucket;
  if (exchange.error_code == "NoSuchKey") return Outcome::kNoObject;
  if (exchange.response.status == 403) return Outcome::kDenied;
  return exchange.response.status >= 500 ? Outcome::kFailed : Outcome::kRejected;
}

runtime::Task<Outcome> Ask(ServiceSlot* slot, S3Request& get) {
  if (slot == nullptr) co_return Outcome::kNoBucket;
  runtime::Task<bool> asking = get.Ask(*slot);
  co_return co_await asking ? OutcomeOf(get.exchange()) : Outcome::kFailed;
}

/// Files one after the other.
class FilePieces final : public protocol::BodySource {
 public:
  explicit FilePieces(std::vector<protocol::FileSegment> files) : files_(std::move(files)) {}

  runtime::Task<std::string_view> Read() override {
    while (next_ < files_.size() && done_ == files_[next_].size()) {
      ++next_;
      done_ = 0;
    }
    if (next_ == files_.size()) co_return std::string_view();
    const protocol::FileSegment& file = files_[next_];
    buffer_.resize(std::min<std::uint64_t>(kPieceBytes, file.size() - done_));
    const ssize_t got =
        ::pread(file.fd(), buffer_.data(), buffer_.size(), static_cast<off_t>(file.offset() + done_));
    if (got <= 0) throw std::runtime_error("a content file cannot be read");
    done_ += static_cast<std::uint64_t>(got);
    co_return std::string_view(buffer_).substr(0, static_cast<std::size_t>(got));
  }

 private:
  const std::vector<protocol::FileSegment> files_;
  std::size_t next_ = 0;
  std::uint64_t done_ = 0;  // of it
  std::string buffer_;
};

}  // namespace

runtime::Task<Source::Listing> ObjectSourcePeer::ListObjects(services::BucketReader reader,
                                                             std::string bucket, std::string prefix,
                                                             std::string after) {
  const S3Request::What what{.method = "GET",
                             .bucket = std::move(bucket),
                             .query = "list-type=2&prefix=" + protocol::PercentEncode(prefix) +
                                      "&start-after=" + protocol::PercentEncode(after),
                             .owner = reader.owner};
  S3Request get(std::move(reader.identity), reader.strict, what);
  Listing listing;
  runtime::Task<Outcome> asking = Ask(slot, get);
  listing.outcome = co_await asking;
  if (listing.outcome != Outcome::kDone) co_return listing;
  const auto document = protocol::XmlDocument::Parse(get.exchange().response.body);
  if (!document) {
    listing.outcome = Outcome::kFailed;
    co_return listing;
  }
  for (protocol::XmlNode node = document->root().First(); node; node = node.Next()) {
    if (node.name() == "IsTruncated") listing.more = node.text() == "true";
    if (node.name() != "Contents") continue;
    Source::Entry& entry = listing.objects.emplace_back();
    entry.key = node.Child("Key").text();
    const std::string size = node.Child("Size").text();
    std::from_chars(size.data(), size.data() + size.size(), entry.size);
  }
  co_return listing;
}

runtime::Task<Source::Opened> ObjectSourcePeer::OpenObject(services::BucketReader reader, std::string bucket,
                                                           std::string key) {
  const S3Request::What what{
      .method = "GET", .bucket = std::move(bucket), .key = std::move(key), .owner = reader.owner};
  S3Request get(std::move(reader.identity), reader.strict, what);
  Opened opened;
  runtime::Task<Outcome> asking = Ask(slot, get);
  opened.outcome = co_await asking;
  if (opened.outcome != Outcome::kDone) co_return opened;
  protocol::HttpResponse& response = get.exchange().response;
  opened.size = response.body.size();
  for (const protocol::FileSegment& file : response.files) opened.size += file.size();
  if (response.source) {
    opened.size = response.source->content_length().value_or(0);
    opened.bytes = std::move(response.source);
  } else if (!response.files.empty()) {
    opened.bytes = std::make_unique<FilePieces>(std::move(response.files));
  } else {
    opened.bytes = std::make_unique<protocol::MemoryBody>(response.body);
  }
  co_return opened;
}

}  // namespace cumulite::server
