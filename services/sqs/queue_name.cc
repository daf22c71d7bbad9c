#include "services/sqs/queue_name.h"

#include <algorithm>
#include <array>
#include <span>

#include "protocol/arn.h"
#include "protocol/http.h"
#include "services/sqs/errors.h"

namespace cumulite::sqs {
namespace {

constexpr std::string_view kFifoSuffix = ".fifo";
constexpr std::size_t kMaxNameLength = 80;

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_';
}

/// "us-east-1", "us-gov-west-1": tells a region from another label of a host name.
bool LooksLikeRegion(std::string_view text) {
  return std::count(text.begin(), text.end(), '-') >= 2 && text.back() >= '0' && text.back() <= '9';
}

/// "sqs.us-east-1.localhost" and "us-east-1.queue.localhost" carry a region; most hosts do not.
std::string_view RegionOfHost(std::string_view host) {
  const std::size_t dot = host.find('.');
  if (dot == std::string_view::npos) return {};
  const std::string_view first = host.substr(0, dot);
  const std::string_view rest = host.substr(dot + 1);
  const std::string_view second = rest.substr(0, rest.find('.'));
  if ((first == "sqs" || first == "sqs-fips") && LooksLikeRegion(second)) return second;
  if (second == "queue" && LooksLikeRegion(first)) return first;
  return {};
}

/// The host without a "sqs.REGION." or "REGION.queue." in front.
std::string_view PlainHost(std::string_view host) {
  if (RegionOfHost(host).empty()) return host;
  host.remove_prefix(host.find('.') + 1);
  host.remove_prefix(host.find('.') + 1);
  return host;
}

/// The parts of a path between its slashes; of one with more parts than a queue URL has, the first ones.
struct Segments {
  explicit Segments(std::string_view path) {
    while (!path.empty() && count < parts.size()) {
      const std::size_t slash = path.find('/');
      if (slash != 0) parts[count++] = path.substr(0, slash);
      if (slash == std::string_view::npos) break;
      path.remove_prefix(slash + 1);
    }
  }

  std::array<std::string_view, 5> parts;
  std::size_t count = 0;
};

}  // namespace

std::string QueueName::Arn() const { return protocol::FormatArn("sqs", region, account, name); }

bool IsValidQueueName(std::string_view name) {
  if (name.size() > kMaxNameLength) return false;
  if (name.ends_with(kFifoSuffix)) name.remove_suffix(kFifoSuffix.size());
  return !name.empty() && std::all_of(name.begin(), name.end(), IsNameCharacter);
}

QueueType TypeOfName(std::string_view name) {
  return name.ends_with(kFifoSuffix) ? QueueType::kFifo : QueueType::kStandard;
}

std::optional<QueueName> ParseQueueArn(std::string_view text) {
  const auto arn = protocol::ParseArn(text);
  if (!arn || arn->service != "sqs" || arn->region.empty() || !protocol::IsAccountId(arn->account) ||
      !IsValidQueueName(arn->resource)) {
    return std::nullopt;
  }
  return QueueName{std::string(arn->account), std::string(arn->region), std::string(arn->resource)};
}

std::string FormatQueueUrl(const QueueName& queue, QueueUrlForm form,
                           const protocol::RequestContext& context) {
  std::string url(context.scheme);
  url.append("://");
  if (form == QueueUrlForm::kPath) {
    url.append(PlainHost(context.host)).append("/queue/").append(queue.region).append("/");
  } else if (form == QueueUrlForm::kDomain) {
    url.append("sqs.").append(queue.region).append(".").append(PlainHost(context.host)).append("/");
  } else {
    const bool other_region =
        !RegionOfHost(context.host).empty() && RegionOfHost(context.host) != queue.region;
    if (other_region) url.append("sqs.").append(queue.region).append(".");
    url.append(other_region ? PlainHost(context.host) : context.host).append("/");
  }
  return url.append(queue.account).append("/").append(queue.name);
}

QueueName ParseQueueUrl(std::string_view url, const protocol::Identity& caller) {
  std::string_view region;
  std::string_view path = url;
  if (const std::size_t scheme = url.find("://"); scheme != std::string_view::npos) {
    const std::string_view rest = url.substr(scheme + 3);
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos) throw QueueDoesNotExist();
    region = RegionOfHost(rest.substr(0, slash));
    path = rest.substr(slash);
  }
  const Segments segments(path.substr(0, path.find('?')));
  std::span<const std::string_view> parts(segments.parts.data(), segments.count);
  if (parts.size() == 4 && parts[0] == "queue") {
    region = parts[1];
    parts = parts.subspan(2);
  } else if (parts.size() == 2 && parts[0] == "queue") {
    parts = parts.subspan(1);
  }
  // A bare name means the caller's own queue. Differs from AWS, which knows URLs only: other emulators take
  // names, and test suites rely on it.
  const bool bare = parts.size() == 1;
  if (!bare && (parts.size() != 2 || !protocol::IsAccountId(parts[0]))) throw QueueDoesNotExist();
  return {std::string(bare ? std::string_view(caller.account) : parts[0]),
          std::string(region.empty() ? std::string_view(caller.region) : region), std::string(parts.back())};
}

}  // namespace cumulite::sqs
