#include "protocol/managed_policies.h"

#include <algorithm>

#include "protocol/arn.h"

namespace cumulite::protocol {
namespace {

struct Row {
  std::string_view name;
  std::string_view document;
};

constexpr Row kRows[] = {
    {"AdministratorAccess", R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}})"},
    {"AmazonDynamoDBFullAccess", R"({"Statement":{"Effect":"Allow","Action":"dynamodb:*","Resource":"*"}})"},
    {"AmazonDynamoDBReadOnlyAccess",
     R"({"Statement":{"Effect":"Allow","Action":["dynamodb:BatchGetItem","dynamodb:Describe*","dynamodb:List*",)"
     R"("dynamodb:GetItem","dynamodb:GetResourcePolicy","dynamodb:Query","dynamodb:Scan",)"
     R"("dynamodb:PartiQLSelect"],"Resource":"*"}})"},
    {"AmazonS3FullAccess", R"({"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}})"},
    {"AmazonS3ReadOnlyAccess",
     R"({"Statement":{"Effect":"Allow","Action":["s3:Get*","s3:List*","s3:Describe*"],"Resource":"*"}})"},
    {"AmazonSNSFullAccess", R"({"Statement":{"Effect":"Allow","Action":"sns:*","Resource":"*"}})"},
    {"AmazonSNSReadOnlyAccess",
     R"({"Statement":{"Effect":"Allow","Action":["sns:GetTopicAttributes","sns:List*",)"
     R"("sns:CheckIfPhoneNumberIsOptedOut","sns:GetEndpointAttributes","sns:GetDataProtectionPolicy",)"
     R"("sns:GetPlatformApplicationAttributes","sns:GetSMSAttributes","sns:GetSMSSandboxAccountStatus",)"
     R"("sns:GetSubscriptionAttributes"],"Resource":"*"}})"},
    {"AmazonSQSFullAccess", R"({"Statement":{"Effect":"Allow","Action":"sqs:*","Resource":"*"}})"},
    {"AmazonSQSReadOnlyAccess",
     R"({"Statement":{"Effect":"Allow","Action":["sqs:GetQueueAttributes","sqs:GetQueueUrl",)"
     R"("sqs:ListDeadLetterSourceQueues","sqs:ListQueues","sqs:ListMessageMoveTasks","sqs:ListQueueTags"],)"
     R"("Resource":"*"}})"},
    {"ElasticLoadBalancingFullAccess",
     R"({"Statement":{"Effect":"Allow","Action":["elasticloadbalancing:*","ec2:Describe*"],"Resource":"*"}})"},
    {"PowerUserAccess",
     R"({"Statement":{"Effect":"Allow","NotAction":["iam:*","organizations:*","account:*"],"Resource":"*"}})"},
    {"ReadOnlyAccess",
     R"({"Statement":{"Effect":"Allow","Action":["acm:Describe*","acm:Get*","acm:List*","dynamodb:BatchGet*",)"
     R"("dynamodb:Describe*","dynamodb:Get*","dynamodb:List*","dynamodb:PartiQLSelect","dynamodb:Query",)"
     R"("dynamodb:Scan","ec2:Describe*","ec2:Get*","elasticloadbalancing:Describe*","iam:Get*","iam:List*",)"
     R"("s3:Describe*","s3:Get*","s3:List*","sns:Check*","sns:Get*","sns:List*","sqs:Get*","sqs:List*",)"
     R"("sqs:Receive*","sts:GetAccessKeyInfo","sts:GetCallerIdentity","sts:GetSessionToken"],"Resource":"*"}})"},
};

}  // namespace

std::string_view ManagedPolicy(std::string_view text) {
  const auto arn = ParseArn(text);
  if (!arn || arn->service != "iam" || arn->account != "aws" || !arn->resource.starts_with("policy/"))
    return {};
  const std::string_view name = arn->resource.substr(std::string_view("policy/").size());
  const Row* const found = std::ranges::find(kRows, name, &Row::name);
  return found == std::end(kRows) ? std::string_view() : found->document;
}

}  // namespace cumulite::protocol
