#include "services/dynamodb/operations/statement_pages.h"

#include <charconv>

#include "protocol/base64.h"
#include "protocol/checksum.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/operations/condition_inputs.h"
#include "services/dynamodb/operations/key_rows.h"
#include "services/dynamodb/partiql/statement_plan.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::int64_t kPageBytes = 1 << 20;

/// Where a page goes on: behind a row of one of the partitions, or at its beginning.
struct Position {
  std::size_t partition = 0;
  std::string row;
};

/// digest ":" partition ":" row, in Base64.
std::string MakeToken(const std::string& digest, const Position& position) {
  return protocol::Base64Encode(digest + ":" + std::to_string(position.partition) + ":" +
                                protocol::HexEncode(position.row));
}

Position ReadToken(const StatementPageRequest& request) {
  Position position;
  if (!request.token) return position;
  const auto text = protocol::Base64Decode(*request.token);
  const std::size_t first = text ? text->find(':') : std::string::npos;
  const std::size_t second = first == std::string::npos ? first : text->find(':', first + 1);
  if (second == std::string::npos) throw Invalid("Invalid NextToken");
  if (text->compare(0, first, request.digest) != 0) throw Invalid("NextToken does not match request");
  const char* const end = text->data() + second;
  const auto number = std::from_chars(text->data() + first + 1, end, position.partition);
  auto row = protocol::HexDecode(std::string_view(*text).substr(second + 1));
  if (number.ec != std::errc() || number.ptr != end || !row) throw Invalid("Invalid NextToken");
  position.row = *std::move(row);
  return position;
}

/// A scan is one partition without bounds.
std::vector<RowRange> RangesOf(const ReadPlan& plan, const KeyShape& shape) {
  std::vector<RowRange> ranges;
  for (const KeyCondition& partition : plan.partitions) ranges.push_back(RangeOf(partition.Resolve(shape)));
  if (ranges.empty()) ranges.emplace_back();
  for (RowRange& range : ranges) range.forward = plan.forward;
  return ranges;
}

void CheckPosition(const std::vector<RowRange>& ranges, const Position& position) {
  if (position.partition >= ranges.size()) throw Invalid("Invalid NextToken");
  const RowRange& range = ranges[position.partition];
  if (position.row.empty()) return;
  if (position.row < range.first || (!range.end.empty() && position.row >= range.end)) {
    throw Invalid("Invalid NextToken");
  }
}

void AppendItems(const std::string& list, std::string& items) {
  if (list.size() <= 2) return;  // []
  if (items.size() > 1) items += ',';
  items.append(list, 1, list.size() - 2);
}

}  // namespace

std::string DigestOf(const std::string& statement, const std::optional<std::vector<ValueInput>>& parameters) {
  std::string text = statement;
  if (parameters) {
    for (const ValueInput& parameter : *parameters) AppendJson(parameter.value, text.append("\n"));
  }
  const protocol::Digest digest = protocol::Checksum(protocol::ChecksumAlgorithm::kSha256, text);
  return protocol::HexEncode(digest.bytes().substr(0, 8));
}

StatementPage ReadStatementPage(DynamoDbService& dynamodb, const Table& table, const Statement& statement,
                                const StatementPageRequest& request) {
  const auto index_name = statement.index.empty() ? std::nullopt : std::optional(statement.index);
  const Index* index = RequireIndex(table, index_name, request.consistent);
  const KeyShape shape = ShapeOf(index == nullptr ? table.keys : index->keys);
  const ReadPlan plan = PlanRead(statement, shape);
  if (plan.filter) RefuseNestedKeys(plan.filter->Paths(), KeyNames(table.keys));
  const Projection* projection = statement.projection ? &*statement.projection : nullptr;
  const Selected selected = projection != nullptr ? Selected::kSome
                            : index != nullptr    ? Selected::kProjected
                                                  : Selected::kAll;
  const std::vector<RowRange> ranges = RangesOf(plan, shape);
  Position position = ReadToken(request);
  CheckPosition(ranges, position);
  StatementPage shown{.items = "["};
  RequireReadCapacity(dynamodb, table, index);
  std::int64_t scanned = 0;
  std::int64_t bytes = 0;
  while (position.partition < ranges.size()) {
    PageRequest page{.table = &table,
                     .index = index,
                     .range = ranges[position.partition],
                     .filter = plan.filter ? &*plan.filter : nullptr,
                     .projection = projection,
                     .whole_items = FetchesFromTable(index, selected, projection),
                     .consistent = request.consistent};
    page.range.after = position.row;
    if (request.limit) page.limit = *request.limit - scanned;
    const Page read = ReadPage(dynamodb.items(), page);
    AppendItems(read.items, shown.items);
    const ReadCost cost = CostOf(page, read, 0);
    ChargeRead(dynamodb, table, cost);
    shown.cost.Add(cost);
    scanned += read.scanned;
    bytes += read.bytes;
    if (read.last_key) {
      position.row = RowOfStartKey(table, index, *read.last_key);
      shown.last_key = read.last_key;
      shown.next_token = MakeToken(request.digest, position);
      break;
    }
    position = {.partition = position.partition + 1, .row = {}};
    const bool full = bytes >= kPageBytes || (request.limit && scanned >= *request.limit);
    if (!full || position.partition == ranges.size()) continue;
    shown.next_token = MakeToken(request.digest, position);
    break;
  }
  shown.items += ']';
  return shown;
}

}  // namespace cumulite::dynamodb
