#include "services/sns/operations/sms_attributes.h"

#include <algorithm>
#include <array>

#include "services/sns/access.h"
#include "services/sns/attribute_checks.h"
#include "services/sns/errors.h"
#include "services/sns/platform.h"
#include "services/sns/sns_service.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members GetSMSAttributesRequest::Describe() {
  using T = GetSMSAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attributes>("attributes"),
  };
  return kMembers;
}

protocol::Members GetSMSAttributesResponse::Describe() {
  using T = GetSMSAttributesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attributes>("attributes").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members SetSMSAttributesRequest::Describe() {
  using T = SetSMSAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attributes>("attributes").Required(),
  };
  return kMembers;
}

namespace {

constexpr std::array<std::string_view, 6> kNames{
    "MonthlySpendLimit", "DeliveryStatusIAMRole", "DeliveryStatusSuccessSamplingRate",
    "DefaultSenderID",   "DefaultSMSType",        "UsageReportS3Bucket"};

bool IsSpendLimit(std::string_view text) {
  constexpr std::size_t kMaxDigits = 9;
  return text.size() <= kMaxDigits && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// Up to 11 letters and digits, at least one letter.
bool IsSenderId(std::string_view text) {
  constexpr std::size_t kMaxSenderId = 11;
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
  const auto is_allowed = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
  return text.size() <= kMaxSenderId && std::ranges::any_of(text, is_letter) &&
         std::ranges::all_of(text, is_allowed);
}

bool IsAllowed(std::string_view name, std::string_view value) {
  if (name == "DefaultSMSType") return value == "Promotional" || value == "Transactional";
  if (value.empty()) return true;
  if (name == "MonthlySpendLimit") return IsSpendLimit(value);
  if (name == "DeliveryStatusSuccessSamplingRate") return IsPercentage(value);
  if (name == "DeliveryStatusIAMRole") return IsRoleArn(value);
  return name != "DefaultSenderID" || IsSenderId(value);
}

void CheckAttribute(const std::string& name, const std::string& value) {
  if (std::ranges::find(kNames, name) == kNames.end()) {
    throw AwsError(kInvalidParameter, name + " is not a valid attribute");
  }
  if (!IsAllowed(name, value)) throw AwsError(kInvalidParameter, name + " is invalid");
}

}  // namespace

runtime::Task<GetSMSAttributesResponse> GetSMSAttributes(SnsService& sns,
                                                         const protocol::RequestContext& context,
                                                         GetSMSAttributesRequest request) {
  AuthorizeOwn(context, "GetSMSAttributes");
  AttributeMap all =
      sns.records().Find(Records::kSms, OwnerOf(context), "attributes").value_or(AttributeMap{});
  all.try_emplace("MonthlySpendLimit", "1");
  if (request.attributes.empty()) co_return GetSMSAttributesResponse{std::move(all)};
  std::erase_if(all, [&](const auto& attribute) {
    return std::ranges::find(request.attributes, attribute.first) == request.attributes.end();
  });
  co_return GetSMSAttributesResponse{std::move(all)};
}

runtime::Task<SetSMSAttributesResponse> SetSMSAttributes(SnsService& sns,
                                                         const protocol::RequestContext& context,
                                                         SetSMSAttributesRequest request) {
  AuthorizeOwn(context, "SetSMSAttributes");
  for (const auto& [name, value] : request.attributes) CheckAttribute(name, value);
  const std::string owner = OwnerOf(context);
  const auto change = [&] {
    AttributeMap all = sns.records().Load(Records::kSms, owner, "attributes").value_or(AttributeMap{});
    for (const auto& [name, value] : request.attributes) all[name] = value;
    sns.records().Put(Records::kSms, owner, "attributes", all);
  };
  co_await sns.writer().Run(change);
  co_return SetSMSAttributesResponse{};
}

}  // namespace cumulite::sns
