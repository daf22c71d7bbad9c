#include "services/elb/operations/listener_certificates.h"

#include <algorithm>

#include "protocol/arn.h"
#include "services/elb/access.h"
#include "services/elb/certificates.h"
#include "services/elb/elb_service.h"
#include "services/elb/lookup.h"
#include "services/elb/page.h"
#include "services/elb/quotas.h"

namespace cumulite::elb {
using protocol::Wire;

protocol::Members AddListenerCertificatesRequest::Describe() {
  using T = AddListenerCertificatesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::listener_arn>("ListenerArn").Required(),
      Wire<&T::certificates>("Certificates").Required(),
  };
  return kMembers;
}

protocol::Members AddListenerCertificatesResponse::Describe() {
  using T = AddListenerCertificatesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificates>("Certificates").KeepEmpty(),
  };
  return kMembers;
}

protocol::Members RemoveListenerCertificatesRequest::Describe() {
  using T = RemoveListenerCertificatesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::listener_arn>("ListenerArn").Required(),
      Wire<&T::certificates>("Certificates").Required(),
  };
  return kMembers;
}

protocol::Members DescribeListenerCertificatesRequest::Describe() {
  using T = DescribeListenerCertificatesRequest;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::listener_arn>("ListenerArn").Required(),
      Wire<&T::marker>("Marker"),
      Wire<&T::page_size>("PageSize").Range(1, 400),
  };
  return kMembers;
}

protocol::Members DescribeListenerCertificatesResponse::Describe() {
  using T = DescribeListenerCertificatesResponse;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::certificates>("Certificates").KeepEmpty(),
      Wire<&T::next_marker>("NextMarker"),
  };
  return kMembers;
}

namespace {

std::vector<std::string> CheckedArnsOf(const std::vector<Certificate>& certificates) {
  if (certificates.empty()) throw Invalid("A certificate must be specified");
  std::vector<std::string> arns;
  for (const Certificate& certificate : certificates) {
    const std::string arn = certificate.certificate_arn.value_or("");
    if (certificate.is_default) throw Invalid("IsDefault cannot be specified");
    const auto parsed = protocol::ParseArn(arn);
    if (!parsed || (parsed->service != "acm" && parsed->service != "iam")) {
      throw AwsError(kCertificateNotFound, "Certificate '" + arn + "' not found");
    }
    arns.push_back(arn);
  }
  return arns;
}

void RequireSecure(const ListenerRecord& listener) {
  if (listener.shown.certificates.empty()) {
    throw AwsError(kUnsupportedProtocol, "Certificates are supported only for HTTPS and TLS listeners");
  }
}

}  // namespace

runtime::Task<AddListenerCertificatesResponse> AddListenerCertificates(
    ElbService& elb, const protocol::RequestContext& context, AddListenerCertificatesRequest request) {
  RequireAllowed(context, request.listener_arn);
  const std::vector<std::string> arns = CheckedArnsOf(request.certificates);
  runtime::Task<void> learning = LearnCertificates(elb.certificates(), arns, elb.settings().check_network);
  co_await learning;
  const auto add = [&] {
    auto record = Open<ListenerRecord>(elb.store().current(), request.listener_arn, context);
    RequireSecure(record);
    for (const std::string& arn : arns) {
      if (std::ranges::find(record.more_certificates, arn) == record.more_certificates.end()) {
        record.more_certificates.push_back(arn);
      }
    }
    if (record.more_certificates.size() > kMaxCertificates) {
      throw AwsError(
          kTooManyCertificates,
          "The maximum number of certificates has been reached on listener '" + request.listener_arn + "'");
    }
    elb.store().Save(record);
  };
  co_await elb.Change(add);
  AddListenerCertificatesResponse response;
  for (const std::string& arn : arns) response.certificates.push_back({arn, false});
  co_return response;
}

runtime::Task<RemoveListenerCertificatesResponse> RemoveListenerCertificates(
    ElbService& elb, const protocol::RequestContext& context, RemoveListenerCertificatesRequest request) {
  RequireAllowed(context, request.listener_arn);
  const std::vector<std::string> arns = CheckedArnsOf(request.certificates);
  const auto remove = [&] {
    auto record = Open<ListenerRecord>(elb.store().current(), request.listener_arn, context);
    RequireSecure(record);
    for (const std::string& arn : arns) {
      const bool added = std::erase(record.more_certificates, arn) > 0;
      if (!added && record.shown.certificates[0].certificate_arn == arn) {
        throw AwsError(kOperationNotPermitted, "Default certificate '" + arn + "' cannot be removed");
      }
    }
    elb.store().Save(record);
  };
  co_await elb.Change(remove);
  co_return RemoveListenerCertificatesResponse{};
}

runtime::Task<DescribeListenerCertificatesResponse> DescribeListenerCertificates(
    ElbService& elb, const protocol::RequestContext& context, DescribeListenerCertificatesRequest request) {
  RequireAllowed(context, "*");
  const auto record = Open<ListenerRecord>(elb.committed(), request.listener_arn, context);
  DescribeListenerCertificatesResponse response;
  for (const Certificate& certificate : record.shown.certificates) {
    response.certificates.push_back({certificate.certificate_arn, true});
  }
  for (const std::string& arn : record.more_certificates) response.certificates.push_back({arn, false});
  response.next_marker =
      CutPage(response.certificates, request.marker, request.page_size,
              [](const Certificate& c) { return *c.certificate_arn + (*c.is_default ? "#default" : ""); });
  co_return response;
}

}  // namespace cumulite::elb
