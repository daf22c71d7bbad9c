#include "services/dynamodb/operations/imports.h"

#include <algorithm>

#include "protocol/arn.h"
#include "protocol/json_codec.h"
#include "services/dynamodb/access.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/tables/create_rules.h"
#include "services/dynamodb/tables/table_lookup.h"
#include "services/dynamodb/transfers/importer.h"
#include "services/dynamodb/transfers/transfer_errors.h"
#include "services/dynamodb/transfers/transfer_list.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

constexpr std::string_view kInputFormats[] = {"DYNAMODB_JSON", "ION", "CSV"};
constexpr std::string_view kCompressions[] = {"GZIP", "ZSTD", "NONE"};
constexpr std::int64_t kCenturyMs = 100LL * 365 * 24 * 60 * 60 * 1000;  // until the import ends it

bool IsHeader(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~' && c != '"' && c != ','; });
}

constexpr protocol::Limits kHeaderLimits =
    protocol::Limits{}.Length(1, 65536).Pattern(R"([\x20-\x21\x23-\x2B\x2D-\x7E]*)", IsHeader);

bool IsDelimiter(std::string_view text) {
  return text.size() == 1 && std::string_view(",;:|\t ").find(text) != std::string_view::npos;
}

ImportTableDescription ImportOf(const Transfer& transfer) {
  ImportRecord record;
  protocol::DecodeStoredJson(transfer.record, &record, ImportRecord::Describe());
  return std::move(record.description);
}

/// Errors: 501 for what is not built.
void RefuseNotBuilt(const ImportTableRequest& request) {
  if (request.input_format == "ION") {
    throw AwsError(protocol::kNotImplemented, "InputFormat ION is not implemented by this server.");
  }
  if (request.input_compression_type == "ZSTD") {
    throw AwsError(protocol::kNotImplemented, "InputCompressionType ZSTD is not implemented by this server.");
  }
}

TableRecord RecordOf(const TableCreationParameters& wanted, const TableAddress& address,
                     std::int64_t now_ms) {
  const CreateTableRequest create{.attribute_definitions = wanted.attribute_definitions,
                                  .table_name = wanted.table_name,
                                  .key_schema = wanted.key_schema,
                                  .global_secondary_indexes = wanted.global_secondary_indexes,
                                  .billing_mode = wanted.billing_mode,
                                  .provisioned_throughput = wanted.provisioned_throughput,
                                  .on_demand_throughput = wanted.on_demand_throughput};
  TableRecord record = RecordOf(create, now_ms);
  if (wanted.sse_specification && wanted.sse_specification->enabled.value_or(false)) {
    record.sse = DescribeEncryption(*wanted.sse_specification, address.account, address.region);
  }
  record.phase = "CREATING";
  record.phase_ends = protocol::Timestamp{now_ms + kCenturyMs};
  return record;
}

ImportTableDescription BeginningOf(ImportTableRequest request, const Transfer& transfer,
                                   const TableRecord& record) {
  ImportTableDescription about{.import_arn = transfer.Arn(), .import_status = "IN_PROGRESS"};
  about.table_arn =
      protocol::FormatArn("dynamodb", transfer.region, transfer.account, "table/" + transfer.table_name);
  about.table_id = record.table_id;
  about.client_token = request.client_token;
  about.s3_bucket_source = std::move(request.s3_bucket_source);
  about.error_count = 0;
  about.input_format = request.input_format;
  about.input_format_options = std::move(request.input_format_options);
  about.input_compression_type = request.input_compression_type.value_or("NONE");
  about.table_creation_parameters = std::move(request.table_creation_parameters);
  about.start_time = protocol::Timestamp{transfer.at_ms};
  about.processed_size_bytes = 0;
  about.processed_item_count = 0;
  about.imported_item_count = 0;
  return about;
}

}  // namespace

protocol::Members S3BucketSource::Describe() {
  using T = S3BucketSource;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::s3_bucket_owner>("S3BucketOwner").Pattern("[0-9]{12}"),
      Wire<&T::s3_bucket>("S3Bucket")
          .Required()
          .Length(protocol::kNoMinimum, 255)
          .Pattern(R"(^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$)"),
      Wire<&T::s3_key_prefix>("S3KeyPrefix").Length(protocol::kNoMinimum, 1024),
  };
  return kMembers;
}

