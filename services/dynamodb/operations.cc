#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::string_view kNotBuilt[] = {
    "BatchExecuteStatement",
    "BatchGetItem",
    "BatchWriteItem",
    "CreateBackup",
    "CreateGlobalTable",
    "CreateTable",
    "DeleteBackup",
    "DeleteItem",
    "DeleteResourcePolicy",
    "DeleteTable",
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
    "DescribeTable",
    "DescribeTableReplicaAutoScaling",
    "DescribeTimeToLive",
    "DisableKinesisStreamingDestination",
    "EnableKinesisStreamingDestination",
    "ExecuteStatement",
    "ExecuteTransaction",
    "ExportTableToPointInTime",
    "GetItem",
    "GetResourcePolicy",
    "ImportTable",
    "ListBackups",
    "ListContributorInsights",
    "ListExports",
    "ListGlobalTables",
    "ListImports",
    "ListTables",
    "ListTagsOfResource",
    "PutItem",
    "PutResourcePolicy",
    "Query",
    "RestoreTableFromBackup",
    "RestoreTableToPointInTime",
    "Scan",
    "TagResource",
    "TransactGetItems",
    "TransactWriteItems",
    "UntagResource",
    "UpdateContinuousBackups",
    "UpdateContributorInsights",
    "UpdateGlobalTable",
    "UpdateGlobalTableSettings",
    "UpdateItem",
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
    .operations = {},
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
