#include <algorithm>
#include <string>

#include "services/s3/address.h"

namespace cumulite::s3 {
namespace {

std::string LowerWithoutPort(std::string_view host) {
  if (!host.starts_with('[')) host = host.substr(0, host.find(':'));
  std::string lower(host);
  for (char& c : lower) c = static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
  while (lower.ends_with('.')) lower.pop_back();
  return lower;
}

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
  Endpoint endpoint;
};

constexpr EndpointLabel kEndpointLabels[] = {
    {"s3", Endpoint::kS3},
    {"s3-fips", Endpoint::kS3},
    {"s3-accelerate", Endpoint::kS3},
    {"s3-external-1", Endpoint::kS3},
    {"s3-website", Endpoint::kWebsite},
    {"s3-control", Endpoint::kControl},
    {"s3-control-fips", Endpoint::kControl},
    {"s3express-control", Endpoint::kExpressControl},
    {"s3express-control-fips", Endpoint::kExpressControl},
};

/// The labels below the domain, read from the right: [region] [dualstack] endpoint [bucket...].
/// Returns false when they name no endpoint of S3.
bool ReadLabels(std::string_view labels, HostAddress& address) {
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
    if (endpoint != Endpoint::kControl) address.bucket = labels;
    return true;
  }
  return false;
}

}  // namespace

HostAddress ParseHost(std::string_view raw_host) {
  const std::string host = LowerWithoutPort(raw_host);
  HostAddress address;
  for (const std::string_view domain :
       {".localhost.localstack.cloud", ".localhost", ".amazonaws.com.cn", ".amazonaws.com"}) {
    if (!host.ends_with(domain)) continue;
    const std::string_view labels = std::string_view(host).substr(0, host.size() - domain.size());
    // "localhost.localstack.cloud" ends with none of them; "s3.localhost" does and is path style.
    if (!ReadLabels(labels, address) && domain.starts_with(".localhost")) address.bucket = labels;
    return address;
  }
  return address;
}

}  // namespace cumulite::s3
