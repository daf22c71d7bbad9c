#include "services/ec2/operations/tags.h"

#include "services/ec2/access.h"
#include "services/ec2/ec2_service.h"
#include "services/ec2/errors.h"
#include "services/ec2/filters.h"
#include "services/ec2/lookup.h"

namespace cumulite::ec2 {
using protocol::Wire;

protocol::Members CreateTagsRequest::Describe() {
  using T = CreateTagsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resources>("Resources").InQuery("ResourceId"),
      Wire<&T::tags>("Tags").InQuery("Tag"),
  };
  return kMembers;
}

protocol::Members CreateTagsResponse::Describe() {
  using T = CreateTagsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

protocol::Members DeleteTagsRequest::Describe() {
  using T = DeleteTagsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resources>("Resources").InQuery("ResourceId"),
      Wire<&T::tags>("Tags").InQuery("Tag"),
  };
  return kMembers;
}

protocol::Members DeleteTagsResponse::Describe() {
  using T = DeleteTagsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::return_>("Return").InQuery("return"),
  };
  return kMembers;
}

protocol::Members DescribeTagsRequest::Describe() {
  using T = DescribeTagsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::filters>("Filters").InQuery("Filter"),
      Wire<&T::max_results>("MaxResults"),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members DescribeTagsResponse::Describe() {
  using T = DescribeTagsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::next_token>("NextToken").InQuery("nextToken"),
      Wire<&T::tags>("Tags").InQuery("tagSet").Items("item").KeepEmpty(),
  };
  return kMembers;
}

namespace {

/// Calls visit(record, tags, type) for each kind of resource that has tags.
template <class Visit>
void EachKind(Visit visit) {
  visit.template operator()<Vpc>(&Vpc::tags, "vpc");
  visit.template operator()<Subnet>(&Subnet::tags, "subnet");
  visit.template operator()<SecurityGroup>(&SecurityGroup::tags, "security-group");
  visit.template operator()<SecurityGroupRule>(&SecurityGroupRule::tags, "security-group-rule");
  visit.template operator()<InternetGateway>(&InternetGateway::tags, "internet-gateway");
  visit.template operator()<RouteTable>(&RouteTable::tags, "route-table");
  visit.template operator()<NetworkInterface>(&NetworkInterface::tag_set, "network-interface");
  visit.template operator()<Address>(&Address::tags, "elastic-ip");
}

/// Inside a job: changes the tags of every resource that is named.
template <class Edit>
void EditTags(Ec2Store& store, const Owner& owner, const std::vector<std::string>& ids, Edit edit) {
  if (ids.empty()) throw AwsError(kMissingParameter, "The request must contain the parameter resourceIdSet");
  for (const std::string& id : ids) {
    const std::string_view prefix = std::string_view(id).substr(0, id.find('-'));
    bool known = false;
    EachKind([&]<class R>(std::vector<Tag> R::*tags, std::string_view) {
      if (prefix != KindOf<R>::kPrefix) return;
      known = true;
      R record = Open<R>(store.current(), owner, id);
      edit(record.*tags);
      store.Save(owner, record);
    });
    if (!known) throw AwsError(kInvalidId, "The ID '" + id + "' is not valid");
  }
}

}  // namespace

runtime::Task<CreateTagsResponse> CreateTags(Ec2Service& ec2, const protocol::RequestContext& context,
                                             CreateTagsRequest request) {
  for (const std::string& id : request.resources) RequireAllowed(context, Ec2ArnOf(context, id));
  if (request.tags.empty())
    throw AwsError(kMissingParameter, "The request must contain the parameter tagSet");
  const Owner owner = OwnerOf(context);
  const auto create = [&] {
    EditTags(ec2.store(), owner, request.resources,
             [&](std::vector<Tag>& tags) { MergeTags(tags, request.tags); });
  };
  co_await ec2.Change(create);
  co_return CreateTagsResponse{};
}

runtime::Task<DeleteTagsResponse> DeleteTags(Ec2Service& ec2, const protocol::RequestContext& context,
                                             DeleteTagsRequest request) {
  for (const std::string& id : request.resources) RequireAllowed(context, Ec2ArnOf(context, id));
  const Owner owner = OwnerOf(context);
  const auto is_named = [&](const Tag& tag) {
    if (request.tags.empty()) return true;
    return std::ranges::any_of(request.tags, [&](const Tag& named) {
      return named.key == tag.key && (!named.value || named.value == tag.value);
    });
  };
  const auto erase = [&] {
    EditTags(ec2.store(), owner, request.resources,
             [&](std::vector<Tag>& tags) { std::erase_if(tags, is_named); });
  };
  co_await ec2.Change(erase);
  co_return DeleteTagsResponse{};
}

runtime::Task<DescribeTagsResponse> DescribeTags(Ec2Service& ec2, const protocol::RequestContext& context,
                                                 DescribeTagsRequest request) {
  RequireAllowed(context, "*");
  const Owner owner = OwnerOf(context);
  DescribeTagsResponse response;
  EachKind([&]<class R>(std::vector<Tag> R::*tags, std::string_view type) {
    for (const R& record : ec2.committed().template All<R>(owner)) {
      for (const Tag& tag : record.*tags) {
        TagDescription description{tag.key, record.*KindOf<R>::kId, std::string(type), tag.value};
        const auto values = [&](std::string_view name) -> FilterValues {
          if (name == "key") return One(description.key);
          if (name == "value") return One(description.value);
          if (name == "resource-id") return One(description.resource_id);
          return name == "resource-type" ? One(description.resource_type) : std::nullopt;
        };
        if (Passes(request.filters, {tag}, values)) response.tags.push_back(std::move(description));
      }
    }
  });
  response.next_token = CutPage("DescribeTags", response.tags, request.max_results, request.next_token);
  co_return response;
}

}  // namespace cumulite::ec2