protocol::Members CsvOptions::Describe() {
  using T = CsvOptions;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::delimiter>("Delimiter").Length(1, 1).Pattern(R"([,;:|\t ])", IsDelimiter),
      Wire<&T::header_list>("HeaderList").Length(1, 255).Elements(kHeaderLimits),
  };
  return kMembers;
}

protocol::Members InputFormatOptions::Describe() {
  using T = InputFormatOptions;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::csv>("Csv"),
  };
  return kMembers;
}

protocol::Members TableCreationParameters::Describe() {
  using T = TableCreationParameters;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_name>("TableName").Required().Length(3, 255).Pattern(kTableNamePattern, IsTableName),
      Wire<&T::attribute_definitions>("AttributeDefinitions").Required(),
      Wire<&T::key_schema>("KeySchema").Required().Length(1, 2),
      Wire<&T::billing_mode>("BillingMode").Values(kBillingMode),
      Wire<&T::provisioned_throughput>("ProvisionedThroughput"),
      Wire<&T::on_demand_throughput>("OnDemandThroughput"),
      Wire<&T::sse_specification>("SSESpecification"),
      Wire<&T::global_secondary_indexes>("GlobalSecondaryIndexes"),
  };
  return kMembers;
}

protocol::Members ImportTableRequest::Describe() {
  using T = ImportTableRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::client_token>("ClientToken").Pattern(R"(^[^\$]+$)"),
      Wire<&T::s3_bucket_source>("S3BucketSource").Required(),
      Wire<&T::input_format>("InputFormat").Required().Values(kInputFormats),
      Wire<&T::input_format_options>("InputFormatOptions"),
      Wire<&T::input_compression_type>("InputCompressionType").Values(kCompressions),
      Wire<&T::table_creation_parameters>("TableCreationParameters").Required(),
  };
  return kMembers;
}

protocol::Members ImportTableDescription::Describe() {
  using T = ImportTableDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::import_arn>("ImportArn"),
      Wire<&T::import_status>("ImportStatus"),
      Wire<&T::table_arn>("TableArn"),
      Wire<&T::table_id>("TableId"),
      Wire<&T::client_token>("ClientToken"),
      Wire<&T::s3_bucket_source>("S3BucketSource"),
      Wire<&T::error_count>("ErrorCount"),
      Wire<&T::cloud_watch_log_group_arn>("CloudWatchLogGroupArn"),
      Wire<&T::input_format>("InputFormat"),
      Wire<&T::input_format_options>("InputFormatOptions"),
      Wire<&T::input_compression_type>("InputCompressionType"),
      Wire<&T::table_creation_parameters>("TableCreationParameters"),
      Wire<&T::start_time>("StartTime"),
      Wire<&T::end_time>("EndTime"),
      Wire<&T::processed_size_bytes>("ProcessedSizeBytes"),
      Wire<&T::processed_item_count>("ProcessedItemCount"),
      Wire<&T::imported_item_count>("ImportedItemCount"),
      Wire<&T::failure_code>("FailureCode"),
      Wire<&T::failure_message>("FailureMessage"),
  };
  return kMembers;
}

protocol::Members ImportTableResponse::Describe() {
  using T = ImportTableResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::import_table_description>("ImportTableDescription"),
  };
  return kMembers;
}

protocol::Members DescribeImportRequest::Describe() {
  using T = DescribeImportRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::import_arn>("ImportArn").Required().Length(37, 1024),
  };
  return kMembers;
}

protocol::Members ListImportsRequest::Describe() {
  using T = ListImportsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_arn>("TableArn").Length(1, 1024),
      Wire<&T::page_size>("PageSize").Range(1, 25),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members ImportSummary::Describe() {
  using T = ImportSummary;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::import_arn>("ImportArn"),
      Wire<&T::import_status>("ImportStatus"),
      Wire<&T::table_arn>("TableArn"),
      Wire<&T::s3_bucket_source>("S3BucketSource"),
      Wire<&T::cloud_watch_log_group_arn>("CloudWatchLogGroupArn"),
      Wire<&T::input_format>("InputFormat"),
      Wire<&T::start_time>("StartTime"),
      Wire<&T::end_time>("EndTime"),
  };
  return kMembers;
}

