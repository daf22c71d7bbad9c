#include "services/dynamodb/operations/contributor_insights.h"

#include "services/dynamodb/access.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/tables/change_table.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

constexpr std::string_view kContributorInsightsAction[] = {"ENABLE", "DISABLE"};
constexpr std::string_view kContributorInsightsMode[] = {"ACCESSED_AND_THROTTLED_KEYS", "THROTTLED_KEYS"};

void RequireKnownIndex(const Table& table, const std::optional<std::string>& index) {
  if (index && table.FindIndex(*index) == nullptr) {
    throw AwsError(kResourceNotFound, "Requested resource not found: Index: " + *index + " not found");
  }
}

/// The rules that AWS names so, one pair for each part of the key.
std::vector<std::string> RulesOf(const Table& table, const std::optional<std::string>& index,
                                 const InsightsRecord& insights) {
  const KeySchema& keys = index ? table.FindIndex(*index)->keys : table.keys;
  std::string of = table.name;
  if (index) of += "-" + *index;
  const std::string suffix = "-" + of + "-" + std::to_string(insights.since.milliseconds);
  std::vector<std::string> rules;
  const bool accessed = insights.mode == "ACCESSED_AND_THROTTLED_KEYS";
  if (accessed) rules.push_back("DynamoDBContributorInsights-PKC" + suffix);
  rules.push_back("DynamoDBContributorInsights-PKT" + suffix);
  if (keys.range.empty()) return rules;
  if (accessed) rules.push_back("DynamoDBContributorInsights-SKC" + suffix);
  rules.push_back("DynamoDBContributorInsights-SKT" + suffix);
  return rules;
}

}  // namespace

protocol::Members UpdateContributorInsightsRequest::Describe() {
  using T = UpdateContributorInsightsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Required().Length(1, 1024),
      Wire<&T::index_name>("IndexName").Length(3, 255).Pattern(R"([a-zA-Z0-9_.-]+)"),
      Wire<&T::contributor_insights_action>("ContributorInsightsAction")
          .Required()
          .Values(kContributorInsightsAction),
      Wire<&T::contributor_insights_mode>("ContributorInsightsMode").Values(kContributorInsightsMode),
  };
  return kMembers;
}

protocol::Members UpdateContributorInsightsResponse::Describe() {
  using T = UpdateContributorInsightsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName"),
      Wire<&T::index_name>("IndexName"),
      Wire<&T::contributor_insights_status>("ContributorInsightsStatus"),
      Wire<&T::contributor_insights_mode>("ContributorInsightsMode"),
  };
  return kMembers;
}

protocol::Members FailureException::Describe() {
  using T = FailureException;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::exception_name>("ExceptionName"),
      Wire<&T::exception_description>("ExceptionDescription"),
  };
  return kMembers;
}

protocol::Members DescribeContributorInsightsRequest::Describe() {
  using T = DescribeContributorInsightsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Required().Length(1, 1024),
      Wire<&T::index_name>("IndexName").Length(3, 255).Pattern(R"([a-zA-Z0-9_.-]+)"),
  };
  return kMembers;
}

protocol::Members DescribeContributorInsightsResponse::Describe() {
  using T = DescribeContributorInsightsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName"),
      Wire<&T::index_name>("IndexName"),
      Wire<&T::contributor_insights_rule_list>("ContributorInsightsRuleList"),
      Wire<&T::contributor_insights_status>("ContributorInsightsStatus"),
      Wire<&T::last_update_date_time>("LastUpdateDateTime"),
      Wire<&T::failure_exception>("FailureException"),
      Wire<&T::contributor_insights_mode>("ContributorInsightsMode"),
  };
  return kMembers;
}

protocol::Members ContributorInsightsSummary::Describe() {
  using T = ContributorInsightsSummary;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName"),
      Wire<&T::index_name>("IndexName"),
      Wire<&T::contributor_insights_status>("ContributorInsightsStatus"),
      Wire<&T::contributor_insights_mode>("ContributorInsightsMode"),
  };
  return kMembers;
}

