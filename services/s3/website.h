#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "services/s3/documents/website.h"

/// How a website answers: its redirects and its error pages. Pure.
/// Source: S3 User Guide "Hosting a static website using Amazon S3", "(Optional) Configuring a webpage
/// redirect", "Configuring a custom error document".
namespace cumulite::s3 {

struct WebsiteRedirect {
  int status = 301;
  std::string location;  // absolute
};

/// How the request came, for redirects that leave something as it was.
struct WebsiteRequest {
  std::string_view scheme;
  std::string_view host;
  std::string_view key;  // decoded, without the index document
};

/// Where RedirectAllRequestsTo sends everybody.
std::optional<WebsiteRedirect> RedirectAll(const documents::WebsiteConfiguration& website,
                                           const WebsiteRequest& request);

/// Where the first routing rule that fits sends this request. `error`: the status that it would be answered
/// with, or 0 before anything was looked up, when only rules without a code fit.
std::optional<WebsiteRedirect> RedirectByRule(const documents::WebsiteConfiguration& website,
                                              const WebsiteRequest& request, int error);

/// The key of the page for `key`: with the index document where that is a folder.
std::string PageOf(const documents::WebsiteConfiguration& website, std::string_view key);

}  // namespace cumulite::s3
