// S3 Select: an SQL expression from strangers, asked of CSV and JSON that are strangers', too.
#include <string>

#include "protocol/error.h"
#include "services/s3/select/input.h"
#include "services/s3/select/output.h"
#include "services/s3/select/sql.h"
#include "tests/fuzz/fuzz_target.h"

namespace cumulite::fuzz {
namespace {

using namespace s3::select;

void Ask(const Query& query, const SelectRequest& request, RecordReader& reader, std::string_view data) {
  constexpr std::size_t kPiece = 11;
  Aggregation aggregation(query.aggregates);
  Record record;
  std::string out;
  try {
    for (bool more = true; more;) {
      reader.Feed(data.substr(0, kPiece));
      data.remove_prefix(std::min(kPiece, data.size()));
      more = !data.empty();
      if (!more) reader.End();
      while (reader.Next(record)) {
        const Scope scope{.record = record, .now = {}};
        if (query.where && !Holds(*query.where, scope)) continue;
        aggregation.Add(scope);
        if (query.aggregates.empty()) WriteResult(request, query, scope, out);
      }
    }
  } catch (const protocol::AwsError&) {  // NOLINT(bugprone-empty-catch): refused, as it may be
  }
}

}  // namespace

/// Up to the first line feed an expression, then the data.
void FuzzS3Select(std::string_view data) {
  const std::size_t end = std::min(data.find('\n'), data.size());
  const std::string_view records = data.substr(std::min(end + 1, data.size()));
  try {
    const Query query = ParseSql(data.substr(0, end));
    SelectRequest request;
    CsvReader csv({.field_delimiter = ",", .header = CsvFormat::Header::kUse, .quoted_delimiters = true});
    Ask(query, request, csv, records);
    JsonReader json(query.from, 1 << 20);
    request.csv_output = true;
    Ask(query, request, json, records);
  } catch (const protocol::AwsError&) {  // NOLINT(bugprone-empty-catch): refused, as it may be
  }
}

}  // namespace cumulite::fuzz
