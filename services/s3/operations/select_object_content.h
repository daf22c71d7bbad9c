#pragma once
#include "services/s3/call.h"

namespace cumulite::s3 {

/// Answers with what an SQL expression selects of a CSV or JSON object, plain or packed with GZIP or BZIP2.
///
/// Errors: those of select/errors.h, InvalidObjectState; what is wrong with the data itself comes within the
/// event stream. Differs from AWS: no Parquet (501). A JSON document may be of up to 32 MiB.
/// Thread: any I/O thread. Source: S3 API Reference "SelectObjectContent".
runtime::Task<void> SelectObjectContent(Call& call);

}  // namespace cumulite::s3