protocol::Members ListImportsResponse::Describe() {
  using T = ListImportsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::import_summary_list>("ImportSummaryList").KeepEmpty(),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

runtime::Task<ImportTableResponse> ImportTable(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               ImportTableRequest request) {
  const TableAddress address{context.identity.account, context.identity.region,
                             request.table_creation_parameters.table_name};
  RequireOwnAccess(context, "table/" + address.name + "/import/*");
  RefuseNotBuilt(request);
  const std::int64_t now_ms = dynamodb.NowMs();
  const TableRecord table = RecordOf(request.table_creation_parameters, address, now_ms);
  Transfer transfer{.kind = "import",
                    .account = address.account,
                    .region = address.region,
                    .table_name = address.name,
                    .label = NewBackupLabel(now_ms),
                    .token = request.client_token.value_or(""),
                    .at_ms = now_ms};
  protocol::EncodeJson(&request, ImportTableRequest::Describe(), transfer.request);
  ImportRecord record{.description = BeginningOf(std::move(request), transfer, table),
                      .principal = context.identity.principal,
                      .strict = context.strict};
  const auto begin = [&]() -> std::optional<Transfer> {
    Transfer begun = transfer;
    if (!begun.token.empty()) {
      const auto same = dynamodb.transfers().FindOfToken("import", begun.account, begun.region, begun.token,
                                                         now_ms - kClientTokenMs);
      if (same && same->request == begun.request) return same;
      if (same) {
        throw AwsError(kIdempotentParameterMismatch,
                       "An import with the same client token and other parameters exists");
      }
    }
    const auto id = dynamodb.tables().Insert(address.account, address.region, address.name, table);
    if (!id) return std::nullopt;
    ImportRecord stored = record;
    stored.table = *id;
    protocol::EncodeJson(&stored, ImportRecord::Describe(), begun.record);
    begun.id = dynamodb.transfers().Add(begun);
    return begun;
  };
  dynamodb.NoteWork();
  runtime::Task<std::optional<Transfer>> run = dynamodb.writer().Run(begin);
  const std::optional<Transfer> begun = co_await run;
  if (!begun) throw AwsError(kResourceInUse, "Table already exists: " + address.name);
  if (begun->label == transfer.label) {
    dynamodb.tables().RefreshAll();
    dynamodb.RunTransfer(*begun);
  }
  ImportTableResponse response;
  response.import_table_description = ImportOf(*begun);
  co_return response;
}

runtime::Task<ImportTableResponse> DescribeImport(DynamoDbService& dynamodb,
                                                  const protocol::RequestContext& context,
                                                  DescribeImportRequest request) {
  const auto transfer = dynamodb.transfers().Find("import", request.import_arn);
  if (const auto arn = protocol::ParseArn(request.import_arn)) {
    RequireAccess(context, {.arn = request.import_arn, .account = arn->account});
  }
  if (!transfer) throw AwsError(kImportNotFound, "Import not found: " + request.import_arn);
  ImportTableResponse response;
  response.import_table_description = ImportOf(*transfer);
  co_return response;
}

runtime::Task<ListImportsResponse> ListImports(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               ListImportsRequest request) {
  TransferList list = ListTransfers(dynamodb, context,
                                    {.kind = "import",
                                     .list = "ListImports",
                                     .table_arn = request.table_arn,
                                     .max = request.page_size,
                                     .next_token = request.next_token});
  ListImportsResponse response;
  for (const Transfer& transfer : list.transfers) {
    ImportTableDescription about = ImportOf(transfer);
    response.import_summary_list.push_back({.import_arn = std::move(about.import_arn),
                                            .import_status = std::move(about.import_status),
                                            .table_arn = std::move(about.table_arn),
                                            .s3_bucket_source = std::move(about.s3_bucket_source),
                                            .input_format = std::move(about.input_format),
                                            .start_time = about.start_time,
                                            .end_time = about.end_time});
  }
  response.next_token = std::move(list.next_token);
  co_return response;
}

}  // namespace cumulite::dynamodb
