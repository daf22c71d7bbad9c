#include "services/elb/operations/resource_tags.h"

#include "services/elb/access.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"
#include "services/elb/tags.h"

namespace cumulite::elb {
using protocol::Wire;
namespace {

constexpr protocol::Limits kTagKeyLimits =
    protocol::Limits{}.Length(1, 128).Pattern(R"(^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$)");

}  // namespace

protocol::Members AddTagsRequest::Describe() {
  using T = AddTagsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resource_arns>("ResourceArns").Required(),
      Wire<&T::tags>("Tags").Required().Length(1, protocol::kNoMaximum),
  };
  return kMembers;
}

protocol::Members RemoveTagsRequest::Describe() {
  using T = RemoveTagsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resource_arns>("ResourceArns").Required(),
      Wire<&T::tag_keys>("TagKeys").Required().Elements(kTagKeyLimits),
  };
  return kMembers;
}

protocol::Members TagDescription::Describe() {
  using T = TagDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resource_arn>("ResourceArn"),
      Wire<&T::tags>("Tags").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members DescribeTagsRequest::Describe() {
  using T = DescribeTagsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::resource_arns>("ResourceArns").Required(),
  };
  return kMembers;
}

protocol::Members DescribeTagsResponse::Describe() {
  using T = DescribeTagsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::tag_descriptions>("TagDescriptions").KeepEmpty(),
  };
  return kMembers;
}

namespace {

constexpr std::size_t kMaxResources = 20;

void CheckArns(const std::vector<std::string>& arns) {
  if (arns.empty()) throw Invalid("A resource ARN must be specified");
  if (arns.size() > kMaxResources) throw Invalid("You can specify up to '20' resources");
}

template <class R, class Queries, class Visit>
void VisitOne(const Queries& queries, const std::string& arn, const protocol::RequestContext& context,
              std::string_view missing, Visit& visit) {
  auto record = IsOwn(arn, context.identity) ? queries.template Find<R>(arn) : std::nullopt;
  if (!record) throw AwsError(WordsOf<R>().not_found, std::string(missing));
  visit(*record);
}

/// Calls visit with the record of each resource, which has tags.
template <class Queries, class Visit>
void VisitAll(const Queries& queries, const std::vector<std::string>& arns,
              const protocol::RequestContext& context, Visit visit) {
  for (const std::string& arn : arns) {
    const std::string_view kind = KindOf(arn);
    if (kind == LoadBalancerRecord::kKind) {
      VisitOne<LoadBalancerRecord>(queries, arn, context, "One or more load balancers not found", visit);
    } else if (kind == TargetGroupRecord::kKind) {
      VisitOne<TargetGroupRecord>(queries, arn, context, "One or more target groups not found", visit);
    } else if (kind == ListenerRecord::kKind) {
      VisitOne<ListenerRecord>(queries, arn, context, "The specified listener does not exist.", visit);
    } else if (kind == RuleRecord::kKind) {
      VisitOne<RuleRecord>(queries, arn, context, "The specified rule does not exist.", visit);
    } else if (kind == TrustStoreRecord::kKind) {
      VisitOne<TrustStoreRecord>(queries, arn, context, "One or more trust stores not found", visit);
    } else {
      throw Invalid("'" + arn + "' is not a valid ARN");
    }
  }
}

}  // namespace

runtime::Task<AddTagsResponse> AddTags(ElbService& elb, const protocol::RequestContext& context,
                                       AddTagsRequest request) {
  for (const std::string& arn : request.resource_arns) RequireAllowed(context, arn);
  CheckArns(request.resource_arns);
  if (request.tags.empty()) throw Invalid("A tag must be specified");
  CheckTags(request.tags);
  const auto add = [&] {
    VisitAll(elb.store().current(), request.resource_arns, context, [&](auto& record) {
      MergeTags(record.tags, request.tags);
      elb.store().Save(record);
    });
  };
  co_await elb.Change(add);
  co_return AddTagsResponse{};
}

runtime::Task<RemoveTagsResponse> RemoveTags(ElbService& elb, const protocol::RequestContext& context,
                                             RemoveTagsRequest request) {
  for (const std::string& arn : request.resource_arns) RequireAllowed(context, arn);
  CheckArns(request.resource_arns);
  if (request.tag_keys.empty()) throw Invalid("A tag key must be specified");
  const auto remove = [&] {
    VisitAll(elb.store().current(), request.resource_arns, context, [&](auto& record) {
      DropTags(record.tags, request.tag_keys);
      elb.store().Save(record);
    });
  };
  co_await elb.Change(remove);
  co_return RemoveTagsResponse{};
}

runtime::Task<DescribeTagsResponse> DescribeTags(ElbService& elb, const protocol::RequestContext& context,
                                                 DescribeTagsRequest request) {
  RequireAllowed(context, "*");
  CheckArns(request.resource_arns);
  DescribeTagsResponse response;
  VisitAll(elb.committed(), request.resource_arns, context, [&](const auto& record) {
    response.tag_descriptions.push_back({record.arn(), record.tags});
  });
  co_return response;
}

}  // namespace cumulite::elb
