#include "services/dynamodb/operations/exports.h"

#include "protocol/arn.h"
#include "protocol/json_codec.h"
#include "services/dynamodb/access.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/operations/describe_continuous_backups.h"
#include "services/dynamodb/tables/table_lookup.h"
#include "services/dynamodb/transfers/exporter.h"
#include "services/dynamodb/transfers/transfer_errors.h"
#include "services/dynamodb/transfers/transfer_list.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

constexpr std::string_view kFormats[] = {"DYNAMODB_JSON", "ION"};
constexpr std::string_view kTypes[] = {"FULL_EXPORT", "INCREMENTAL_EXPORT"};
constexpr std::string_view kViews[] = {"NEW_IMAGE", "NEW_AND_OLD_IMAGES"};
constexpr std::string_view kSseAlgorithms[] = {"AES256", "KMS"};
constexpr std::int64_t kMinSpanMs = 15LL * 60 * 1000;
constexpr std::int64_t kMaxSpanMs = 24LL * 60 * 60 * 1000;

AwsError ExportNotFound(std::string_view arn) {
  return {kExportNotFound, "Export not found: " + std::string(arn)};
}

ExportDescription DescriptionOf(const Transfer& transfer) {
  ExportRecord record;
  protocol::DecodeStoredJson(transfer.record, &record, ExportRecord::Describe());
  return std::move(record.description);
}

void CheckMoment(std::int64_t moment, const Table& table, std::int64_t now_ms) {
  if (moment >= EarliestRestorable(table.record, now_ms) && moment <= now_ms) return;
  throw AwsError(kInvalidExportTime,
                 "The export time must lie between EarliestRestorableDateTime and LatestRestorableDateTime");
}

/// The span of an incremental export, completed. Errors: ValidationException, InvalidExportTimeException.
IncrementalExportSpecification SpanOf(const ExportTableToPointInTimeRequest& request, const Table& table,
                                      std::int64_t now_ms) {
  if (!request.incremental_export_specification ||
      !request.incremental_export_specification->export_from_time) {
    throw Invalid("IncrementalExportSpecification with ExportFromTime is required for an incremental export");
  }
  if (request.export_time) throw Invalid("ExportTime cannot be specified for an incremental export");
  IncrementalExportSpecification span = *request.incremental_export_specification;
  if (!span.export_to_time) span.export_to_time = protocol::Timestamp{now_ms};
  if (!span.export_view_type) span.export_view_type = "NEW_AND_OLD_IMAGES";
  CheckMoment(span.export_from_time->milliseconds, table, now_ms);
  CheckMoment(span.export_to_time->milliseconds, table, now_ms);
  const std::int64_t length = span.export_to_time->milliseconds - span.export_from_time->milliseconds;
  if (length < kMinSpanMs || length > kMaxSpanMs) {
    throw AwsError(kInvalidExportTime,
                   "The export period must be at least 15 minutes and at most 24 hours long");
  }
  return span;
}

ExportDescription BeginningOf(const ExportTableToPointInTimeRequest& request, const Table& table,
                              std::int64_t now_ms) {
  ExportDescription about{.export_status = "IN_PROGRESS",
                          .start_time = protocol::Timestamp{now_ms},
                          .table_arn = table.arn,
                          .table_id = table.record.table_id,
                          .client_token = request.client_token,
                          .s3_bucket = request.s3_bucket,
                          .s3_bucket_owner = request.s3_bucket_owner,
                          .s3_prefix = request.s3_prefix,
                          .s3_sse_algorithm = request.s3_sse_algorithm.value_or("AES256"),
                          .s3_sse_kms_key_id = request.s3_sse_kms_key_id,
                          .export_format = request.export_format.value_or("DYNAMODB_JSON"),
                          .export_type = request.export_type.value_or("FULL_EXPORT")};
  if (about.export_type == "INCREMENTAL_EXPORT") {
    about.incremental_export_specification = SpanOf(request, table, now_ms);
  } else {
    about.export_time = request.export_time.value_or(protocol::Timestamp{now_ms});
    CheckMoment(about.export_time->milliseconds, table, now_ms);
  }
  return about;
}

/// The last moment whose changes are in the export.
std::int64_t StateOf(const ExportDescription& about) {
  if (about.export_time) return about.export_time->milliseconds;
  return about.incremental_export_specification->export_to_time->milliseconds - 1;
}

