#include "services/sns/operations/platform_applications.h"

#include <algorithm>
#include <array>

#include "protocol/arn.h"
#include "services/sns/access.h"
#include "services/sns/errors.h"
#include "services/sns/page.h"
#include "services/sns/platform.h"
#include "services/sns/sns_service.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members CreatePlatformApplicationRequest::Describe() {
  using T = CreatePlatformApplicationRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::name>("Name").Required(),
      Wire<&T::platform>("Platform").Required(),
      Wire<&T::attributes>("Attributes").Required(),
  };
  return kMembers;
}

protocol::Members CreatePlatformApplicationResponse::Describe() {
  using T = CreatePlatformApplicationResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::platform_application_arn>("PlatformApplicationArn"),
  };
  return kMembers;
}

protocol::Members DeletePlatformApplicationRequest::Describe() {
  using T = DeletePlatformApplicationRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::platform_application_arn>("PlatformApplicationArn").Required(),
  };
  return kMembers;
}

protocol::Members ListPlatformApplicationsRequest::Describe() {
  using T = ListPlatformApplicationsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members PlatformApplicationView::Describe() {
  using T = PlatformApplicationView;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::platform_application_arn>("PlatformApplicationArn"),
      Wire<&T::attributes>("Attributes").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members ListPlatformApplicationsResponse::Describe() {
  using T = ListPlatformApplicationsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::platform_applications>("PlatformApplications").KeepEmpty(),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members GetPlatformApplicationAttributesRequest::Describe() {
  using T = GetPlatformApplicationAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::platform_application_arn>("PlatformApplicationArn").Required(),
  };
  return kMembers;
}

protocol::Members GetPlatformApplicationAttributesResponse::Describe() {
  using T = GetPlatformApplicationAttributesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attributes>("Attributes").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members SetPlatformApplicationAttributesRequest::Describe() {
  using T = SetPlatformApplicationAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::platform_application_arn>("PlatformApplicationArn").Required(),
      Wire<&T::attributes>("Attributes").Required(),
  };
  return kMembers;
}

namespace {

constexpr std::array<std::string_view, 12> kPlatforms{
    "ADM",   "APNS",          "APNS_SANDBOX", "APNS_VOIP", "APNS_VOIP_SANDBOX", "BAIDU", "FCM", "GCM",
    "MACOS", "MACOS_SANDBOX", "MPNS",         "WNS"};
constexpr std::array<std::string_view, 4> kSecrets{"PlatformCredential", "PlatformPrincipal",
                                                   "ApplePlatformTeamID", "ApplePlatformBundleID"};
constexpr std::array<std::string_view, 8> kOthers{"Enabled",
                                                  "EventEndpointCreated",
                                                  "EventEndpointDeleted",
                                                  "EventEndpointUpdated",
                                                  "EventDeliveryFailure",
                                                  "SuccessFeedbackRoleArn",
                                                  "FailureFeedbackRoleArn",
                                                  "SuccessFeedbackSampleRate"};
constexpr std::size_t kMaxName = 256;

bool IsNameByte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
         c == '.';
}

void CheckAttributes(const AttributeMap& attributes) {
  for (const auto& [name, value] : attributes) {
    if (std::ranges::find(kSecrets, name) == kSecrets.end() &&
        std::ranges::find(kOthers, name) == kOthers.end()) {
      throw Invalid("Attributes", "Invalid attribute name: " + name);
    }
    if (name == "Enabled" && value != "true" && value != "false") {
      throw Invalid("Attributes", "Invalid value for attribute: Enabled: must be true or false");
    }
  }
}

void CheckApplication(const CreatePlatformApplicationRequest& request) {
  const std::string& name = request.name;
  if (name.empty()) throw Invalid(name, "cannot be empty");
  if (name.size() > kMaxName) throw Invalid(name, "must be at most 256 characters long");
  if (!std::ranges::all_of(name, IsNameByte)) {
    throw Invalid(name, "must contain only characters 'a'-'z', 'A'-'Z', '0'-'9', '_', '-', and '.'");
  }
  if (std::ranges::find(kPlatforms, request.platform) == kPlatforms.end()) {
    throw Invalid("Platform", request.platform + " is not supported");
  }
  const bool principal = request.attributes.contains("PlatformPrincipal");
  if (!request.attributes.contains("PlatformCredential")) {
    throw Invalid("Attributes", principal ? "PlatformPrincipal attribute provided without PlatformCredential"
                                          : "PlatformCredential attribute is required");
  }
  CheckAttributes(request.attributes);
}

/// What is shown of an application: not the secrets that AWS keeps to itself.
AttributeMap WithoutSecrets(AttributeMap attributes) {
  for (const std::string_view secret : kSecrets) attributes.erase(std::string(secret));
  return attributes;
}

}  // namespace

runtime::Task<CreatePlatformApplicationResponse> CreatePlatformApplication(
    SnsService& sns, const protocol::RequestContext& context, CreatePlatformApplicationRequest request) {
  AuthorizeOwn(context, "CreatePlatformApplication");
  CheckApplication(request);
  const std::string owner = OwnerOf(context);
  const std::string arn = protocol::FormatArn("sns", context.identity.region, context.identity.account,
                                              "app/" + request.platform + "/" + request.name);
  const auto create = [&] {
    Records& records = sns.records();
    AttributeMap attributes = records.Load(Records::kApplication, owner, arn).value_or(AttributeMap{});
    for (const auto& [name, value] : request.attributes) attributes[name] = value;
    attributes.try_emplace("Enabled", "true");
    records.Put(Records::kApplication, owner, arn, attributes);
  };
  co_await sns.writer().Run(create);
  co_return CreatePlatformApplicationResponse{arn};
}

runtime::Task<DeletePlatformApplicationResponse> DeletePlatformApplication(
    SnsService& sns, const protocol::RequestContext& context, DeletePlatformApplicationRequest request) {
  AuthorizeOwn(context, "DeletePlatformApplication");
  CheckApplicationArn(request.platform_application_arn, context);
  const std::string owner = OwnerOf(context);
  const auto erase = [&] {
    Records& records = sns.records();
    records.Erase(Records::kApplication, owner, request.platform_application_arn);
    records.EraseOwner(Records::kEndpoint, request.platform_application_arn);
    records.EraseOwner(Records::kToken, request.platform_application_arn);
  };
  co_await sns.writer().Run(erase, storage::Room::kMakes);
  co_return DeletePlatformApplicationResponse{};
}

runtime::Task<ListPlatformApplicationsResponse> ListPlatformApplications(
    SnsService& sns, const protocol::RequestContext& context, ListPlatformApplicationsRequest request) {
  AuthorizeOwn(context, "ListPlatformApplications");
  auto list = sns.records().List(Records::kApplication, OwnerOf(context), ReadToken(request.next_token),
                                 kPageSize + 1);
  ListPlatformApplicationsResponse response;
  if (list.size() > kPageSize) {
    list.resize(kPageSize);
    response.next_token = MakeToken(list.back().first);
  }
  for (auto& [arn, attributes] : list) {
    response.platform_applications.push_back({arn, WithoutSecrets(std::move(attributes))});
  }
  co_return response;
}

runtime::Task<GetPlatformApplicationAttributesResponse> GetPlatformApplicationAttributes(
    SnsService& sns, const protocol::RequestContext& context,
    GetPlatformApplicationAttributesRequest request) {
  AuthorizeOwn(context, "GetPlatformApplicationAttributes");
  CheckApplicationArn(request.platform_application_arn, context);
  auto found = sns.records().Find(Records::kApplication, OwnerOf(context), request.platform_application_arn);
  if (!found) throw ApplicationDoesNotExist();
  co_return GetPlatformApplicationAttributesResponse{WithoutSecrets(std::move(*found))};
}

runtime::Task<SetPlatformApplicationAttributesResponse> SetPlatformApplicationAttributes(
    SnsService& sns, const protocol::RequestContext& context,
    SetPlatformApplicationAttributesRequest request) {
  AuthorizeOwn(context, "SetPlatformApplicationAttributes");
  CheckApplicationArn(request.platform_application_arn, context);
  CheckAttributes(request.attributes);
  const std::string owner = OwnerOf(context);
  const auto change = [&] {
    auto current = sns.records().Load(Records::kApplication, owner, request.platform_application_arn);
    if (!current) throw ApplicationDoesNotExist();
    for (const auto& [name, value] : request.attributes) (*current)[name] = value;
    sns.records().Put(Records::kApplication, owner, request.platform_application_arn, *current);
  };
  co_await sns.writer().Run(change);
  co_return SetPlatformApplicationAttributesResponse{};
}

}  // namespace cumulite::sns
