#include "protocol/s3_host.h"

#include <algorithm>

#include "base/text.h"

namespace cumulite::protocol {
namespace {

/// "us-east-1", "ap-southeast-2", "us-gov-west-1".
bool LooksLikeRegion(std::string_view label) {
  const auto is_letter = [](char c) { return c >= 'a' && c <= 'z'; };
  return label.size() >= 9 && is_letter(label[0]) && is_letter(label[1]) && label[2] == '-' &&
         std::count(label.begin(), label.end(), '-') >= 2 && label.back() >= '0' && label.back() <= '9';
}

/// The part of `label` after `name` is nothing or a region: "s3", "s3-us-west-2".
bool IsNameWithRegion(std::string_view label, std::string_view name) {
  if (!label.starts_with(name)) return false;
  label.remove_prefix(name.size());
  return label.empty() || (label.front() == '-' && LooksLikeRegion(label.substr(1)));
}

struct EndpointLabel {
  std::string_view name;
  S3Endpoint endpoint;
};

constexpr EndpointLabel kEndpointLabels[] = {
    {"s3", S3Endpoint::kS3},
    {"s3-fips", S3Endpoint::kS3},
    {"s3-accelerate", S3Endpoint::kS3},
    {"s3-external-1", S3Endpoint::kS3},
    {"s3-accesspoint", S3Endpoint::kS3},  // NAME-ACCOUNT stands before it
    {"s3-website", S3Endpoint::kWebsite},
    {"s3-control", S3Endpoint::kControl},
    {"s3-control-fips", S3Endpoint::kControl},
    {"s3express-control", S3Endpoint::kExpressControl},
    {"s3express-control-fips", S3Endpoint::kExpressControl},
};

/// The labels below the domain, read from the right: [region] [dualstack] endpoint [bucket...].
/// Returns false when they name no endpoint of S3.
bool ReadLabels(std::string_view labels, S3Host& address) {
  const auto last = [&] { return labels.substr(labels.rfind('.') + 1); };  // npos + 1 is 0
  const auto drop = [&] {
    const std::size_t dot = labels.rfind('.');
    labels = labels.substr(0, dot == std::string_view::npos ? 0 : dot);
  };
  if (LooksLikeRegion(last())) drop();
  if (last() == "dualstack") drop();
  for (const auto& [name, endpoint] : kEndpointLabels) {
    if (!IsNameWithRegion(last(), name)) continue;
    drop();
    address.endpoint = endpoint;
    // The prefix of a control host is an account.
    if (endpoint != S3Endpoint::kControl) address.bucket = labels;
    return true;
  }
  return false;
}

/// Reads what stands before `domain`, where the host is below it. Domains of our own have buckets right below
/// them, too.
enum class Owned : bool { kNo, kYes };
bool ReadBelow(std::string_view host, std::string_view domain, Owned owned, S3Host& address) {
  if (host.size() <= domain.size() || !host.ends_with(domain)) return false;
  const std::string_view labels = host.substr(0, host.size() - domain.size());
  if (labels.back() != '.') return false;
  const std::string_view below = labels.substr(0, labels.size() - 1);
  if (!ReadLabels(below, address) && owned == Owned::kYes) address.bucket = below;
  return true;
}

}  // namespace

std::string HostName(std::string_view host) {
  const std::size_t bracket = host.find(']');
  host = host.substr(0, host.find(':', bracket == std::string_view::npos ? 0 : bracket));
  std::string name = base::ToLower(std::string(host));
  while (name.ends_with('.')) name.pop_back();
  return name;
}

S3Host ParseS3Host(std::string_view raw_host, std::span<const std::string> base_hosts) {
  const std::string host = HostName(raw_host);
  S3Host address;
  for (const std::string& base : base_hosts) {
    if (host == base || ReadBelow(host, base, Owned::kYes, address)) return address;
  }
  if (host == "localhost.localstack.cloud") return address;
  for (const std::string_view domain : {"localhost.localstack.cloud", "localhost"}) {
    if (ReadBelow(host, domain, Owned::kYes, address)) return address;
  }
  for (const std::string_view domain : {"amazonaws.com.cn", "amazonaws.com"}) {
    if (ReadBelow(host, domain, Owned::kNo, address)) return address;
  }
  return address;
}

}  // namespace cumulite::protocol