/// Errors: 501 for what is not built.
void RefuseNotBuilt(const ExportTableToPointInTimeRequest& request) {
  if (request.export_format == "ION") {
    throw AwsError(protocol::kNotImplemented, "ExportFormat ION is not implemented by this server.");
  }
  if (request.s3_sse_algorithm == "KMS") {
    throw AwsError(protocol::kNotImplemented, "S3SseAlgorithm KMS is not implemented by this server.");
  }
}

}  // namespace

protocol::Members IncrementalExportSpecification::Describe() {
  using T = IncrementalExportSpecification;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::export_from_time>("ExportFromTime"),
      Wire<&T::export_to_time>("ExportToTime"),
      Wire<&T::export_view_type>("ExportViewType").Values(kViews),
  };
  return kMembers;
}

protocol::Members ExportTableToPointInTimeRequest::Describe() {
  using T = ExportTableToPointInTimeRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_arn>("TableArn").Required().Length(1, 1024),
      Wire<&T::export_time>("ExportTime"),
      Wire<&T::client_token>("ClientToken").Pattern(R"(^[^\$]+$)"),
      Wire<&T::s3_bucket>("S3Bucket")
          .Required()
          .Length(protocol::kNoMinimum, 255)
          .Pattern(R"(^[a-z0-9A-Z]+[\.\-\w]*[a-z0-9A-Z]+$)"),
      Wire<&T::s3_bucket_owner>("S3BucketOwner").Pattern("[0-9]{12}"),
      Wire<&T::s3_prefix>("S3Prefix").Length(protocol::kNoMinimum, 1024),
      Wire<&T::s3_sse_algorithm>("S3SseAlgorithm").Values(kSseAlgorithms),
      Wire<&T::s3_sse_kms_key_id>("S3SseKmsKeyId").Length(1, 2048),
      Wire<&T::export_format>("ExportFormat").Values(kFormats),
      Wire<&T::export_type>("ExportType").Values(kTypes),
      Wire<&T::incremental_export_specification>("IncrementalExportSpecification"),
  };
  return kMembers;
}

protocol::Members ExportDescription::Describe() {
  using T = ExportDescription;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::export_arn>("ExportArn"),
      Wire<&T::export_status>("ExportStatus"),
      Wire<&T::start_time>("StartTime"),
      Wire<&T::end_time>("EndTime"),
      Wire<&T::export_manifest>("ExportManifest"),
      Wire<&T::table_arn>("TableArn"),
      Wire<&T::table_id>("TableId"),
      Wire<&T::export_time>("ExportTime"),
      Wire<&T::client_token>("ClientToken"),
      Wire<&T::s3_bucket>("S3Bucket"),
      Wire<&T::s3_bucket_owner>("S3BucketOwner"),
      Wire<&T::s3_prefix>("S3Prefix"),
      Wire<&T::s3_sse_algorithm>("S3SseAlgorithm"),
      Wire<&T::s3_sse_kms_key_id>("S3SseKmsKeyId"),
      Wire<&T::failure_code>("FailureCode"),
      Wire<&T::failure_message>("FailureMessage"),
      Wire<&T::export_format>("ExportFormat"),
      Wire<&T::billed_size_bytes>("BilledSizeBytes"),
      Wire<&T::item_count>("ItemCount"),
      Wire<&T::export_type>("ExportType"),
      Wire<&T::incremental_export_specification>("IncrementalExportSpecification"),
  };
  return kMembers;
}

protocol::Members ExportTableToPointInTimeResponse::Describe() {
  using T = ExportTableToPointInTimeResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::export_description>("ExportDescription"),
  };
  return kMembers;
}

protocol::Members DescribeExportRequest::Describe() {
  using T = DescribeExportRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::export_arn>("ExportArn").Required().Length(37, 1024),
  };
  return kMembers;
}

protocol::Members DescribeExportResponse::Describe() {
  using T = DescribeExportResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::export_description>("ExportDescription"),
  };
  return kMembers;
}

protocol::Members ListExportsRequest::Describe() {
  using T = ListExportsRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::table_arn>("TableArn").Length(1, 1024),
      Wire<&T::max_results>("MaxResults").Range(1, 25),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

protocol::Members ExportSummary::Describe() {
  using T = ExportSummary;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::export_arn>("ExportArn"),
      Wire<&T::export_status>("ExportStatus"),
      Wire<&T::export_type>("ExportType"),
  };
  return kMembers;
}

