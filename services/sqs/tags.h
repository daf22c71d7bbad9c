#pragma once
#include "services/sqs/queue_store.h"

namespace cumulite::sqs {

/// Errors: InvalidParameterValue for more than 50 tags, or a key or value that AWS does not allow.
/// Source: SQS Developer Guide "Amazon SQS cost allocation tags"; "Tag naming limits" of the AWS guide.
void CheckTags(const TagMap& tags);

}  // namespace cumulite::sqs
