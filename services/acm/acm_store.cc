#include "services/acm/acm_store.h"

#include "protocol/arn.h"
#include "protocol/json_codec.h"
#include "services/acm/errors.h"

namespace cumulite::acm {
namespace {

constexpr storage::Migration kMigrations[] = {
    {1, storage::ResourceTable::kSchema},
    {2,
     "CREATE TABLE authority (id INTEGER PRIMARY KEY CHECK (id = 1), certificate TEXT NOT NULL,"
     " private_key TEXT NOT NULL) STRICT"},
};

constexpr std::string_view kFindAuthority = "SELECT certificate, private_key FROM authority";

CertificateRecord Read(std::string_view text) {
  CertificateRecord record;
  protocol::DecodeStoredJson(text, &record, CertificateRecord::Describe());
  return record;
}

/// What another account or region has is as if it were not there.
CertificateRecord Opened(const std::optional<std::string>& text, const std::string& arn,
                         const protocol::RequestContext& context) {
  const auto parsed = protocol::ParseArn(arn);
  const protocol::Identity& caller = context.identity;
  if (!text || !parsed || parsed->account != caller.account || parsed->region != caller.region) {
    throw AwsError(kResourceNotFound, "Could not find certificate " + arn + ".");
  }
  return Read(*text);
}

std::optional<net::SelfSigned> AuthorityOf(storage::Cursor rows) {
  std::optional<net::SelfSigned> authority;
  if (rows.Next()) authority = net::SelfSigned{std::string(rows.Text(0)), std::string(rows.Text(1))};
  return authority;
}

}  // namespace

std::span<const storage::Migration> Migrations() { return kMigrations; }

AcmStore::AcmStore(storage::Database& database)
    : table_(database),
      find_authority_(database, kFindAuthority),
      find_authority_in_job_(database, kFindAuthority),
      insert_authority_(
          database, "INSERT OR IGNORE INTO authority (id, certificate, private_key) VALUES (1, ?1, ?2)") {}

std::optional<CertificateRecord> AcmStore::Find(std::string_view arn) const {
  const auto text = table_.Find(arn);
  return text ? std::optional(Read(*text)) : std::nullopt;
}

CertificateRecord AcmStore::OpenCommitted(const std::string& arn,
                                          const protocol::RequestContext& context) const {
  return Opened(table_.Find(arn), arn, context);
}

std::vector<CertificateRecord> AcmStore::All(std::string_view account, std::string_view region) const {
  std::vector<CertificateRecord> records;
  for (const std::string& text : table_.All(account, region)) records.push_back(Read(text));
  return records;
}

std::optional<net::SelfSigned> AcmStore::FindAuthority() const {
  return AuthorityOf(find_authority_.Query());
}

CertificateRecord AcmStore::Open(const std::string& arn, const protocol::RequestContext& context) {
  return Opened(table_.FindInJob(arn), arn, context);
}

void AcmStore::Save(const CertificateRecord& record) {
  std::string text;
  protocol::EncodeJson(&record, CertificateRecord::Describe(), text);
  const std::string& arn = *record.detail.certificate_arn;
  const auto parsed = protocol::ParseArn(arn);
  table_.Save(arn, parsed->account, parsed->region, "", text);
}

net::SelfSigned AcmStore::KeepAuthority(const net::SelfSigned& made) {
  insert_authority_.Run(made.certificate_pem, made.key_pem);
  return *AuthorityOf(find_authority_in_job_.Query());
}

}  // namespace cumulite::acm
