#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/operations/backups.h"
#include "services/dynamodb/operations/batch_execute_statement.h"
#include "services/dynamodb/operations/batch_get_item.h"
#include "services/dynamodb/operations/batch_write_item.h"
#include "services/dynamodb/operations/contributor_insights.h"
#include "services/dynamodb/operations/create_table.h"
#include "services/dynamodb/operations/delete_item.h"
#include "services/dynamodb/operations/delete_table.h"
#include "services/dynamodb/operations/describe_continuous_backups.h"
#include "services/dynamodb/operations/describe_endpoints.h"
#include "services/dynamodb/operations/describe_kinesis_streaming_destination.h"
#include "services/dynamodb/operations/describe_limits.h"
#include "services/dynamodb/operations/describe_table.h"
#include "services/dynamodb/operations/describe_table_replica_auto_scaling.h"
#include "services/dynamodb/operations/describe_time_to_live.h"
#include "services/dynamodb/operations/execute_statement.h"
#include "services/dynamodb/operations/execute_transaction.h"
#include "services/dynamodb/operations/exports.h"
#include "services/dynamodb/operations/get_item.h"
#include "services/dynamodb/operations/global_tables.h"
#include "services/dynamodb/operations/imports.h"
#include "services/dynamodb/operations/kinesis_streaming_destination.h"
#include "services/dynamodb/operations/list_tables.h"
#include "services/dynamodb/operations/list_tags_of_resource.h"
#include "services/dynamodb/operations/put_item.h"
#include "services/dynamodb/operations/query.h"
#include "services/dynamodb/operations/resource_policies.h"
#include "services/dynamodb/operations/restore_table.h"
#include "services/dynamodb/operations/scan.h"
#include "services/dynamodb/operations/streams.h"
#include "services/dynamodb/operations/tag_resource.h"
#include "services/dynamodb/operations/transact_get_items.h"
#include "services/dynamodb/operations/transact_write_items.h"
#include "services/dynamodb/operations/untag_resource.h"
#include "services/dynamodb/operations/update_continuous_backups.h"
#include "services/dynamodb/operations/update_item.h"
#include "services/dynamodb/operations/update_table.h"
#include "services/dynamodb/operations/update_time_to_live.h"

