#include "services/s3/documents/website.h"

namespace cumulite::s3::documents {
using protocol::Wire;

protocol::Members ErrorDocument::Describe() {
  using T = ErrorDocument;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::key>("Key").Required().Length(1, protocol::kNoMaximum),
  };
  return kMembers;
}

protocol::Members IndexDocument::Describe() {
  using T = IndexDocument;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::suffix>("Suffix").Required(),
  };
  return kMembers;
}

protocol::Members RedirectAllRequestsTo::Describe() {
  using T = RedirectAllRequestsTo;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::host_name>("HostName").Required(),
      Wire<&T::protocol>("Protocol"),
  };
  return kMembers;
}

protocol::Members Condition::Describe() {
  using T = Condition;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::http_error_code_returned_equals>("HttpErrorCodeReturnedEquals"),
      Wire<&T::key_prefix_equals>("KeyPrefixEquals"),
  };
  return kMembers;
}

protocol::Members Redirect::Describe() {
  using T = Redirect;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::host_name>("HostName"),
      Wire<&T::http_redirect_code>("HttpRedirectCode"),
      Wire<&T::protocol>("Protocol"),
      Wire<&T::replace_key_prefix_with>("ReplaceKeyPrefixWith"),
      Wire<&T::replace_key_with>("ReplaceKeyWith"),
  };
  return kMembers;
}

protocol::Members RoutingRule::Describe() {
  using T = RoutingRule;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::condition>("Condition"),
      Wire<&T::redirect>("Redirect").Required(),
  };
  return kMembers;
}

protocol::Members WebsiteConfiguration::Describe() {
  using T = WebsiteConfiguration;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::error_document>("ErrorDocument"),
      Wire<&T::index_document>("IndexDocument"),
      Wire<&T::redirect_all_requests_to>("RedirectAllRequestsTo"),
      Wire<&T::routing_rules>("RoutingRules").Items("RoutingRule"),
  };
  return kMembers;
}

}  // namespace cumulite::s3::documents
