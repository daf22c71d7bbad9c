#pragma once
#include <string_view>

#include "protocol/context.h"
#include "protocol/judge.h"
#include "services/delivery.h"
#include "services/sqs/queue.h"

namespace cumulite::sqs {

/// Whether the caller may do `action` ("SendMessage") with the queue: its own account may unless the queue's
/// policy denies it, others need the policy's consent, and never administer the queue.
/// Source: SQS Developer Guide "Using identity-based and resource policies", "Cross-account permissions".
protocol::Judgement JudgeAccess(const Queue& queue, const protocol::RequestContext& context,
                                std::string_view action);

/// Whether the queue's policy lets a service send on behalf of message.source_arn.
bool IsDeliveryAllowed(const Queue& queue, const services::QueueMessage& message, TimePoint now);

}  // namespace cumulite::sqs