protocol::Members ListContributorInsightsRequest::Describe() {
  using T = ListContributorInsightsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Length(1, 1024),
      Wire<&T::next_token>("NextToken"),
      Wire<&T::max_results>("MaxResults").Range(protocol::kNoMinimum, 100),
  };
  return kMembers;
}

protocol::Members ListContributorInsightsResponse::Describe() {
  using T = ListContributorInsightsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::contributor_insights_summaries>("ContributorInsightsSummaries").KeepEmpty(),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

runtime::Task<UpdateContributorInsightsResponse> UpdateContributorInsights(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    UpdateContributorInsightsRequest request) {
  const TablePtr table = RequireNamedTable(dynamodb, context, request.table_name);
  RequireKnownIndex(*table, request.index_name);
  const bool enable = request.contributor_insights_action == "ENABLE";
  const std::string mode = request.contributor_insights_mode.value_or("ACCESSED_AND_THROTTLED_KEYS");
  const std::function<void(TableRecord&)> set = [&](TableRecord& record) {
    const std::string index = request.index_name.value_or("");
    if (!enable) {
      record.insights.erase(index);
    } else if (record.insights[index].mode != mode) {
      record.insights[index] = {mode, {dynamodb.NowMs()}};
    }
  };
  runtime::Task<TablePtr> change = ChangeTable(dynamodb, *table, set);
  co_await change;
  UpdateContributorInsightsResponse response{
      .table_name = table->name,
      .index_name = request.index_name,
      .contributor_insights_status = enable ? "ENABLING" : "DISABLING"};
  if (enable) response.contributor_insights_mode = mode;
  co_return response;
}

runtime::Task<DescribeContributorInsightsResponse> DescribeContributorInsights(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    DescribeContributorInsightsRequest request) {
  const TablePtr table = RequireNamedTable(dynamodb, context, request.table_name);
  RequireKnownIndex(*table, request.index_name);
  DescribeContributorInsightsResponse response{
      .table_name = table->name, .index_name = request.index_name, .contributor_insights_status = "DISABLED"};
  const auto found = table->record.insights.find(request.index_name.value_or(""));
  if (found != table->record.insights.end()) {
    response.contributor_insights_rule_list = RulesOf(*table, request.index_name, found->second);
    response.contributor_insights_status = "ENABLED";
    response.last_update_date_time = found->second.since;
    response.contributor_insights_mode = found->second.mode;
  }
  co_return response;
}

runtime::Task<ListContributorInsightsResponse> ListContributorInsights(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    ListContributorInsightsRequest request) {
  std::vector<TablePtr> tables;
  if (request.table_name) {
    tables.push_back(RequireNamedTable(dynamodb, context, request.table_name));
  } else {
    RequireOwnAccess(context, "*");
    tables = dynamodb.tables().Of(context.identity.account, context.identity.region);
  }
  // A token is the last entry's table and index.
  const std::string after = request.next_token.value_or("");
  const auto max = static_cast<std::size_t>(request.max_results.value_or(100));
  ListContributorInsightsResponse response;
  std::string last;
  for (const TablePtr& table : tables) {
    for (const auto& [index, insights] : table->record.insights) {
      const std::string place = table->name + "/" + index;
      if (place <= after) continue;
      if (response.contributor_insights_summaries.size() == max) {
        response.next_token = last;
        co_return response;
      }
      ContributorInsightsSummary& summary = response.contributor_insights_summaries.emplace_back();
      summary.table_name = table->name;
      if (!index.empty()) summary.index_name = index;
      summary.contributor_insights_status = "ENABLED";
      summary.contributor_insights_mode = insights.mode;
      last = place;
    }
  }
  co_return response;
}

}  // namespace cumulite::dynamodb
