#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"

namespace cumulite::sns {
class SnsService;

struct CheckIfPhoneNumberIsOptedOutRequest {
  std::string phone_number;
  static protocol::Members Describe();
};

struct CheckIfPhoneNumberIsOptedOutResponse {
  bool is_opted_out = false;
  static protocol::Members Describe();
};

/// Whether that number wants no text messages.
///
/// Errors: AuthorizationError, InvalidParameter.
/// Thread: any. Source: SNS API Reference "CheckIfPhoneNumberIsOptedOut".
runtime::Task<CheckIfPhoneNumberIsOptedOutResponse> CheckIfPhoneNumberIsOptedOut(
    SnsService& sns, const protocol::RequestContext& context, CheckIfPhoneNumberIsOptedOutRequest request);

struct ListPhoneNumbersOptedOutRequest {
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct ListPhoneNumbersOptedOutResponse {
  std::vector<std::string> phone_numbers;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// The numbers that want no text messages, a hundred a page.
///
/// Errors: AuthorizationError, InvalidParameter.
/// Thread: any. Source: SNS API Reference "ListPhoneNumbersOptedOut".
runtime::Task<ListPhoneNumbersOptedOutResponse> ListPhoneNumbersOptedOut(
    SnsService& sns, const protocol::RequestContext& context, ListPhoneNumbersOptedOutRequest request);

struct OptInPhoneNumberRequest {
  std::string phone_number;
  static protocol::Members Describe();
};

struct OptInPhoneNumberResponse {
  static protocol::Members Describe() { return {}; }
};

/// Lets that number receive text messages again.
///
/// Errors: AuthorizationError, InvalidParameter.
/// Thread: any. Source: SNS API Reference "OptInPhoneNumber".
runtime::Task<OptInPhoneNumberResponse> OptInPhoneNumber(SnsService& sns,
                                                         const protocol::RequestContext& context,
                                                         OptInPhoneNumberRequest request);

struct ListOriginationNumbersRequest {
  std::optional<std::string> next_token;
  std::optional<std::int32_t> max_results;
  static protocol::Members Describe();
};

struct PhoneNumberInformation {
  protocol::Timestamp created_at;
  std::string phone_number;
  std::string status;
  std::string iso2_country_code;
  std::string route_type;
  std::vector<std::string> number_capabilities;
  static protocol::Members Describe();
};

struct ListOriginationNumbersResponse {
  std::optional<std::string> next_token;
  std::vector<PhoneNumberInformation> phone_numbers;
  static protocol::Members Describe();
};

/// The numbers that text messages come from: nobody can buy any here, so there are none.
///
/// Errors: AuthorizationError, InvalidParameter.
/// Thread: any. Source: SNS API Reference "ListOriginationNumbers".
runtime::Task<ListOriginationNumbersResponse> ListOriginationNumbers(SnsService& sns,
                                                                     const protocol::RequestContext& context,
                                                                     ListOriginationNumbersRequest request);

}  // namespace cumulite::sns
