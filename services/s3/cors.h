#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "services/s3/documents/cors.h"

/// Which pages may do what with a bucket. Pure.
/// Source: S3 User Guide "Using cross-origin resource sharing (CORS)"; Fetch standard "CORS protocol".
namespace cumulite::s3 {

/// What a page asks for.
struct CrossOrigin {
  std::string_view origin;
  std::string_view method;
  std::string_view headers = {};  // Access-Control-Request-Headers, of a preflight
};

/// The first rule that lets it, or null.
const documents::CORSRule* FindCorsRule(const std::vector<documents::CORSRule>& rules,
                                        const CrossOrigin& wanted);

/// The header lines that tell the browser so.
std::string CorsHeaders(const documents::CORSRule& rule, const CrossOrigin& wanted);

}  // namespace cumulite::s3
