#pragma once
#include <memory>

#include "services/elb/proxy/proxy.h"
#include "services/elb/proxy/request_log.h"

namespace cumulite::elb::proxy {

/// Begins the record of a request; null unless its load balancer keeps an access log. The first request of a
/// connection is told to the connection log.
std::shared_ptr<RequestRecord> BeginRecord(const ProxyRequest& request);

/// Notes which rule took the request, and what it does.
void NoteRule(RequestRecord& record, const RuleAtWork& rule);

/// The answer is made: the line is written when the last of its bytes has been read, or at once where they
/// are here.
void EndRecord(std::shared_ptr<RequestRecord> record, const ProxyRequest& request);

}  // namespace cumulite::elb::proxy
