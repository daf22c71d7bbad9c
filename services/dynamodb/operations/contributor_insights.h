#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct UpdateContributorInsightsRequest {
  std::string table_name;
  std::optional<std::string> index_name;
  std::string contributor_insights_action;
  std::optional<std::string> contributor_insights_mode;
  static protocol::Members Describe();
};

struct UpdateContributorInsightsResponse {
  std::optional<std::string> table_name;
  std::optional<std::string> index_name;
  std::optional<std::string> contributor_insights_status;
  std::optional<std::string> contributor_insights_mode;
  static protocol::Members Describe();
};

struct FailureException {
  std::optional<std::string> exception_name;
  std::optional<std::string> exception_description;
  static protocol::Members Describe();
};

struct DescribeContributorInsightsRequest {
  std::string table_name;
  std::optional<std::string> index_name;
  static protocol::Members Describe();
};

struct DescribeContributorInsightsResponse {
  std::optional<std::string> table_name;
  std::optional<std::string> index_name;
  std::vector<std::string> contributor_insights_rule_list;
  std::optional<std::string> contributor_insights_status;
  std::optional<protocol::Timestamp> last_update_date_time;
  std::optional<FailureException> failure_exception;
  std::optional<std::string> contributor_insights_mode;
  static protocol::Members Describe();
};

struct ContributorInsightsSummary {
  std::optional<std::string> table_name;
  std::optional<std::string> index_name;
  std::optional<std::string> contributor_insights_status;
  std::optional<std::string> contributor_insights_mode;
  static protocol::Members Describe();
};

struct ListContributorInsightsRequest {
  std::optional<std::string> table_name;
  std::optional<std::string> next_token;
  std::optional<std::int32_t> max_results;
  static protocol::Members Describe();
};

struct ListContributorInsightsResponse {
  std::vector<ContributorInsightsSummary> contributor_insights_summaries;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// Switches contributor insights on or off, for a table or one of its indexes. That is stored and shown;
/// there is no CloudWatch here whose rules would count.
///
/// Shapes: index_name 3..255 characters.
/// Errors: ResourceNotFoundException, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "UpdateContributorInsights".
runtime::Task<UpdateContributorInsightsResponse> UpdateContributorInsights(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    UpdateContributorInsightsRequest request);

/// Whether contributor insights are on, for a table or one of its indexes.
///
/// Shapes: index_name 3..255 characters.
/// Errors: ResourceNotFoundException, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "DescribeContributorInsights".
runtime::Task<DescribeContributorInsightsResponse> DescribeContributorInsights(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    DescribeContributorInsightsRequest request);

/// The tables and indexes for which contributor insights are on, page by page.
///
/// Shapes: max_results at most 100.
/// Errors: ResourceNotFoundException, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "ListContributorInsights".
runtime::Task<ListContributorInsightsResponse> ListContributorInsights(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    ListContributorInsightsRequest request);

}  // namespace cumulite::dynamodb
