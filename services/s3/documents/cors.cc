#include "services/s3/documents/cors.h"

namespace cumulite::s3::documents {
using protocol::Wire;

protocol::Members CORSRule::Describe() {
  using T = CORSRule;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::id>("ID"),
      Wire<&T::allowed_headers>("AllowedHeaders").InQuery("AllowedHeader").Flattened(),
      Wire<&T::allowed_methods>("AllowedMethods").InQuery("AllowedMethod").Flattened().Required(),
      Wire<&T::allowed_origins>("AllowedOrigins").InQuery("AllowedOrigin").Flattened().Required(),
      Wire<&T::expose_headers>("ExposeHeaders").InQuery("ExposeHeader").Flattened(),
      Wire<&T::max_age_seconds>("MaxAgeSeconds"),
  };
  return kMembers;
}

protocol::Members CORSConfiguration::Describe() {
  using T = CORSConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::cors_rules>("CORSRules").InQuery("CORSRule").Flattened().Required(),
  };
  return kMembers;
}

}  // namespace cumulite::s3::documents
