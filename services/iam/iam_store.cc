#include "services/iam/iam_store.h"

#include <algorithm>
#include <set>

#include "base/text.h"
#include "protocol/arn.h"
#include "protocol/json_codec.h"
#include "services/iam/errors.h"
#include "services/resource/tags.h"

namespace cumulite::iam {
using protocol::Wire;

protocol::Members ServerCertificateRecord::Describe() {
  using T = ServerCertificateRecord;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::metadata>("Metadata"), Wire<&T::body>("Body"), Wire<&T::chain>("Chain"),
      Wire<&T::key>("Key"),           Wire<&T::tags>("Tags"),
  };
  return kMembers;
}

namespace {

constexpr storage::Migration kMigrations[] = {{1, storage::ResourceTable::kSchema}};

std::optional<ServerCertificateRecord> Read(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  ServerCertificateRecord record;
  protocol::DecodeStoredJson(*text, &record, ServerCertificateRecord::Describe());
  return record;
}

ServerCertificateRecord Opened(std::optional<ServerCertificateRecord> record, const std::string& name) {
  if (!record) {
    throw AwsError(kNoSuchEntity, "The Server Certificate with name " + name + " cannot be found.");
  }
  return std::move(*record);
}

}  // namespace

std::string ServerCertificateArn(std::string_view account, std::string_view path, std::string_view name) {
  return protocol::FormatArn("iam", "", account,
                             "server-certificate" + std::string(path) + std::string(name));
}

void MergeTags(std::vector<Tag>& tags, const std::vector<Tag>& more) {
  std::set<std::string> keys;
  for (const Tag& tag : more) {
    // Keys differ by more than case (IAM User Guide "Rules for tagging in IAM and AWS STS").
    const std::string key = base::ToLower(tag.key);
    if (!keys.insert(key).second) {
      throw AwsError(kInvalidInput,
                     "Duplicate tag keys found. Please note that Tag keys are case insensitive.");
    }
    if (resource::IsReservedForAws(tag.key)) {
      throw AwsError(kInvalidInput, "Tag keys starting with aws: are reserved for system use.");
    }
    std::erase_if(tags, [&](const Tag& old) { return base::ToLower(old.key) == key; });
    tags.push_back(tag);
  }
  if (tags.size() > resource::kMaxTags) {
    throw AwsError(kLimitExceeded, "Cannot exceed quota for TagsPerServerCertificate: 50");
  }
}

std::span<const storage::Migration> Migrations() { return kMigrations; }

std::optional<ServerCertificateRecord> IamStore::Find(std::string_view arn) const {
  return Read(table_.Find(arn));
}

std::optional<ServerCertificateRecord> IamStore::FindNamed(std::string_view account,
                                                           const std::string& name) const {
  return Read(table_.FindNamed(account, "", name));
}

ServerCertificateRecord IamStore::OpenCommitted(std::string_view account, const std::string& name) const {
  return Opened(FindNamed(account, name), name);
}

std::vector<ServerCertificateRecord> IamStore::All(std::string_view account) const {
  std::vector<ServerCertificateRecord> records;
  for (const std::string& text : table_.All(account, "")) records.push_back(*Read(text));
  return records;
}

ServerCertificateRecord IamStore::Open(std::string_view account, const std::string& name) {
  return Opened(Read(table_.FindNamedInJob(account, "", name)), name);
}

void IamStore::RequireFree(std::string_view account, const std::string& name) {
  if (!table_.FindNamedInJob(account, "", name)) return;
  throw AwsError(kEntityAlreadyExists, "The Server Certificate with name " + name + " already exists.");
}

void IamStore::Save(std::string_view account, const ServerCertificateRecord& record) {
  std::string text;
  protocol::EncodeJson(&record, ServerCertificateRecord::Describe(), text);
  table_.Save(record.metadata.arn, account, "", record.metadata.server_certificate_name, text);
}

}  // namespace cumulite::iam
