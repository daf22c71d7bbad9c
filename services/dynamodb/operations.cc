#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/operations/batch_get_item.h"
#include "services/dynamodb/operations/batch_write_item.h"
#include "services/dynamodb/operations/create_table.h"
#include "services/dynamodb/operations/delete_item.h"
#include "services/dynamodb/operations/delete_table.h"
#include "services/dynamodb/operations/describe_table.h"
#include "services/dynamodb/operations/get_item.h"
#include "services/dynamodb/operations/list_tables.h"
#include "services/dynamodb/operations/put_item.h"
#include "services/dynamodb/operations/query.h"
#include "services/dynamodb/operations/scan.h"
#include "services/dynamodb/operations/transact_get_items.h"
#include "services/dynamodb/operations/transact_write_items.h"
#include "services/dynamodb/operations/update_item.h"

namespace cumulite::dynamodb {
namespace {
using protocol::Operation;

constexpr Operation kOperations[] = {
    Operation::Of<&TransactWriteItems>("TransactWriteItems"),
    Operation::Of<&TransactGetItems>("TransactGetItems"),
    Operation::Of<&BatchWriteItem>("BatchWriteItem"),
    Operation::Of<&BatchGetItem>("BatchGetItem"),
    Operation::Of<&CreateTable>("CreateTable"),
    Operation::Of<&DeleteItem>("DeleteItem"),
    Operation::Of<&DeleteTable>("DeleteTable"),
    Operation::Of<&DescribeTable>("DescribeTable"),
    Operation::Of<&GetItem>("GetItem"),
    Operation::Of<&ListTables>("ListTables"),
    Operation::Of<&PutItem>("PutItem"),
    Operation::Of<&Query>("Query"),
    Operation::Of<&Scan>("Scan"),
    Operation::Of<&UpdateItem>("UpdateItem"),
};

constexpr std::string_view kNotBuilt[] = {
    "BatchExecuteStatement",
    "CreateBackup",
    "CreateGlobalTable",
    "DeleteBackup",
    "DeleteResourcePolicy",
    "DescribeBackup",
    "DescribeContinuousBackups",
    "DescribeContributorInsights",
    "DescribeEndpoints",
    "DescribeExport",
    "DescribeGlobalTable",
    "DescribeGlobalTableSettings",
    "DescribeImport",
    "DescribeKinesisStreamingDestination",
    "DescribeLimits",
    "DescribeTableReplicaAutoScaling",
    "DescribeTimeToLive",
    "DisableKinesisStreamingDestination",
    "EnableKinesisStreamingDestination",
    "ExecuteStatement",
    "ExecuteTransaction",
    "ExportTableToPointInTime",
    "GetResourcePolicy",
    "ImportTable",
    "ListBackups",
    "ListContributorInsights",
    "ListExports",
    "ListGlobalTables",
    "ListImports",
    "ListTagsOfResource",
    "PutResourcePolicy",
    "RestoreTableFromBackup",
    "RestoreTableToPointInTime",
    "TagResource",
    "UntagResource",
    "UpdateContinuousBackups",
    "UpdateContributorInsights",
    "UpdateGlobalTable",
    "UpdateGlobalTableSettings",
    "UpdateKinesisStreamingDestination",
    "UpdateTable",
    "UpdateTableReplicaAutoScaling",
    "UpdateTimeToLive",
};

constexpr std::string_view kStreamsNotBuilt[] = {
    "DescribeStream",
    "GetRecords",
    "GetShardIterator",
    "ListStreams",
};

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
};

extern constexpr protocol::RpcModel kStreamsModel{
    .service = "dynamodb",
    .json_target = "DynamoDBStreams_20120810",
    .json_version = "1.0",
    .json_namespace = "com.amazonaws.dynamodb.v20120810",
    .query_version = {},
    .xml_namespace = {},
    .operations = {},
    .not_built = kStreamsNotBuilt,
    .body_limit = kBodyLimit,
    .explain = &Explain,
};

}  // namespace cumulite::dynamodb
