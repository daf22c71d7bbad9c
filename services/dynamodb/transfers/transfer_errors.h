#pragma once
#include "services/dynamodb/errors.h"

namespace cumulite::dynamodb {

// Source: DynamoDB API Reference "ExportTableToPointInTime", "ImportTable".
inline constexpr ErrorKind kInvalidExportTime{.code = "InvalidExportTimeException"};
inline constexpr ErrorKind kExportConflict{.code = "ExportConflictException"};
inline constexpr ErrorKind kExportNotFound{.code = "ExportNotFoundException"};
inline constexpr ErrorKind kImportNotFound{.code = "ImportNotFoundException"};

}  // namespace cumulite::dynamodb
