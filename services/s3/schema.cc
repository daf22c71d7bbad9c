#include "services/s3/schema.h"

#include "services/storage/outbox.h"

namespace cumulite::s3 {
namespace {

constexpr storage::Migration kMigrations[] = {
    // Every start of the server takes the next 2^32 numbers, so that giving one out needs no write.
    {1,
     "CREATE TABLE number_block (id INTEGER PRIMARY KEY CHECK (id = 1), block INTEGER NOT NULL) STRICT;"
     "INSERT INTO number_block VALUES (1, 0);"},
    // AUTOINCREMENT: a write that is under way must never land in a later bucket of the same id.
    {2,
     "CREATE TABLE bucket (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,"
     " account TEXT NOT NULL, region TEXT NOT NULL, location TEXT NOT NULL,"
     " created_at_ms INTEGER NOT NULL) STRICT"},
    // One row a version. `age` is minus the version's number, so the newest version of a key comes first.
    // The bytes: in `content` under the number; in the file `blob`; or in the parts of `upload`.
    {3,
     "CREATE TABLE object (bucket INTEGER NOT NULL, key TEXT NOT NULL, age INTEGER NOT NULL,"
     " version_id TEXT NOT NULL, delete_marker INTEGER NOT NULL, size INTEGER NOT NULL, etag TEXT NOT NULL,"
     " modified_at_ms INTEGER NOT NULL, checksum_algorithm INTEGER, checksum_type INTEGER, checksum TEXT,"
     " headers TEXT NOT NULL, blob TEXT, upload TEXT, PRIMARY KEY (bucket, key, age)) STRICT, WITHOUT ROWID;"
     "CREATE INDEX object_by_blob ON object (blob) WHERE blob IS NOT NULL;"
     "CREATE TABLE content (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;"},
    // A completed upload stays as long as its object, whose bytes are its parts. Ids grow with time.
    {4,
     "CREATE TABLE upload (id TEXT PRIMARY KEY, bucket INTEGER NOT NULL, key TEXT NOT NULL,"
     " number INTEGER NOT NULL, account TEXT NOT NULL, initiated_at_ms INTEGER NOT NULL,"
     " headers TEXT NOT NULL, checksum_algorithm INTEGER, checksum_type INTEGER,"
     " completed INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;"
     "CREATE INDEX upload_open ON upload (bucket, key, id) WHERE completed = 0;"
     "CREATE TABLE part (upload TEXT NOT NULL, number INTEGER NOT NULL, size INTEGER NOT NULL,"
     " etag TEXT NOT NULL, modified_at_ms INTEGER NOT NULL, checksum TEXT NOT NULL, blob TEXT NOT NULL,"
     " PRIMARY KEY (upload, number)) STRICT, WITHOUT ROWID;"
     "CREATE INDEX part_by_blob ON part (blob);"},
    // The <Tag> elements, as they are answered.
    {5, "ALTER TABLE bucket ADD COLUMN tags TEXT NOT NULL DEFAULT ''"},
    // The upload's key was deleted since it began, which no row of the object tells any more.
    {6, "ALTER TABLE upload ADD COLUMN key_deleted INTEGER NOT NULL DEFAULT 0"},
    // What a bucket was told: a sub-resource ("cors", "policy", ...) as the text that answers a GET. `id`
    // names
    // one of several (inventory, metrics). Buckets of before had no ACLs and admitted nobody else.
    {7,
     "CREATE TABLE bucket_document (bucket INTEGER NOT NULL, kind TEXT NOT NULL, id TEXT NOT NULL,"
     " document TEXT NOT NULL, PRIMARY KEY (bucket, kind, id)) STRICT, WITHOUT ROWID;"
     "INSERT INTO bucket_document SELECT id, 'tagging', '', '<Tagging><TagSet>' || tags ||"
     " '</TagSet></Tagging>' FROM bucket WHERE tags <> '';"
     "INSERT INTO bucket_document SELECT id, 'ownershipControls', '', '<OwnershipControls><Rule>"
     "<ObjectOwnership>BucketOwnerEnforced</ObjectOwnership></Rule></OwnershipControls>' FROM bucket;"
     "INSERT INTO bucket_document SELECT id, 'publicAccessBlock', '', '<PublicAccessBlockConfiguration>"
     "<BlockPublicAcls>true</BlockPublicAcls><IgnorePublicAcls>true</IgnorePublicAcls>"
     "<BlockPublicPolicy>true</BlockPublicPolicy><RestrictPublicBuckets>true</RestrictPublicBuckets>"
     "</PublicAccessBlockConfiguration>' FROM bucket;"
     "ALTER TABLE bucket DROP COLUMN tags;"},
    // S3 Control: ways into buckets, and what holds for all buckets of an account.
    {8,
     "CREATE TABLE access_point (account TEXT NOT NULL, region TEXT NOT NULL, name TEXT NOT NULL,"
     " alias TEXT NOT NULL, bucket TEXT NOT NULL, document TEXT NOT NULL, policy TEXT NOT NULL,"
     " PRIMARY KEY (account, region, name)) STRICT, WITHOUT ROWID;"
     "CREATE TABLE account_block (account TEXT PRIMARY KEY, document TEXT NOT NULL) STRICT, WITHOUT ROWID;"},
    // `attributes`: see object_attributes.h. `versioning`: see Versioning. Copies share files and parts.
    {9,
     "ALTER TABLE bucket ADD COLUMN versioning INTEGER NOT NULL DEFAULT 0;"
     "ALTER TABLE bucket ADD COLUMN object_lock INTEGER NOT NULL DEFAULT 0;"
     "ALTER TABLE object ADD COLUMN attributes TEXT;"
     "ALTER TABLE upload ADD COLUMN attributes TEXT;"
     "CREATE INDEX object_by_upload ON object (upload) WHERE upload IS NOT NULL;"},
    // Events on their way to queues and topics.
    {10, storage::Outbox::kSchema},
    // Lines of server access logs that are not delivered yet, by the name of the bucket that is logged.
    {11,
     "CREATE TABLE access_log (id INTEGER PRIMARY KEY AUTOINCREMENT, bucket TEXT NOT NULL,"
     " at_ms INTEGER NOT NULL, line TEXT NOT NULL) STRICT;"
     "CREATE INDEX access_log_by_bucket ON access_log (bucket, id)"},
};

}  // namespace

std::span<const storage::Migration> Migrations() { return kMigrations; }

}  // namespace cumulite::s3
