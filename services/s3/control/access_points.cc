#include <algorithm>

#include "base/ids.h"
#include "protocol/xml_codec.h"
#include "protocol/xml_decode.h"
#include "services/s3/access.h"
#include "services/s3/bucket_policy.h"
#include "services/s3/control/control_call.h"
#include "services/s3/control/control_store.h"
#include "services/s3/documents/control.h"
#include "services/s3/listing.h"
#include "services/s3/public_policy.h"

// Source: S3 Control API Reference "CreateAccessPoint" and so on; S3 User Guide "Managing data access with
// access points".
namespace cumulite::s3 {
namespace {

using namespace documents;

constexpr std::size_t kMaxDocumentBytes = 64 * 1024;
constexpr std::int32_t kPageSize = 1000;

bool IsAccessPointName(std::string_view name) {
  const auto plain = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
  return name.size() >= 3 && name.size() <= 50 && std::all_of(name.begin(), name.end(), plain) &&
         name.front() != '-' && name.back() != '-' && !name.starts_with("xn--") &&
         !name.ends_with("-s3alias");
}

AccessPointPtr Require(const ControlCall& control) {
  const AccessPointPtr point =
      control.call.s3.control().Find(control.account(), control.region(), control.path.at(1));
  if (point) return point;
  throw AwsError(kNoSuchAccessPoint, "The specified accesspoint does not exist")
      .With("AccessPointName", control.path.at(1));
}

template <class T>
std::string Encode(const T& document) {
  std::string text;
  protocol::XmlWriter xml(text, protocol::XmlTimes::kMilliseconds);
  protocol::EncodeXml(&document, T::Describe(), xml);
  return text;
}

std::string Element(std::string_view name, std::string_view text) {
  std::string element;
  protocol::XmlWriter xml(element);
  xml.Element(name, text);
  return element;
}

PublicAccessBlockConfiguration Complete(PublicAccessBlockConfiguration block, bool otherwise) {
  for (std::optional<bool>* member : {&block.block_public_acls, &block.ignore_public_acls,
                                      &block.block_public_policy, &block.restrict_public_buckets}) {
    *member = member->value_or(otherwise);
  }
  return block;
}

AccessPoint Make(const ControlCall& control, CreateAccessPointRequest request, const Bucket& bucket) {
  const std::string& name = control.path.at(1);
  // The random part keeps the alias unique and within the 63 characters of a bucket's name.
  const std::string alias = name.substr(0, 20) + "-" + base::RandomHex(34 - 2) + "-s3alias";
  const bool said = request.public_access_block_configuration.has_value();
  GetAccessPointResult shown{
      .name = name,
      .bucket = bucket.name,
      .network_origin = request.vpc_configuration ? "VPC" : "Internet",
      .vpc_configuration = std::move(request.vpc_configuration),
      .public_access_block_configuration = Complete(
          request.public_access_block_configuration.value_or(PublicAccessBlockConfiguration{}), !said),
      .creation_date = {control.call.Now().time_since_epoch().count()},
      .alias = alias,
      .bucket_account_id = bucket.account};
  return {.account = control.account(),
          .region = control.region(),
          .name = name,
          .alias = alias,
          .bucket = bucket.name,
          .document = Encode(shown),
          .policy_text = {},
          .policy = {}};
}

}  // namespace

runtime::Task<void> CreateAccessPoint(ControlCall& control) {
  if (!IsAccessPointName(control.path.at(1))) {
    throw AwsError(kInvalidRequest, "Invalid access point name").With("AccessPointName", control.path.at(1));
  }
  const std::string sent = co_await ReadDocument(control.call, kMaxDocumentBytes);
  CreateAccessPointRequest request;
  if (!protocol::DecodeXml(sent, "CreateAccessPointRequest", &request,
                           CreateAccessPointRequest::Describe())) {
    throw MalformedXml();
  }
  const BucketPtr bucket = control.call.s3.buckets().Find(request.bucket);
  if (!bucket) throw NoSuchBucket(request.bucket);
  if (bucket->account != control.account()) throw AccessDenied();
  if (bucket->region != control.region()) {
    throw AwsError(kInvalidRequest, "The bucket is in another region than the access point");
  }
  const AccessPoint point = Make(control, std::move(request), *bucket);
  runtime::Task<bool> creating = control.call.s3.control().Create(point);
  if (!co_await creating) {
    throw AwsError(kAccessPointAlreadyOwnedByYou,
                   "Your previous request to create the named accesspoint succeeded and you already own it.")
        .With("AccessPointName", point.name);
  }
  AnswerControl(control.call, "CreateAccessPointResult",
                Element("AccessPointArn", point.Arn()) + Element("Alias", point.alias));
}

runtime::Task<void> GetAccessPoint(ControlCall& control) {
  const AccessPointPtr point = Require(control);
  AnswerControl(control.call, "GetAccessPointResult",
                point->document + Element("AccessPointArn", point->Arn()));
  co_return;
}

runtime::Task<void> ListAccessPoints(ControlCall& control) {
  const Call& call = control.call;
  const std::int32_t max = call.QueryInt("maxResults", 1, kPageSize, kPageSize);
  std::string from;
  if (const auto token = call.Query("nextToken"); token && !token->empty()) {
    std::optional<std::string> decoded = DecodeToken(*token);
    if (!decoded) throw AwsError(kInvalidRequest, "The next token is not valid");
    from = *std::move(decoded);
  }
  const auto points =
      call.s3.control().List(control.account(), control.region(), call.Query("bucket").value_or(""), from);
  std::string inside = "<AccessPointList>";
  std::string next;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i == static_cast<std::size_t>(max)) {
      next = points[i]->name;
      break;
    }
    // Of what GetAccessPoint shows, a list leaves out when each was made.
    std::string shown = points[i]->document;
    constexpr std::string_view kEnd = "</CreationDate>";
    const std::size_t start = shown.find("<CreationDate>");
    shown.erase(start, shown.find(kEnd) + kEnd.size() - start);
    const std::size_t block = shown.find("<PublicAccessBlockConfiguration>");
    constexpr std::string_view kBlockEnd = "</PublicAccessBlockConfiguration>";
    shown.erase(block, shown.find(kBlockEnd) + kBlockEnd.size() - block);
    inside += "<AccessPoint>" + shown + Element("AccessPointArn", points[i]->Arn()) + "</AccessPoint>";
  }
  inside += "</AccessPointList>";
  if (!next.empty()) inside += Element("NextToken", EncodeToken(next));
  AnswerControl(control.call, "ListAccessPointsResult", inside);
  co_return;
}

