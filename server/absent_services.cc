#include "server/absent_services.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <utility>

#include "protocol/json_writer.h"
#include "protocol/rpc.h"

namespace cumulite::server {
namespace {
using Pair = std::pair<std::string_view, std::string_view>;

/// X-Amz-Target prefixes and credential scopes that are not what people call the service.
constexpr std::array kNames{
    Pair{"AWSCognitoIdentityProviderService", "cognito-idp"},
    Pair{"AWSCognitoIdentityService", "cognito-identity"},
    Pair{"AWSEvents", "events"},
    Pair{"AWSGlue", "glue"},
    Pair{"AWSOrganizationsV20161128", "organizations"},
    Pair{"AWSStepFunctions", "stepfunctions"},
    Pair{"AmazonAthena", "athena"},
    Pair{"AmazonEC2ContainerRegistry_V20150921", "ecr"},
    Pair{"AmazonEC2ContainerServiceV20141113", "ecs"},
    Pair{"AmazonSSM", "ssm"},
    Pair{"AnyScaleFrontendService", "application-autoscaling"},
    Pair{"CertificateManager", "acm"},
    Pair{"CloudTrail_20131101", "cloudtrail"},
    Pair{"CodeBuild_20161006", "codebuild"},
    Pair{"CodePipeline_20150709", "codepipeline"},
    Pair{"DynamoDBStreams_20120810", "dynamodb"},
    Pair{"DynamoDB_20120810", "dynamodb"},
    Pair{"Firehose_20150804", "firehose"},
    Pair{"GraniteServiceVersion20100801", "cloudwatch"},
    Pair{"KinesisAnalytics_20180523", "kinesisanalytics"},
    Pair{"Kinesis_20131202", "kinesis"},
    Pair{"Logs_20140328", "logs"},
    Pair{"ResourceGroupsTaggingAPI_20170126", "resourcegroupstaggingapi"},
    Pair{"Route53Resolver", "route53resolver"},
    Pair{"SageMaker", "sagemaker"},
    Pair{"ServiceDiscovery_AutoNaming_v20170314", "servicediscovery"},
    Pair{"StarlingDoveService", "config"},
    Pair{"Transcribe", "transcribe"},
    Pair{"TrentService", "kms"},
    Pair{"elasticloadbalancing", "elb"},
    Pair{"email", "ses"},
    Pair{"execute-api", "apigateway"},
    Pair{"monitoring", "cloudwatch"},
    Pair{"states", "stepfunctions"},
    Pair{"tagging", "resourcegroupstaggingapi"},
};

constexpr std::array kQueryVersions{
    Pair{"2009-05-15", "simpledb"},    Pair{"2010-03-31", "sns"},
    Pair{"2010-05-08", "iam"},         Pair{"2010-05-15", "cloudformation"},
    Pair{"2010-08-01", "cloudwatch"},  Pair{"2010-12-01", "ses"},
    Pair{"2011-01-01", "autoscaling"}, Pair{"2011-06-15", "sts"},
    Pair{"2012-06-01", "elb"},         Pair{"2012-12-01", "redshift"},
    Pair{"2014-10-31", "rds"},         Pair{"2015-02-02", "elasticache"},
    Pair{"2015-12-01", "elb"},         Pair{"2016-11-15", "ec2"},
};

/// First labels of hosts under which a client may look for a service that we know, or may come to know.
constexpr std::array<std::string_view, 3> kHosts{"sns", "dynamodb", "elasticloadbalancing"};

/// Services whose clients read REST-JSON errors: {"message": ...} and x-amzn-ErrorType.
constexpr std::array<std::string_view, 20> kRestJson{
    "apigateway",        "appconfig", "appsync", "backup",    "batch", "bedrock", "eks",
    "elasticfilesystem", "es",        "glacier", "iot",       "kafka", "lambda",  "mq",
    "opensearch",        "pipes",     "ram",     "scheduler", "sesv2", "xray"};

template <std::size_t N>
std::string_view Lookup(const std::array<Pair, N>& table, std::string_view key) {
  for (const auto& [from, to] : table) {
    if (from == key) return to;
  }
  return {};
}

/// A service name comes from the client: only what a real one may hold goes into an answer.
std::string Printable(std::string_view name) {
  std::string text;
  for (const char c : name.substr(0, 64)) {
    text += std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' ? c : '?';
  }
  return text;
}

bool SpeaksRestJson(const protocol::Exchange& exchange) {
  const protocol::HttpRequest& request = exchange.request;
  if (request.Find("X-Amz-Target")) return false;
  return std::ranges::find(kRestJson, exchange.route.service) != kRestJson.end() ||
         request.Header("Content-Type").starts_with("application/json");
}

void RenderRestJson(const protocol::AwsError& error, protocol::Exchange& exchange) {
  protocol::HttpResponse& response = exchange.response;
  response.status = error.kind().status;
  response.AddHeader("Content-Type", "application/json");
  response.AddHeader("x-amzn-RequestId", exchange.context.request_id);
  response.AddHeader("x-amzn-ErrorType", error.kind().code);
  protocol::JsonWriter json(response.body);
  json.OpenObject();
  json.Key("message");
  json.String(error.message());
  json.CloseObject();
  exchange.error_code = error.kind().code;
  exchange.error_message = error.message();
}

}  // namespace

std::string_view AbsentServiceName(std::string_view target_or_scope) {
  const std::string_view name = Lookup(kNames, target_or_scope);
  return name.empty() ? target_or_scope : name;
}

std::string_view AbsentQueryService(std::string_view version) { return Lookup(kQueryVersions, version); }

std::string_view AbsentHostService(std::string_view host) {
  for (const std::string_view name : kHosts) {
    if (host.size() > name.size() && host.starts_with(name) && host[name.size()] == '.') {
      return AbsentServiceName(name);
    }
  }
  return {};
}

protocol::AwsError NotPartOfThisServer(const protocol::Exchange& exchange) {
  return protocol::AwsError(protocol::kNotImplemented, "The service " + Printable(exchange.route.service) +
                                                           " is not part of this server.");
}

void RenderAbsentServiceError(const protocol::AwsError& error, protocol::Exchange& exchange) {
  exchange.response = {};
  if (SpeaksRestJson(exchange)) return RenderRestJson(error, exchange);
  const bool newer = exchange.request.Header("Content-Type").starts_with("application/x-amz-json-1.1");
  const protocol::RpcModel any{.service = {},
                               .json_target = "*",
                               .json_version = newer ? "1.1" : "1.0",
                               .json_namespace = "com.amazon.coral.service",
                               .query_version = "*",
                               .xml_namespace = "http://webservices.amazon.com/AWSFault/2005-15-09",
                               .operations = {},
                               .not_built = {},
                               .body_limit = 0};
  protocol::RenderRpcError(any, error, exchange);
}

}  // namespace cumulite::server
