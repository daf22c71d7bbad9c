#include "services/sns/operations/sms_attributes.h"

#include <algorithm>
#include <array>

#include "services/sns/access.h"
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

void CheckAttribute(const std::string& name, const std::string& value) {
  if (std::ranges::find(kNames, name) == kNames.end()) {
    throw AwsError(kInvalidParameter, name + " is not a valid attribute");
  }
  if (name == "DefaultSMSType" && value != "Promotional" && value != "Transactional") {
    throw AwsError(kInvalidParameter, name + " is invalid");
  }
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