runtime::Task<void> DeleteAccessPoint(ControlCall& control) {
  const AccessPointPtr point = Require(control);
  runtime::Task<bool> deleting = control.call.s3.control().Delete(*point);
  co_await deleting;
  control.call.response().status = 204;
}

runtime::Task<void> GetAccessPointPolicy(ControlCall& control) {
  const AccessPointPtr point = Require(control);
  if (point->policy_text.empty()) {
    throw AwsError(kNoSuchAccessPointPolicy, "The specified accesspoint policy does not exist")
        .With("AccessPointName", point->name);
  }
  AnswerControl(control.call, "GetAccessPointPolicyResult", Element("Policy", point->policy_text));
  co_return;
}

runtime::Task<void> PutAccessPointPolicy(ControlCall& control) {
  const AccessPointPtr point = Require(control);
  const std::string sent = co_await ReadDocument(control.call, kMaxDocumentBytes);
  PutAccessPointPolicyRequest request;
  if (!protocol::DecodeXml(sent, "PutAccessPointPolicyRequest", &request,
                           PutAccessPointPolicyRequest::Describe())) {
    throw MalformedXml();
  }
  ReadPolicy(request.policy, point->Arn());
  runtime::Task<bool> putting = control.call.s3.control().PutPolicy(*point, request.policy);
  co_await putting;
}

runtime::Task<void> DeleteAccessPointPolicy(ControlCall& control) {
  const AccessPointPtr point = Require(control);
  const std::string none;
  runtime::Task<bool> putting = control.call.s3.control().PutPolicy(*point, none);
  co_await putting;
  control.call.response().status = 204;
}

runtime::Task<void> GetAccessPointPolicyStatus(ControlCall& control) {
  const AccessPointPtr point = Require(control);
  if (!point->policy) {
    throw AwsError(kNoSuchAccessPointPolicy, "The specified accesspoint policy does not exist")
        .With("AccessPointName", point->name);
  }
  AnswerControl(control.call, "GetAccessPointPolicyStatusResult",
                std::string("<PolicyStatus><IsPublic>") + (IsPublic(*point->policy) ? "true" : "false") +
                    "</IsPublic></PolicyStatus>");
  co_return;
}

}  // namespace cumulite::s3
