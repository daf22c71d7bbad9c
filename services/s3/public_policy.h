#pragma once
#include "protocol/policy.h"

namespace cumulite::s3 {

/// Whether a bucket's policy admits anybody whom it does not name: an Allow for every principal that no
/// condition binds to a fixed address, account, organisation, network, access point or user.
/// Source: S3 User Guide "Blocking public access to your Amazon S3 storage", "The meaning of public".
bool IsPublic(const protocol::Policy& policy);

}  // namespace cumulite::s3
