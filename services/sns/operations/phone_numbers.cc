#include "services/sns/operations/phone_numbers.h"

#include "services/sns/access.h"
#include "services/sns/errors.h"
#include "services/sns/page.h"
#include "services/sns/platform.h"
#include "services/sns/sns_service.h"
#include "services/sns/subscription_attributes.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members CheckIfPhoneNumberIsOptedOutRequest::Describe() {
  using T = CheckIfPhoneNumberIsOptedOutRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::phone_number>("phoneNumber").Required(),
  };
  return kMembers;
}

protocol::Members CheckIfPhoneNumberIsOptedOutResponse::Describe() {
  using T = CheckIfPhoneNumberIsOptedOutResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::is_opted_out>("isOptedOut"),
  };
  return kMembers;
}

protocol::Members ListPhoneNumbersOptedOutRequest::Describe() {
  using T = ListPhoneNumbersOptedOutRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::next_token>("nextToken"),
  };
  return kMembers;
}

protocol::Members ListPhoneNumbersOptedOutResponse::Describe() {
  using T = ListPhoneNumbersOptedOutResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::phone_numbers>("phoneNumbers").KeepEmpty(),
      Wire<&T::next_token>("nextToken"),
  };
  return kMembers;
}

protocol::Members OptInPhoneNumberRequest::Describe() {
  using T = OptInPhoneNumberRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::phone_number>("phoneNumber").Required(),
  };
  return kMembers;
}

protocol::Members ListOriginationNumbersRequest::Describe() {
  using T = ListOriginationNumbersRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::next_token>("NextToken"),
      Wire<&T::max_results>("MaxResults").Range(1, 30),
  };
  return kMembers;
}

protocol::Members PhoneNumberInformation::Describe() {
  using T = PhoneNumberInformation;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::created_at>("CreatedAt"), Wire<&T::phone_number>("PhoneNumber"),
      Wire<&T::status>("Status"),        Wire<&T::iso2_country_code>("Iso2CountryCode").Range(0, 2),
      Wire<&T::route_type>("RouteType"), Wire<&T::number_capabilities>("NumberCapabilities").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members ListOriginationNumbersResponse::Describe() {
  using T = ListOriginationNumbersResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::next_token>("NextToken"),
      Wire<&T::phone_numbers>("PhoneNumbers").KeepEmpty(),
  };
  return kMembers;
}

namespace {

void CheckNumber(std::string_view number) {
  if (!IsPhoneNumber(number)) throw Invalid("PhoneNumber", "input incorrectly formatted");
}

}  // namespace

runtime::Task<CheckIfPhoneNumberIsOptedOutResponse> CheckIfPhoneNumberIsOptedOut(
    SnsService& sns, const protocol::RequestContext& context, CheckIfPhoneNumberIsOptedOutRequest request) {
  AuthorizeOwn(context, "CheckIfPhoneNumberIsOptedOut");
  CheckNumber(request.phone_number);
  const bool opted_out =
      sns.records().Find(Records::kOptedOut, OwnerOf(context), request.phone_number).has_value();
  co_return CheckIfPhoneNumberIsOptedOutResponse{opted_out};
}

runtime::Task<ListPhoneNumbersOptedOutResponse> ListPhoneNumbersOptedOut(
    SnsService& sns, const protocol::RequestContext& context, ListPhoneNumbersOptedOutRequest request) {
  AuthorizeOwn(context, "ListPhoneNumbersOptedOut");
  auto list =
      sns.records().List(Records::kOptedOut, OwnerOf(context), ReadToken(request.next_token), kPageSize + 1);
  ListPhoneNumbersOptedOutResponse response;
  if (list.size() > kPageSize) {
    list.resize(kPageSize);
    response.next_token = MakeToken(list.back().first);
  }
  for (auto& [number, content] : list) response.phone_numbers.push_back(std::move(number));
  co_return response;
}

runtime::Task<OptInPhoneNumberResponse> OptInPhoneNumber(SnsService& sns,
                                                         const protocol::RequestContext& context,
                                                         OptInPhoneNumberRequest request) {
  AuthorizeOwn(context, "OptInPhoneNumber");
  CheckNumber(request.phone_number);
  const std::string owner = OwnerOf(context);
  const auto erase = [&] { sns.records().Erase(Records::kOptedOut, owner, request.phone_number); };
  co_await sns.writer().Run(erase, storage::Room::kMakes);
  co_return OptInPhoneNumberResponse{};
}

runtime::Task<ListOriginationNumbersResponse> ListOriginationNumbers(SnsService&,
                                                                     const protocol::RequestContext& context,
                                                                     ListOriginationNumbersRequest) {
  AuthorizeOwn(context, "ListOriginationNumbers");
  co_return ListOriginationNumbersResponse{};
}

}  // namespace cumulite::sns
