#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "protocol/operation.h"
#include "services/elb/shapes.h"

namespace cumulite::elb {
class ElbService;

struct AddListenerCertificatesRequest {
  std::string listener_arn;
  std::vector<Certificate> certificates;
  static protocol::Members Describe();
};

struct AddListenerCertificatesResponse {
  std::vector<Certificate> certificates;
  static protocol::Members Describe();
};

/// Adds certificates that a secure listener offers to clients that name their host.
///
/// Errors: ListenerNotFound, TooManyCertificates, CertificateNotFound.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "AddListenerCertificates".
runtime::Task<AddListenerCertificatesResponse> AddListenerCertificates(
    ElbService& elb, const protocol::RequestContext& context, AddListenerCertificatesRequest request);

struct RemoveListenerCertificatesRequest {
  std::string listener_arn;
  std::vector<Certificate> certificates;
  static protocol::Members Describe();
};

struct RemoveListenerCertificatesResponse {
  static protocol::Members Describe() { return {}; }
};

/// Takes such certificates away again; the default one stays.
///
/// Errors: ListenerNotFound, OperationNotPermitted.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "RemoveListenerCertificates".
runtime::Task<RemoveListenerCertificatesResponse> RemoveListenerCertificates(
    ElbService& elb, const protocol::RequestContext& context, RemoveListenerCertificatesRequest request);

struct DescribeListenerCertificatesRequest {
  std::string listener_arn;
  std::optional<std::string> marker;
  std::optional<std::int32_t> page_size;
  static protocol::Members Describe();
};

struct DescribeListenerCertificatesResponse {
  std::vector<Certificate> certificates;
  std::optional<std::string> next_marker;
  static protocol::Members Describe();
};

/// The certificates of a listener, the default one first.
///
/// Errors: ListenerNotFound.
/// Thread: any. Source: Elastic Load Balancing v2 API Reference "DescribeListenerCertificates".
runtime::Task<DescribeListenerCertificatesResponse> DescribeListenerCertificates(
    ElbService& elb, const protocol::RequestContext& context, DescribeListenerCertificatesRequest request);

}  // namespace cumulite::elb