namespace cumulite::dynamodb {
namespace {
using protocol::Operation;

constexpr Operation kOperations[] = {
    Operation::Of<&BatchExecuteStatement>("BatchExecuteStatement"),
    Operation::Of<&BatchGetItem>("BatchGetItem"),
    Operation::Of<&BatchWriteItem>("BatchWriteItem"),
    Operation::Of<&CreateBackup>("CreateBackup"),
    Operation::Of<&CreateTable>("CreateTable"),
    Operation::Of<&DeleteBackup>("DeleteBackup"),
    Operation::Of<&DeleteItem>("DeleteItem"),
    Operation::Of<&DeleteResourcePolicy>("DeleteResourcePolicy"),
    Operation::Of<&DeleteTable>("DeleteTable"),
    Operation::Of<&DescribeBackup>("DescribeBackup"),
    Operation::Of<&DescribeContinuousBackups>("DescribeContinuousBackups"),
    Operation::Of<&DescribeContributorInsights>("DescribeContributorInsights"),
    Operation::Of<&DescribeEndpoints>("DescribeEndpoints"),
    Operation::Of<&DescribeExport>("DescribeExport"),
    Operation::Of<&DescribeGlobalTable>("DescribeGlobalTable"),
    Operation::Of<&DescribeGlobalTableSettings>("DescribeGlobalTableSettings"),
    Operation::Of<&DescribeImport>("DescribeImport"),
    Operation::Of<&DescribeKinesisStreamingDestination>("DescribeKinesisStreamingDestination"),
    Operation::Of<&DescribeLimits>("DescribeLimits"),
    Operation::Of<&DescribeTable>("DescribeTable"),
    Operation::Of<&DescribeTableReplicaAutoScaling>("DescribeTableReplicaAutoScaling"),
    Operation::Of<&DescribeTimeToLive>("DescribeTimeToLive"),
    Operation::Of<&DisableKinesisStreamingDestination>("DisableKinesisStreamingDestination"),
    Operation::Of<&EnableKinesisStreamingDestination>("EnableKinesisStreamingDestination"),
    Operation::Of<&ExecuteStatement>("ExecuteStatement"),
    Operation::Of<&ExecuteTransaction>("ExecuteTransaction"),
    Operation::Of<&ExportTableToPointInTime>("ExportTableToPointInTime"),
    Operation::Of<&GetItem>("GetItem"),
    Operation::Of<&GetResourcePolicy>("GetResourcePolicy"),
    Operation::Of<&ImportTable>("ImportTable"),
    Operation::Of<&ListBackups>("ListBackups"),
    Operation::Of<&ListContributorInsights>("ListContributorInsights"),
    Operation::Of<&ListExports>("ListExports"),
    Operation::Of<&ListGlobalTables>("ListGlobalTables"),
    Operation::Of<&ListImports>("ListImports"),
    Operation::Of<&ListTables>("ListTables"),
    Operation::Of<&ListTagsOfResource>("ListTagsOfResource"),
    Operation::Of<&PutItem>("PutItem"),
    Operation::Of<&PutResourcePolicy>("PutResourcePolicy"),
    Operation::Of<&Query>("Query"),
    Operation::Of<&RestoreTableFromBackup>("RestoreTableFromBackup"),
    Operation::Of<&RestoreTableToPointInTime>("RestoreTableToPointInTime"),
    Operation::Of<&Scan>("Scan"),
    Operation::Of<&TagResource>("TagResource"),
    Operation::Of<&TransactGetItems>("TransactGetItems"),
    Operation::Of<&TransactWriteItems>("TransactWriteItems"),
    Operation::Of<&UntagResource>("UntagResource"),
    Operation::Of<&UpdateContinuousBackups>("UpdateContinuousBackups"),
    Operation::Of<&UpdateContributorInsights>("UpdateContributorInsights"),
    Operation::Of<&UpdateGlobalTable>("UpdateGlobalTable"),
    Operation::Of<&UpdateGlobalTableSettings>("UpdateGlobalTableSettings"),
    Operation::Of<&UpdateItem>("UpdateItem"),
    Operation::Of<&UpdateKinesisStreamingDestination>("UpdateKinesisStreamingDestination"),
    Operation::Of<&UpdateTable>("UpdateTable"),
    Operation::Of<&UpdateTableReplicaAutoScaling>("UpdateTableReplicaAutoScaling"),
    Operation::Of<&UpdateTimeToLive>("UpdateTimeToLive"),
};

constexpr std::string_view kNotBuilt[] = {
    "CreateGlobalTable",
};

constexpr Operation kStreamsOperations[] = {
    Operation::Of<&DescribeStream>("DescribeStream"),
    Operation::Of<&GetRecords>("GetRecords"),
    Operation::Of<&GetShardIterator>("GetShardIterator"),
    Operation::Of<&ListStreams>("ListStreams"),
};

constexpr std::size_t kPackedFrom = 4096;
constexpr std::size_t kBodyLimit = 16U << 20U;  // AWS answers 413 beyond it

}  // namespace

extern constexpr protocol::RpcModel kModel{
    .service = "dynamodb",
    .json_target = "DynamoDB_20120810",
    .json_version = "1.0",
    .json_namespace = "com.amazonaws.dynamodb.v20120810",
    .query_version = {},
    .xml_namespace = {},
    .operations = kOperations,
    .not_built = kNotBuilt,
    .body_limit = kBodyLimit,
    .explain = &Explain,
    .omit_empty_body = true,
    .says_healthy = true,
    .server = "Server",
    .crc32 = true,
    .pack_from = kPackedFrom,
};

extern constexpr protocol::RpcModel kStreamsModel{
    .service = "dynamodb",
    .json_target = "DynamoDBStreams_20120810",
    .json_version = "1.0",
    .json_namespace = "com.amazonaws.dynamodb.v20120810",
    .query_version = {},
    .xml_namespace = {},
    .operations = kStreamsOperations,
    .not_built = {},
    .body_limit = kBodyLimit,
    .explain = &Explain,
    .omit_empty_body = true,
    .says_healthy = true,
    .server = "Server",
    .crc32 = true,
    .pack_from = kPackedFrom,
};

}  // namespace cumulite::dynamodb
