#pragma once
#include <string>
#include <string_view>

#include "services/dynamodb/items/attribute_value.h"
#include "services/dynamodb/tables/table.h"

namespace cumulite::dynamodb {

// Where an item stands in its table and in an index, and what AWS says of keys that do not fit.

/// The row of the item that a Put stores.
/// Errors: ValidationException for a key that is missing, of another type, empty or too long.
std::string KeyOfItem(const Table& table, const AttributeMap& item);

/// The row of the item that a request names by its key and nothing else.
/// Errors: ValidationException "The provided key element does not match the schema", and as above.
std::string KeyOfRequest(const Table& table, const AttributeMap& key);

/// As KeyOfItem, of an item that is stored already.
std::string KeyOfStored(const KeySchema& keys, const AttributeMap& item);

/// Appends the beginning that all rows of one hash key have; `hash` in the order of the schema.
void AppendPartition(const std::vector<const AttributeValue*>& hash, std::string& out);

/// Where an item stands in an index; empty when it lacks one of the keys. `item_key` is its row in the table.
/// A value of another type counts as lacking: items may be older than the index.
std::string KeyOfEntry(const Index& index, const AttributeMap& item, std::string_view item_key);

/// Errors: ValidationException for a key of an index in `item` that is of another type, empty or too long.
void CheckIndexKeys(const Table& table, const AttributeMap& item);

/// The attributes of `item` that are keys of the table, and of the index if one is given.
AttributeMap KeyAttributesOf(const Table& table, const Index* index, const AttributeMap& item);

/// Errors: ValidationException when an attribute of `key` is empty or too long for a key.
void CheckKeyValue(const KeyAttribute& attribute, const AttributeValue& value, bool is_hash);

/// What an index's row holds of an item.
AttributeMap ProjectOntoIndex(const Index& index, const AttributeMap& item);

}  // namespace cumulite::dynamodb
