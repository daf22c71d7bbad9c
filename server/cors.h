#pragma once
#include "protocol/exchange.h"

/// Cross-origin calls of browsers to API services, for the pages that WebRules lets call. S3 answers by its
/// buckets' own CORS rules instead. Source: Fetch standard, "CORS protocol".
namespace cumulite::server::cors {

/// A preflight that cannot be for an object: S3 has no OPTIONS on "/" or on a queue URL.
bool IsApiPreflight(const protocol::HttpRequest& request);
/// `allowed`: what WebRules::MayCall says.
void AnswerPreflight(bool allowed, protocol::Exchange& exchange);

/// Lets the page read the answer, when the request came from one that may.
void AddHeaders(protocol::Exchange& exchange);

}  // namespace cumulite::server::cors
