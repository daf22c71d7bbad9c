#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace cumulite::protocol {

/// Which of S3's kinds of host a request came to.
enum class S3Endpoint : std::uint8_t { kS3, kWebsite, kControl, kExpressControl };

struct S3Host {
  S3Endpoint endpoint = S3Endpoint::kS3;
  std::string bucket;  // of a virtual-host address, lower case; else empty
};

/// The name in a Host header in lower case, without port and final dots: "[::1]" of "[::1]:4566".
std::string HostName(std::string_view host);

/// Reads a Host header, with or without port: "<bucket>.s3.<region>.localhost", "<bucket>.localhost", the
/// same below localhost.localstack.cloud and below `base_hosts` (in lower case), the names of amazonaws.com;
/// any other host is path style.
///
/// Here, since signatures of version 2 cover the bucket: S3 and its signatures must read it alike.
S3Host ParseS3Host(std::string_view host, std::span<const std::string> base_hosts = {});

}  // namespace cumulite::protocol
