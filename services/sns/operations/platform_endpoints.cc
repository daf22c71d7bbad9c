#include "services/sns/operations/platform_endpoints.h"

#include "base/ids.h"
#include "protocol/arn.h"
#include "services/sns/access.h"
#include "services/sns/direct_publish.h"
#include "services/sns/errors.h"
#include "services/sns/page.h"
#include "services/sns/platform.h"
#include "services/sns/sns_service.h"

namespace cumulite::sns {
using protocol::Wire;

protocol::Members CreatePlatformEndpointRequest::Describe() {
  using T = CreatePlatformEndpointRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::platform_application_arn>("PlatformApplicationArn").Required(),
      Wire<&T::token>("Token").Required(),
      Wire<&T::custom_user_data>("CustomUserData"),
      Wire<&T::attributes>("Attributes"),
  };
  return kMembers;
}

protocol::Members CreatePlatformEndpointResponse::Describe() {
  using T = CreatePlatformEndpointResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::endpoint_arn>("EndpointArn"),
  };
  return kMembers;
}

protocol::Members DeleteEndpointRequest::Describe() {
  using T = DeleteEndpointRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::endpoint_arn>("EndpointArn").Required(),
  };
  return kMembers;
}

protocol::Members ListEndpointsByPlatformApplicationRequest::Describe() {
  using T = ListEndpointsByPlatformApplicationRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::platform_application_arn>("PlatformApplicationArn").Required(),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members EndpointView::Describe() {
  using T = EndpointView;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::endpoint_arn>("EndpointArn"),
      Wire<&T::attributes>("Attributes").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members ListEndpointsByPlatformApplicationResponse::Describe() {
  using T = ListEndpointsByPlatformApplicationResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::endpoints>("Endpoints").KeepEmpty(),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members GetEndpointAttributesRequest::Describe() {
  using T = GetEndpointAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::endpoint_arn>("EndpointArn").Required(),
  };
  return kMembers;
}

protocol::Members GetEndpointAttributesResponse::Describe() {
  using T = GetEndpointAttributesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::attributes>("Attributes").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members SetEndpointAttributesRequest::Describe() {
  using T = SetEndpointAttributesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::endpoint_arn>("EndpointArn").Required(),
      Wire<&T::attributes>("Attributes").Required(),
  };
  return kMembers;
}

namespace {

constexpr std::size_t kMaxUserData = 2'048;

void CheckEndpointAttributes(const AttributeMap& attributes) {
  for (const auto& [name, value] : attributes) {
    if (name != "CustomUserData" && name != "Enabled" && name != "Token") {
      throw Invalid("Attributes", "Invalid attribute name: " + name);
    }
    if (name == "CustomUserData" && value.size() > kMaxUserData) {
      throw Invalid(
          "Attributes",
          "Invalid value for attribute: CustomUserData: must be at most 2048 bytes long in UTF-8 encoding");
    }
    if (name == "Enabled" && value != "true" && value != "false") {
      throw Invalid("Attributes", "Invalid value for attribute: Enabled: must be true or false");
    }
  }
}

AttributeMap Wanted(const CreatePlatformEndpointRequest& request) {
  if (request.token.empty()) throw Invalid("Token", "no value for required parameter");
  AttributeMap attributes = request.attributes;
  if (request.custom_user_data) attributes.try_emplace("CustomUserData", *request.custom_user_data);
  CheckEndpointAttributes(attributes);
  attributes.try_emplace("Enabled", "true");
  attributes["Token"] = request.token;
  return attributes;
}

std::string EndpointArn(const std::string& application) {
  const auto arn = protocol::ParseArn(application);
  const std::string path(arn->resource.substr(arn->resource.find('/') + 1));
  return protocol::FormatArn("sns", arn->region, arn->account, "endpoint/" + path + "/" + base::RandomUuid());
}

AwsError EndpointDoesNotExist() { return {kNotFound, "Endpoint does not exist"}; }

}  // namespace

runtime::Task<CreatePlatformEndpointResponse> CreatePlatformEndpoint(SnsService& sns,
                                                                     const protocol::RequestContext& context,
                                                                     CreatePlatformEndpointRequest request) {
  AuthorizeOwn(context, "CreatePlatformEndpoint");
  const std::string& application = request.platform_application_arn;
  CheckApplicationArn(application, context);
  const std::string owner = OwnerOf(context);
  const AttributeMap wanted = Wanted(request);
  const auto create = [&] {
    Records& records = sns.records();
    if (!records.Load(Records::kApplication, owner, application)) throw ApplicationDoesNotExist();
    if (const auto known = records.Load(Records::kToken, application, request.token)) {
      const std::string arn(ValueOf(*known, "arn"));
      const auto current = records.Load(Records::kEndpoint, application, arn);
      if (current && *current != wanted) {
        throw Invalid("Token",
                      "Endpoint " + arn + " already exists with the same Token, but different attributes.");
      }
      if (current) return arn;
    }
    const std::string arn = EndpointArn(application);
    records.Put(Records::kEndpoint, application, arn, wanted);
    records.Put(Records::kToken, application, request.token, {{"arn", arn}});
    return arn;
  };
  const std::string arn = co_await sns.writer().Run(create);
  co_return CreatePlatformEndpointResponse{arn};
}

runtime::Task<DeleteEndpointResponse> DeleteEndpoint(SnsService& sns, const protocol::RequestContext& context,
                                                     DeleteEndpointRequest request) {
  AuthorizeOwn(context, "DeleteEndpoint");
  if (!IsEndpointArn(request.endpoint_arn)) throw Invalid("EndpointArn");
  const std::string application = ApplicationOfEndpoint(request.endpoint_arn);
  const auto erase = [&] {
    Records& records = sns.records();
    const auto current = records.Load(Records::kEndpoint, application, request.endpoint_arn);
    if (!current) return;
    records.Erase(Records::kToken, application, ValueOf(*current, "Token"));
    records.Erase(Records::kEndpoint, application, request.endpoint_arn);
  };
  co_await sns.writer().Run(erase, storage::Room::kMakes);
  co_return DeleteEndpointResponse{};
}

runtime::Task<ListEndpointsByPlatformApplicationResponse> ListEndpointsByPlatformApplication(
    SnsService& sns, const protocol::RequestContext& context,
    ListEndpointsByPlatformApplicationRequest request) {
  AuthorizeOwn(context, "ListEndpointsByPlatformApplication");
  const std::string& application = request.platform_application_arn;
  CheckApplicationArn(application, context);
  if (!sns.records().Find(Records::kApplication, OwnerOf(context), application)) {
    throw ApplicationDoesNotExist();
  }
  auto list =
      sns.records().List(Records::kEndpoint, application, ReadToken(request.next_token), kPageSize + 1);
  ListEndpointsByPlatformApplicationResponse response;
  if (list.size() > kPageSize) {
    list.resize(kPageSize);
    response.next_token = MakeToken(list.back().first);
  }
  for (auto& [arn, attributes] : list) response.endpoints.push_back({arn, std::move(attributes)});
  co_return response;
}

runtime::Task<GetEndpointAttributesResponse> GetEndpointAttributes(SnsService& sns,
                                                                   const protocol::RequestContext& context,
                                                                   GetEndpointAttributesRequest request) {
  AuthorizeOwn(context, "GetEndpointAttributes");
  if (!IsEndpointArn(request.endpoint_arn)) throw Invalid("EndpointArn");
  auto found = sns.records().Find(Records::kEndpoint, ApplicationOfEndpoint(request.endpoint_arn),
                                  request.endpoint_arn);
  if (!found) throw EndpointDoesNotExist();
  co_return GetEndpointAttributesResponse{std::move(*found)};
}

runtime::Task<SetEndpointAttributesResponse> SetEndpointAttributes(SnsService& sns,
                                                                   const protocol::RequestContext& context,
                                                                   SetEndpointAttributesRequest request) {
  AuthorizeOwn(context, "SetEndpointAttributes");
  if (!IsEndpointArn(request.endpoint_arn)) throw Invalid("EndpointArn");
  CheckEndpointAttributes(request.attributes);
  const std::string application = ApplicationOfEndpoint(request.endpoint_arn);
  const auto change = [&] {
    Records& records = sns.records();
    auto current = records.Load(Records::kEndpoint, application, request.endpoint_arn);
    if (!current) throw EndpointDoesNotExist();
    const std::string old_token(ValueOf(*current, "Token"));
    for (const auto& [name, value] : request.attributes) (*current)[name] = value;
    records.Erase(Records::kToken, application, old_token);
    records.Put(Records::kToken, application, ValueOf(*current, "Token"), {{"arn", request.endpoint_arn}});
    records.Put(Records::kEndpoint, application, request.endpoint_arn, *current);
  };
  co_await sns.writer().Run(change);
  co_return SetEndpointAttributesResponse{};
}

}  // namespace cumulite::sns
