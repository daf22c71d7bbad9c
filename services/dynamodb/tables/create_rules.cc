#include "services/dynamodb/tables/create_rules.h"

#include <algorithm>
#include <set>

#include "base/ids.h"
#include "protocol/arn.h"
#include "protocol/utf8.h"
#include "services/dynamodb/errors.h"

namespace cumulite::dynamodb {
namespace {

constexpr std::size_t kMaxLocalIndexes = 5;
constexpr std::size_t kMaxGlobalIndexes = 20;
constexpr std::size_t kMaxKeysOfAKind = 4;  // of a global index
constexpr std::size_t kMaxProjected = 100;  // attributes named by all indexes
constexpr std::int64_t kMaxThroughput = 1'000'000'000'000;

/// "[a, b]"
std::string Bracketed(const std::vector<std::string>& names) {
  std::string text = "[";
  for (const std::string& name : names) {
    if (text.size() > 1) text += ", ";
    text += name;
  }
  return text + "]";
}

std::vector<std::string> NamesOf(const std::vector<AttributeDefinition>& definitions) {
  std::vector<std::string> names;
  for (const AttributeDefinition& definition : definitions) names.push_back(definition.attribute_name);
  return names;
}

std::vector<std::string> NamesOf(const std::vector<KeySchemaElement>& schema) {
  std::vector<std::string> names;
  for (const KeySchemaElement& element : schema) names.push_back(element.attribute_name);
  return names;
}

bool IsDefined(const TableRecord& record, std::string_view name) {
  return std::ranges::find(record.attribute_definitions, name, &AttributeDefinition::attribute_name) !=
         record.attribute_definitions.end();
}

/// HASH, or HASH and RANGE of another name.
void CheckSimpleSchema(const std::vector<KeySchemaElement>& schema) {
  if (schema[0].key_type != "HASH") {
    throw Invalid("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  }
  if (schema.size() > 1 && schema[1].attribute_name == schema[0].attribute_name) {
    throw Invalid("Both the Hash Key and the Range Key element in the KeySchema have the same name");
  }
  if (schema.size() > 1 && schema[1].key_type != "RANGE") {
    throw Invalid("Invalid KeySchema: The second KeySchemaElement is not a RANGE key type");
  }
}

void CheckGlobalSchema(const std::vector<KeySchemaElement>& schema) {
  const auto hashes = std::ranges::count(schema, "HASH", &KeySchemaElement::key_type);
  const auto ranges = static_cast<std::ptrdiff_t>(schema.size()) - hashes;
  if (schema.size() <= 2 && (hashes <= 1 || schema[0].key_type != "HASH")) return CheckSimpleSchema(schema);
  if (schema[0].key_type != "HASH") {
    throw Invalid("Invalid KeySchema: The first KeySchemaElement is not a HASH key type");
  }
  if (!std::ranges::is_partitioned(schema, [](const auto& element) { return element.key_type == "HASH"; })) {
    throw Invalid("Invalid KeySchema: All HASH key elements must precede the RANGE key elements");
  }
  if (hashes > static_cast<std::ptrdiff_t>(kMaxKeysOfAKind) ||
      ranges > static_cast<std::ptrdiff_t>(kMaxKeysOfAKind)) {
    throw Invalid(
        "Invalid KeySchema: A global secondary index key can have at most 4 HASH and 4 RANGE attributes");
  }
  std::vector<std::string> names = NamesOf(schema);
  std::ranges::sort(names);
  if (std::ranges::adjacent_find(names) != names.end()) {
    throw Invalid("Invalid KeySchema: The KeySchema has several elements of the same name");
  }
}

void CheckProjection(const IndexProjection& projection) {
  if (!projection.projection_type) throw InvalidValue("Unknown ProjectionType: null");
  const bool named = projection.non_key_attributes.has_value();
  if (*projection.projection_type != "INCLUDE" && named) {
    throw InvalidValue("ProjectionType is " + *projection.projection_type +
                       ", but NonKeyAttributes is specified");
  }
  if (*projection.projection_type != "INCLUDE") return;
  if (!named || projection.non_key_attributes->empty()) {
    throw InvalidValue("ProjectionType is INCLUDE, but NonKeyAttributes is not specified");
  }
  std::set<std::string_view> seen;
  for (const std::string& name : *projection.non_key_attributes) {
    if (!seen.insert(name).second)
      throw InvalidValue("Duplicate attribute name in NonKeyAttributes: " + name);
  }
}

void CheckIndexName(std::string_view name) {
  if (name.size() < 3 || name.size() > 255) {
    throw Invalid("IndexName must be at least 3 characters long and at most 255 characters long");
  }
}

void CheckThroughput(const ProvisionedThroughput& throughput, std::string_view of_index) {
  const auto check = [&](std::int64_t units, std::string_view member) {
    if (units > kMaxThroughput) {
      std::string text =
          "Given value " + std::to_string(units) + " for " + std::string(member) + " is out of bounds";
      if (!of_index.empty()) text += " for index " + std::string(of_index);
      throw Invalid(std::move(text));
    }
    if (units < 1) {
      std::string name = member == "ReadCapacityUnits" ? "readCapacityUnits" : "writeCapacityUnits";
      throw Invalid("1 validation error detected: Value '" + std::to_string(units) +
                    "' at 'provisionedThroughput." + name +
                    "' failed to satisfy constraint: Member must have value greater than or equal to 1");
    }
  };
  check(throughput.read_capacity_units, "ReadCapacityUnits");
  check(throughput.write_capacity_units, "WriteCapacityUnits");
}

void CheckNewName(const TableRecord& record, std::string_view name) {
  CheckIndexName(name);
  if (std::ranges::find(record.indexes, name, &IndexRecord::name) != record.indexes.end()) {
    throw InvalidValue("Duplicate index name: " + std::string(name));
  }
}

IndexRecord LocalIndexOf(const LocalSecondaryIndex& index, TableRecord& record) {
  CheckNewName(record, index.index_name);
  CheckDefined(record, index.key_schema);
  if (index.key_schema.size() > 2)
    throw Invalid("Invalid KeySchema: too many elements for index: " + index.index_name);
  CheckSimpleSchema(index.key_schema);
  if (index.key_schema.size() < 2) {
    throw InvalidValue("Index KeySchema does not have a range key for index: " + index.index_name);
  }
  const std::string& hash = record.key_schema[0].attribute_name;
  if (index.key_schema[0].attribute_name != hash) {
    throw InvalidValue(
        "Index KeySchema does not have the same leading hash key as table KeySchema for index: " +
        index.index_name + ". index hash key: " + index.key_schema[0].attribute_name +
        ", table hash key: " + hash);
  }
  CheckProjection(index.projection);
  return {.number = record.next_index++,
          .name = index.index_name,
          .local = true,
          .key_schema = index.key_schema,
          .projection = index.projection};
}

void AddLocalIndexes(const std::vector<LocalSecondaryIndex>& indexes, TableRecord& record) {
  if (indexes.empty()) throw InvalidValue("List of LocalSecondaryIndexes is empty");
  if (record.key_schema.size() < 2) {
    throw InvalidValue(
        "Table KeySchema does not have a range key, which is required when specifying a LocalSecondaryIndex");
  }
  for (const LocalSecondaryIndex& index : indexes) record.indexes.push_back(LocalIndexOf(index, record));
  if (indexes.size() > kMaxLocalIndexes) {
    throw InvalidValue("Number of LocalSecondaryIndexes exceeds per-table limit of 5");
  }
}

void AddGlobalIndexes(const std::vector<GlobalSecondaryIndex>& indexes, TableRecord& record) {
  if (indexes.empty()) throw InvalidValue("List of GlobalSecondaryIndexes is empty");
  for (const GlobalSecondaryIndex& index : indexes) record.indexes.push_back(GlobalIndexOf(index, record));
  if (indexes.size() > kMaxGlobalIndexes) {
    throw InvalidValue("GlobalSecondaryIndex count exceeds the per-table limit of 20");
  }
}

void CheckProjectedNames(const TableRecord& record) {
  std::size_t count = 0;
  for (const IndexRecord& index : record.indexes) {
    if (index.projection.non_key_attributes) count += index.projection.non_key_attributes->size();
  }
  if (count > kMaxProjected) {
    throw InvalidValue(
        "Number of attributes to project exceeds the limit of 100 across all indexes of a table");
  }
}

void CheckDefinitionNames(const std::vector<AttributeDefinition>& definitions) {
  std::set<std::string_view> seen;
  for (const AttributeDefinition& definition : definitions) {
    if (!seen.insert(definition.attribute_name).second) {
      throw InvalidValue("Duplicate AttributeName in AttributeDefinitions: " + definition.attribute_name);
    }
  }
}

}  // namespace

std::string CheckBilling(const std::optional<std::string>& mode,
                         const std::optional<ProvisionedThroughput>& throughput) {
  const std::string billing = mode.value_or("PROVISIONED");
  if (billing == "PROVISIONED" && !throughput) {
    throw InvalidValue(
        "ReadCapacityUnits and WriteCapacityUnits must both be specified when BillingMode is PROVISIONED");
  }
  if (billing != "PROVISIONED" && throughput) {
    throw InvalidValue(
        "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified when BillingMode is "
        "PAY_PER_REQUEST");
  }
  if (throughput) CheckThroughput(*throughput, {});
  return billing;
}

void CheckDefined(const TableRecord& record, const std::vector<KeySchemaElement>& schema) {
  for (const KeySchemaElement& element : schema) {
    if (IsDefined(record, element.attribute_name)) continue;
    throw InvalidValue("Some index key attributes are not defined in AttributeDefinitions. Keys: " +
                       Bracketed(NamesOf(schema)) +
                       ", AttributeDefinitions: " + Bracketed(NamesOf(record.attribute_definitions)));
  }
}

IndexRecord GlobalIndexOf(const GlobalSecondaryIndex& index, TableRecord& record) {
  CheckNewName(record, index.index_name);
  CheckDefined(record, index.key_schema);
  CheckGlobalSchema(index.key_schema);
  CheckProjection(index.projection);
  const bool provisioned = record.billing_mode == "PROVISIONED";
  if (provisioned && !index.provisioned_throughput) {
    throw InvalidValue("ProvisionedThroughput is not specified for index: " + index.index_name);
  }
  if (!provisioned && index.provisioned_throughput) {
    throw InvalidValue("ProvisionedThroughput should not be specified for index: " + index.index_name +
                       " when BillingMode is PAY_PER_REQUEST");
  }
  if (index.provisioned_throughput) CheckThroughput(*index.provisioned_throughput, index.index_name);
  return {.number = record.next_index++,
          .name = index.index_name,
          .key_schema = index.key_schema,
          .projection = index.projection,
          .throughput = index.provisioned_throughput,
          .on_demand_throughput = index.on_demand_throughput,
          .warm_throughput = index.warm_throughput};
}

void DropUnusedDefinitions(TableRecord& record) {
  std::erase_if(record.attribute_definitions, [&record](const AttributeDefinition& definition) {
    const auto uses = [&](const std::vector<KeySchemaElement>& schema) {
      return std::ranges::find(schema, definition.attribute_name, &KeySchemaElement::attribute_name) !=
             schema.end();
    };
    return !uses(record.key_schema) && std::ranges::none_of(record.indexes, [&](const IndexRecord& index) {
      return uses(index.key_schema);
    });
  });
}

void CheckDefinitionsUsed(const TableRecord& record) {
  std::set<std::string> used;
  for (const KeySchemaElement& element : record.key_schema) used.insert(element.attribute_name);
  for (const IndexRecord& index : record.indexes) {
    for (const KeySchemaElement& element : index.key_schema) used.insert(element.attribute_name);
  }
  if (used.size() == record.attribute_definitions.size()) return;
  if (record.indexes.empty()) {
    throw InvalidValue(
        "Number of attributes in KeySchema does not exactly match number of attributes defined in "
        "AttributeDefinitions");
  }
  throw InvalidValue("Some AttributeDefinitions are not used. AttributeDefinitions: " +
                     Bracketed(NamesOf(record.attribute_definitions)) +
                     ", keys used: " + Bracketed({used.begin(), used.end()}));
}

TableRecord RecordOf(const CreateTableRequest& request, std::int64_t now_ms) {
  TableRecord record;
  record.billing_mode = CheckBilling(request.billing_mode, request.provisioned_throughput);
  record.attribute_definitions = request.attribute_definitions;
  record.key_schema = request.key_schema;
  for (const KeySchemaElement& element : record.key_schema) {
    if (!IsDefined(record, element.attribute_name)) {
      throw Invalid("Invalid KeySchema: Some index key attribute have no definition");
    }
  }
  CheckSimpleSchema(record.key_schema);
  CheckDefinitionNames(record.attribute_definitions);
  if (request.local_secondary_indexes) AddLocalIndexes(*request.local_secondary_indexes, record);
  if (request.global_secondary_indexes) AddGlobalIndexes(*request.global_secondary_indexes, record);
  CheckDefinitionsUsed(record);
  CheckProjectedNames(record);
  record.table_id = base::RandomUuid();
  record.created = {now_ms};
  if (record.billing_mode == "PAY_PER_REQUEST") record.on_demand_since = protocol::Timestamp{now_ms};
  if (request.provisioned_throughput) record.throughput = *request.provisioned_throughput;
  record.on_demand_throughput = request.on_demand_throughput;
  record.warm_throughput = request.warm_throughput;
  record.deletion_protection = request.deletion_protection_enabled.value_or(false);
  record.table_class = request.table_class;
  if (request.tags) {
    CheckTags(*request.tags);
    for (const Tag& tag : *request.tags) record.tags[tag.key] = tag.value;
  }
  return record;
}

void CheckTags(const std::vector<Tag>& tags) {
  constexpr std::size_t kMaxKey = 128;
  constexpr std::size_t kMaxValue = 256;
  // Letters and digits of any script, blanks and these; what is beyond ASCII passes for a letter.
  const auto allowed = [](std::string_view text) {
    return std::ranges::all_of(text, [](char c) {
      const auto byte = static_cast<unsigned char>(c);
      return byte >= 0x80 || std::isalnum(byte) ||
             std::string_view(" _.:/=+-@").find(c) != std::string_view::npos;
    });
  };
  if (tags.size() > kMaxTags) {
    throw Invalid("One or more parameter values were invalid: Too many tags: at most 50 are allowed");
  }
  std::set<std::string_view> keys;
  for (const Tag& tag : tags) {
    if (tag.key.empty() || protocol::CountCodePoints(tag.key) > kMaxKey || !allowed(tag.key)) {
      throw InvalidValue("The tag key '" + tag.key + "' is not valid");
    }
    if (tag.key.starts_with("aws:")) throw InvalidValue("Tag keys that begin with aws: are reserved");
    if (protocol::CountCodePoints(tag.value) > kMaxValue || !allowed(tag.value)) {
      throw InvalidValue("The tag value '" + tag.value + "' is not valid");
    }
    if (!keys.insert(tag.key).second) throw InvalidValue("Duplicate tag key: " + tag.key);
  }
}

SSEDescription DescribeEncryption(const SSESpecification& asked, std::string_view account,
                                  std::string_view region) {
  SSEDescription description{.status = "ENABLED", .sse_type = "KMS"};
  const std::string key = asked.kms_master_key_id.value_or("alias/aws/dynamodb");
  description.kms_master_key_arn =
      key.starts_with("arn:")
          ? key
          : protocol::FormatArn("kms", region, account, key.starts_with("alias/") ? key : "key/" + key);
  return description;
}

}  // namespace cumulite::dynamodb
