#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// Makes an archived object readable for some days; at once, where S3 takes minutes to hours. 202 the first
/// time, 200 when it is already and only stays longer.
///
/// Errors: MalformedXML, InvalidArgument (days, tier), InvalidObjectState (not archived), NotImplemented
/// (restore by SELECT), those of GetObjectTagging. Source: S3 API Reference "RestoreObject".
runtime::Task<void> RestoreObject(Call& call);

/// Withdrawn by AWS: MethodNotAllowed. Source: S3 API Reference "GetObjectTorrent".
runtime::Task<void> GetObjectTorrent(Call& call);

}  // namespace cumulite::s3
