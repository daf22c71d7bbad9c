#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/dynamodb/shapes.h"

namespace cumulite::dynamodb {
class DynamoDbService;

struct S3BucketSource {
  std::optional<std::string> s3_bucket_owner;
  std::string s3_bucket;
  std::optional<std::string> s3_key_prefix;
  static protocol::Members Describe();
};

struct CsvOptions {
  std::optional<std::string> delimiter;
  std::vector<std::string> header_list;
  static protocol::Members Describe();
};

struct InputFormatOptions {
  std::optional<CsvOptions> csv;
  static protocol::Members Describe();
};

struct TableCreationParameters {
  std::string table_name;
  std::vector<AttributeDefinition> attribute_definitions;
  std::vector<KeySchemaElement> key_schema;
  std::optional<std::string> billing_mode;
  std::optional<ProvisionedThroughput> provisioned_throughput;
  std::optional<OnDemandThroughput> on_demand_throughput;
  std::optional<SSESpecification> sse_specification;
  std::optional<std::vector<GlobalSecondaryIndex>> global_secondary_indexes;
  static protocol::Members Describe();
};

struct ImportTableRequest {
  std::optional<std::string> client_token;
  S3BucketSource s3_bucket_source;
  std::string input_format;
  std::optional<InputFormatOptions> input_format_options;
  std::optional<std::string> input_compression_type;
  TableCreationParameters table_creation_parameters;
  static protocol::Members Describe();
};

struct ImportTableDescription {
  std::optional<std::string> import_arn;
  std::optional<std::string> import_status;
  std::optional<std::string> table_arn;
  std::optional<std::string> table_id;
  std::optional<std::string> client_token;
  std::optional<S3BucketSource> s3_bucket_source;
  std::optional<std::int64_t> error_count;
  std::optional<std::string> cloud_watch_log_group_arn;
  std::optional<std::string> input_format;
  std::optional<InputFormatOptions> input_format_options;
  std::optional<std::string> input_compression_type;
  std::optional<TableCreationParameters> table_creation_parameters;
  std::optional<protocol::Timestamp> start_time;
  std::optional<protocol::Timestamp> end_time;
  std::optional<std::int64_t> processed_size_bytes;
  std::optional<std::int64_t> processed_item_count;
  std::optional<std::int64_t> imported_item_count;
  std::optional<std::string> failure_code;
  std::optional<std::string> failure_message;
  static protocol::Members Describe();
};

struct ImportTableResponse {
  ImportTableDescription import_table_description;
  static protocol::Members Describe();
};

struct DescribeImportRequest {
  std::string import_arn;
  static protocol::Members Describe();
};

struct ListImportsRequest {
  std::optional<std::string> table_arn;
  std::optional<std::int32_t> page_size;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

struct ImportSummary {
  std::optional<std::string> import_arn;
  std::optional<std::string> import_status;
  std::optional<std::string> table_arn;
  std::optional<S3BucketSource> s3_bucket_source;
  std::optional<std::string> cloud_watch_log_group_arn;
  std::optional<std::string> input_format;
  std::optional<protocol::Timestamp> start_time;
  std::optional<protocol::Timestamp> end_time;
  static protocol::Members Describe();
};

struct ListImportsResponse {
  std::vector<ImportSummary> import_summary_list;
  std::optional<std::string> next_token;
  static protocol::Members Describe();
};

/// Makes a table and begins to fill it from the objects of a bucket. The table is CREATING until all are
/// read.
///
/// Shapes: DYNAMODB_JSON or CSV, plain or gzip; Ion and Zstandard are refused as not built.
/// Errors: ResourceInUseException, ImportConflictException, LimitExceededException.
/// Thread: any.
/// Source: DynamoDB API Reference "ImportTable".
runtime::Task<ImportTableResponse> ImportTable(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               ImportTableRequest request);

/// How far an import is.
///
/// Shapes: import_arn 37..1024 characters.
/// Errors: ImportNotFoundException.
/// Thread: any.
/// Source: DynamoDB API Reference "DescribeImport".
runtime::Task<ImportTableResponse> DescribeImport(DynamoDbService& dynamodb,
                                                  const protocol::RequestContext& context,
                                                  DescribeImportRequest request);

/// The imports of the account and region, or of one table, the latest first.
///
/// Shapes: page_size 1..25.
/// Thread: any.
/// Source: DynamoDB API Reference "ListImports".
runtime::Task<ListImportsResponse> ListImports(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               ListImportsRequest request);

}  // namespace cumulite::dynamodb
