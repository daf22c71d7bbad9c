#pragma once
#include <string>

#include "services/s3/select/evaluate.h"
#include "services/s3/select/request.h"

namespace cumulite::s3::select {

/// Appends a result: the columns of the query for a record, or the record itself.
void WriteResult(const SelectRequest& request, const Query& query, const Scope& scope, std::string& out);

}  // namespace cumulite::s3::select