protocol::Members ListExportsResponse::Describe() {
  using T = ListExportsResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::export_summaries>("ExportSummaries").KeepEmpty(),
      Wire<&T::next_token>("NextToken"),
  };
  return kMembers;
}

runtime::Task<ExportTableToPointInTimeResponse> ExportTableToPointInTime(
    DynamoDbService& dynamodb, const protocol::RequestContext& context,
    ExportTableToPointInTimeRequest request) {
  const TablePtr table = RequireBackedUpTable(dynamodb, context, request.table_arn);
  RefuseNotBuilt(request);
  const std::int64_t now_ms = dynamodb.NowMs();
  if (!table->record.point_in_time_recovery) {
    throw AwsError(kPointInTimeRecoveryUnavailable,
                   "Point in time recovery is not enabled for table '" + table->name + "'");
  }
  ExportRecord record{.description = BeginningOf(request, *table, now_ms), .source = table->id};
  Transfer transfer{.kind = "export",
                    .account = table->account,
                    .region = table->region,
                    .table_name = table->name,
                    .label = NewBackupLabel(now_ms),
                    .token = request.client_token.value_or(""),
                    .at_ms = now_ms};
  protocol::EncodeJson(&request, ExportTableToPointInTimeRequest::Describe(), transfer.request);
  record.description.export_arn = transfer.Arn();
  const auto begin = [&] {
    Transfer begun = transfer;
    if (!begun.token.empty()) {
      const auto same = dynamodb.transfers().FindOfToken("export", begun.account, begun.region, begun.token,
                                                         now_ms - kClientTokenMs);
      if (same && same->request == begun.request) return *same;
      if (same) {
        throw AwsError(kExportConflict, "An export with the same client token and other parameters exists");
      }
    }
    const TablePtr current = dynamodb.tables().Current(table->id);
    if (current == nullptr) throw AwsError(kTableNotFound, "Table not found: " + table->name);
    Backup source{.account = table->account,
                  .region = table->region,
                  .table_name = table->name,
                  .label = begun.label,
                  .name = begun.label,
                  .type = std::string(kBackupOfExport),
                  .created_ms = now_ms,
                  .record = current->record};
    ExportRecord stored = record;
    stored.backup_id = dynamodb.backups().Add(source);
    dynamodb.copier().Begin(-stored.backup_id, table->id, TableCopier::As::kOf, StateOf(record.description));
    protocol::EncodeJson(&stored, ExportRecord::Describe(), begun.record);
    begun.id = dynamodb.transfers().Add(begun);
    return begun;
  };
  dynamodb.NoteWork();
  runtime::Task<Transfer> run = dynamodb.writer().Run(begin);
  const Transfer begun = co_await run;
  if (begun.label == transfer.label) {
    dynamodb.tables().Refresh(table->id);
    dynamodb.RunTransfer(begun);
  }
  ExportTableToPointInTimeResponse response;
  response.export_description = DescriptionOf(begun);
  co_return response;
}

runtime::Task<DescribeExportResponse> DescribeExport(DynamoDbService& dynamodb,
                                                     const protocol::RequestContext& context,
                                                     DescribeExportRequest request) {
  const auto transfer = dynamodb.transfers().Find("export", request.export_arn);
  if (const auto arn = protocol::ParseArn(request.export_arn)) {
    RequireAccess(context, {.arn = request.export_arn, .account = arn->account});
  }
  if (!transfer) throw ExportNotFound(request.export_arn);
  DescribeExportResponse response;
  response.export_description = DescriptionOf(*transfer);
  co_return response;
}

runtime::Task<ListExportsResponse> ListExports(DynamoDbService& dynamodb,
                                               const protocol::RequestContext& context,
                                               ListExportsRequest request) {
  TransferList list = ListTransfers(dynamodb, context,
                                    {.kind = "export",
                                     .list = "ListExports",
                                     .table_arn = request.table_arn,
                                     .max = request.max_results,
                                     .next_token = request.next_token});
  ListExportsResponse response;
  for (const Transfer& transfer : list.transfers) {
    ExportDescription about = DescriptionOf(transfer);
    response.export_summaries.push_back(
        {std::move(about.export_arn), std::move(about.export_status), std::move(about.export_type)});
  }
  response.next_token = std::move(list.next_token);
  co_return response;
}

}  // namespace cumulite::dynamodb
