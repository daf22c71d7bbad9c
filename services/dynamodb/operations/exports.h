#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct IncrementalExportSpecification {
  std::optional<protocol::Timestamp> export_from_time;
  std::optional<protocol::Timestamp> export_to_time;
  std::optional<std::string> export_view_type;
  static protocol::Members Describe();
};

struct ExportTableToPointInTimeRequest {
  std::string table_arn;
  std::optional<protocol::Timestamp> export_time;
  std::optional<std::string> client_token;
  std::string s3_bucket;
  std::optional<std::string> s3_bucket_owner;
  std::optional<std::string> s3_prefix;
  std::optional<std::string> s3_sse_algorithm;
  std::optional<std::string> s3_sse_kms_key_id;
  std::optional<std::string> export_format;
  std::optional<std::string> export_type;
  std::optional<IncrementalExportSpecification> incremental_export_specification;
  static protocol::Members Describe();
};

struct ExportDescription {
  std::optional<std::string> export_arn;
  std::optional<std::string> export_status;
  std::optional<protocol::Timestamp> start_time;
  std::optional<protocol::Timestamp> end_time;
  std::optional<std::string> export_manifest;
  std::optional<std::string> table_arn;
  std::optional<std::string> table_id;
  std::optional<protocol::Timestamp> export_time;
  std::optional<std::string> client_token;
  std::optional<std::string> s3_bucket;
  std::optional<std::string> s3_bucket_owner;
  std::optional<std::string> s3_prefix;
  std::optional<std::string> s3_sse_algorithm;
  std::optional<std::string> s3_sse_kms_key_id;
  std::optional<std::string> failure_code;
  std::optional<std::string> failure_message;
  std::optional<std::string> export_format;
  std::optional<std::int64_t> billed_size_bytes;
  std::optional<std::int64_t> item_count;
  std::optional<std::string> export_type;
  std::optional<IncrementalExportSpecification> incremental_export_specification;
  static protocol::Members Describe();
};

struct ExportTableToPointInTimeResponse {
  std::optional<ExportDescription> export_description;
  static protocol::Members Describe();
};

struct DescribeExportRequest {
  std::string export_arn;
  static protocol::Members Describe();
};

struct DescribeExportResponse {
  std::optional<ExportDescription> export_description;
  static protocol::Members Describe();
};

struct ListExportsRequest {
  std::optional<std::string> table_arn;
  std::optional<std::int32_t> max_results;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct ExportSummary {
  std::optional<std::string> export_arn;
  std::optional<std::string> export_status;
  std::optional<std::string> export_type;
  static protocol::Members Describe();
};

struct ListExportsResponse {
  std::vector<ExportSummary> export_summaries;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// Begins to write the items of a table, as they were at a moment, or what changed between two, into files of
/// a bucket.
///
/// Shapes: DYNAMODB_JSON; Ion is refused as not built.
/// Errors: TableNotFoundException, PointInTimeRecoveryUnavailableException, InvalidExportTimeException,
/// ExportConflictException, InternalServerError.
/// Thread: any.
/// Source: DynamoDB API Reference "ExportTableToPointInTime".
runtime::Task<ExportTableToPointInTimeResponse> ExportTableToPointInTime(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    ExportTableToPointInTimeRequest request);

/// How far an export is, and where its manifest lies.
///
/// Shapes: export_arn 37..1024 characters.
/// Errors: ExportNotFoundException.
/// Thread: any.
/// Source: DynamoDB API Reference "DescribeExport".
runtime::Task<DescribeExportResponse> DescribeExport(DynamoDbService& dynamodb,
                                                     const protocol::RequestContext& context,
                                                     DescribeExportRequest request);

/// The exports of the account and region, or of one table, the latest first.
///
/// Shapes: max_results 1..25.
/// Thread: any.
/// Source: DynamoDB API Reference "ListExports".
runtime::Task<ListExportsResponse> ListExports(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               ListExportsRequest request);

}  // namespace cumulite::dynamodb
