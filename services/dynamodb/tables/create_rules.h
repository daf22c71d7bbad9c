#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/dynamodb/operations/create_table.h"
#include "services/dynamodb/tables/table_record.h"

namespace cumulite::dynamodb {

/// "PROVISIONED" or "PAY_PER_REQUEST", checked against the throughput that comes with it.
/// Errors: ValidationException.
std::string CheckBilling(const std::optional<std::string>& mode,
                         const std::optional<ProvisionedThroughput>& throughput);

/// What the table of a CreateTable is to be.
/// Errors: ValidationException, in AWS's words, for all that its schema may not be.
TableRecord RecordOf(const CreateTableRequest& request, std::int64_t now_ms);

/// Errors: ValidationException unless each key has its definition in the record.
void CheckDefined(const TableRecord& record, const std::vector<KeySchemaElement>& schema);

/// Checks a new index against the table that it is for, and gives its record.
/// Errors: ValidationException.
IndexRecord GlobalIndexOf(const GlobalSecondaryIndex& index, TableRecord& record);

/// Takes out the definitions that neither the table nor one of its indexes uses.
void DropUnusedDefinitions(TableRecord& record);

/// Errors: ValidationException unless every definition is used by the table or one of its indexes.
void CheckDefinitionsUsed(const TableRecord& record);

inline constexpr std::size_t kMaxTags = 50;  // of a table

/// Up to 50 tags of allowed characters. Errors: ValidationException.
void CheckTags(const std::vector<Tag>& tags);

SSEDescription DescribeEncryption(const SSESpecification& asked, std::string_view account,
                                  std::string_view region);

}  // namespace cumulite::dynamodb
