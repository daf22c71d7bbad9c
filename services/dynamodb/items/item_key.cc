#include "services/dynamodb/items/item_key.h"

#include "services/dynamodb/errors.h"
#include "services/dynamodb/items/key_encoding.h"
#include "services/dynamodb/items/sizes.h"

namespace cumulite::dynamodb {
namespace {

void CheckSize(const AttributeValue& value, bool is_hash) {
  const std::size_t size = SizeOf(value);
  if (is_hash && size > kMaxHashKeySize) {
    throw InvalidValue("Size of hashkey has exceeded the maximum size limit of2048 bytes");  // sic
  }
  if (!is_hash && size > kMaxRangeKeySize) {
    throw InvalidValue("Aggregated size of all range keys has exceeded the size limit of 1024 bytes");
  }
}

bool IsEmptyKey(const AttributeValue& value) {
  if (const auto* text = value.If<std::string>()) return text->empty();
  const auto* binary = value.If<Binary>();
  return binary != nullptr && binary->bytes.empty();
}

std::string_view EmptyKind(const AttributeValue& value) {
  return value.Is(AttributeType::kS) ? "string" : "binary";
}

std::string Encode(const KeySchema& keys, const AttributeMap& item) {
  std::string out;
  std::vector<const AttributeValue*> hash;
  for (const KeyAttribute& key : keys.hash) hash.push_back(item.Find(key.name));
  AppendPartition(hash, out);
  for (const KeyAttribute& key : keys.range) AppendKeyPart(*item.Find(key.name), out);
  return out;
}

/// Null when `item` has it not, or not as a key.
const AttributeValue* EntryKey(const KeyAttribute& key, const AttributeMap& item, std::size_t limit) {
  const AttributeValue* value = item.Find(key.name);
  const bool fits = value != nullptr && value->Is(key.type) && !IsEmptyKey(*value) && SizeOf(*value) <= limit;
  return fits ? value : nullptr;
}

void CheckIndexKey(const Index& index, const KeyAttribute& key, const AttributeMap& item, bool is_hash) {
  const AttributeValue* value = item.Find(key.name);
  if (value == nullptr) return;
  if (!value->Is(key.type)) {
    throw InvalidValue("Type mismatch for Index Key " + key.name +
                       " Expected: " + std::string(TypeName(key.type)) +
                       " Actual: " + std::string(TypeName(value->type())) + " IndexName: " + index.name);
  }
  if (IsEmptyKey(*value)) {
    throw Invalid(
        "One or more parameter values are not valid. A value specified for a secondary index key is not "
        "supported. The AttributeValue for a key attribute cannot contain an empty " +
        std::string(EmptyKind(*value)) + " value. IndexName: " + index.name + ", IndexKey: " + key.name);
  }
  CheckSize(*value, is_hash);
}

AwsError KeyMismatch() { return Invalid("The provided key element does not match the schema"); }

template <class Visit>
void EachKey(const KeySchema& keys, Visit visit) {
  for (const KeyAttribute& key : keys.hash) visit(key, true);
  for (const KeyAttribute& key : keys.range) visit(key, false);
}

}  // namespace

void CheckKeyValue(const KeyAttribute& attribute, const AttributeValue& value, bool is_hash) {
  if (IsEmptyKey(value)) {
    throw Invalid(
        "One or more parameter values are not valid. The AttributeValue for a key attribute cannot "
        "contain an empty " +
        std::string(EmptyKind(value)) + " value. Key: " + attribute.name);
  }
  CheckSize(value, is_hash);
}

std::string KeyOfItem(const Table& table, const AttributeMap& item) {
  EachKey(table.keys, [&](const KeyAttribute& key, bool) {
    const AttributeValue* value = item.Find(key.name);
    if (value == nullptr) throw InvalidValue("Missing the key " + key.name + " in the item");
    if (!value->Is(key.type)) {
      throw InvalidValue("Type mismatch for key " + key.name +
                         " expected: " + std::string(TypeName(key.type)) +
                         " actual: " + std::string(TypeName(value->type())));
    }
  });
  EachKey(table.keys,
          [&](const KeyAttribute& key, bool is_hash) { CheckKeyValue(key, *item.Find(key.name), is_hash); });
  return Encode(table.keys, item);
}

std::string KeyOfRequest(const Table& table, const AttributeMap& key) {
  const std::size_t wanted = table.keys.hash.size() + table.keys.range.size();
  if (key.size() != wanted) throw KeyMismatch();
  EachKey(table.keys, [&](const KeyAttribute& attribute, bool) {
    const AttributeValue* value = key.Find(attribute.name);
    if (value == nullptr || !value->Is(attribute.type)) throw KeyMismatch();
  });
  EachKey(table.keys, [&](const KeyAttribute& attribute, bool is_hash) {
    CheckKeyValue(attribute, *key.Find(attribute.name), is_hash);
  });
  return Encode(table.keys, key);
}

std::string KeyOfStored(const KeySchema& keys, const AttributeMap& item) { return Encode(keys, item); }

void AppendPartition(const std::vector<const AttributeValue*>& hash, std::string& out) {
  std::string hashed;
  for (const AttributeValue* value : hash) AppendHashedBytes(*value, hashed);
  AppendHashOrder(hashed, out);
  for (const AttributeValue* value : hash) AppendKeyPart(*value, out);
}

std::string KeyOfEntry(const Index& index, const AttributeMap& item, std::string_view item_key) {
  bool complete = true;
  EachKey(index.keys, [&](const KeyAttribute& key, bool is_hash) {
    complete = complete && EntryKey(key, item, is_hash ? kMaxHashKeySize : kMaxRangeKeySize) != nullptr;
  });
  if (!complete) return {};
  std::string out = Encode(index.keys, item);
  // Equal keys of a GSI come in the order of AWS's hash of the whole key in the table.
  if (!index.local) AppendHashOrder(item_key.substr(kHashOrderSize), out);
  out += item_key;
  return out;
}

void CheckIndexKeys(const Table& table, const AttributeMap& item) {
  for (const Index& index : table.indexes) {
    EachKey(index.keys, [&](const KeyAttribute& key, bool is_hash) {
      if (!table.keys.Has(key.name)) CheckIndexKey(index, key, item, is_hash);
    });
  }
}

AttributeMap KeyAttributesOf(const Table& table, const Index* index, const AttributeMap& item) {
  AttributeMap keys;
  for (const auto& [name, value] : item) {
    if (table.keys.Has(name) || (index != nullptr && index->keys.Has(name))) keys.Set(name, value);
  }
  return keys;
}

AttributeMap ProjectOntoIndex(const Index& index, const AttributeMap& item) {
  if (index.projects_all) return item;
  AttributeMap entry;
  for (const std::string& name : index.projected) {
    if (const AttributeValue* value = item.Find(name)) entry.Set(name, *value);
  }
  return entry;
}

}  // namespace cumulite::dynamodb
