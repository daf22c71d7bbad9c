#include "services/s3/upload_store.h"

#include "base/ids.h"
#include "services/s3/errors.h"
#include "services/s3/schema.h"

namespace cumulite::s3 {
namespace {

#define CUMULITE_UPLOAD_COLUMNS                                                                       \
  "id, key, number, account, initiated_at_ms, headers, checksum_algorithm, checksum_type, completed," \
  " key_deleted, attributes"
constexpr std::string_view kFind =
    "SELECT " CUMULITE_UPLOAD_COLUMNS " FROM upload WHERE id = ?1 AND bucket = ?2 AND key = ?3";
constexpr std::string_view kList =
    "SELECT " CUMULITE_UPLOAD_COLUMNS
    " FROM upload WHERE bucket = ?1 AND completed = 0 AND (key, id) > (?2, ?3) ORDER BY key, id";
#undef CUMULITE_UPLOAD_COLUMNS
constexpr std::string_view kParts =
    "SELECT number, size, etag, modified_at_ms, checksum, blob FROM part WHERE upload = ?1 AND number > ?2"
    " ORDER BY number LIMIT ?3";

// An upload whose client named no checksum has the default one, which is told apart by a NULL algorithm.
UploadChecksum ReadChecksum(const storage::Cursor& row) {
  if (row.IsNull(6)) return {};
  return {row.Enum(6, ChecksumAlgorithm::kCrc64Nvme), row.Enum(7, ChecksumType::kComposite), true};
}

Upload ReadUpload(const storage::Cursor& row) {
  return {.id = std::string(row.Text(0)),
          .key = std::string(row.Text(1)),
          .number = row.Int64(2),
          .account = std::string(row.Text(3)),
          .initiated = row.Time(4),
          .headers = std::string(row.Text(5)),
          .attributes = row.Parsed(10, DecodeAttributes),
          .checksum = ReadChecksum(row),
          .completed = row.Int64(8) != 0,
          .key_deleted = row.Int64(9) != 0};
}

std::vector<Part> ReadParts(storage::Cursor rows) {
  std::vector<Part> parts;
  while (rows.Next()) {
    parts.push_back({rows.Number<std::int32_t>(0, 1, kMaxPartNumber), rows.Number<std::uint64_t>(1),
                     std::string(rows.Text(2)), rows.Time(3), std::string(rows.Text(4)),
                     std::string(rows.Text(5))});
  }
  return parts;
}

/// Grows with `number`, so that the order of ids is the order in which uploads began.
std::string NewUploadId(std::int64_t number) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string id;
  for (int shift = 60; shift >= 0; shift -= 4) id += kDigits[static_cast<std::size_t>(number >> shift) & 0xF];
  return id + base::RandomHex(48);
}

void CheckWhole(const Completion& completion, const UploadStore::CompleteRequest& request) {
  if (request.size && *request.size != completion.size) {
    throw AwsError(kInvalidRequest,
                   "The provided 'x-amz-mp-object-size' header does not match what was computed.");
  }
  if (!request.checksum) return;
  const ObjectChecksum& computed = completion.checksum;
  if (request.checksum->algorithm != computed.algorithm) {
    throw AwsError(kInvalidRequest, "Checksum Type mismatch occurred, expected checksum Type: " +
                                        LowerName(computed.algorithm) +
                                        ", actual checksum Type: " + LowerName(request.checksum->algorithm));
  }
  // The "-N" of a composite checksum may be left out.
  const std::string_view value = request.checksum->value;
  if (value == computed.value ||
      value == std::string_view(computed.value).substr(0, computed.value.find('-')))
    return;
  throw AwsError(kBadDigest, "The " + std::string(protocol::ChecksumName(computed.algorithm)) +
                                 " you specified did not match the calculated checksum.");
}

AwsError Conflict(std::string_view condition, const Upload& upload) {
  return AwsError(
             kConditionalRequestConflict,
             "The conditional request cannot succeed due to a conflicting operation against this resource.")
      .With("Condition", std::string(condition))
      .With("Key", upload.key);
}

/// Conditions of a completion also look at what happened since the upload began.
void CheckConditions(const WriteConditions& conditions, const std::optional<Object>& current,
                     const Upload& upload) {
  if (conditions.if_match && current && current->number > upload.number) throw Conflict("If-Match", upload);
  if (conditions.if_none_match && !current && upload.key_deleted) throw Conflict("If-None-Match", upload);
  const ObjectState state = current ? current->state() : ObjectState{};
  RequireWriteConditions(conditions, current ? &state : nullptr, upload.key);
}

}  // namespace

UploadStore::UploadStore(storage::Database& database, storage::Writer& writer, ContentOwners& owners,
                         ObjectStore& objects)
    : database_(database),
      writer_(writer),
      owners_(owners),
      objects_(objects),
      find_(database, kFind),
      parts_(database, kParts),
      count_parts_(database, "SELECT count(*) FROM part WHERE upload = ?1"),
      list_(database, kList),
      find_in_job_(database, kFind),
      parts_in_job_(database, kParts),
      insert_(database,
              "INSERT INTO upload (id, bucket, key, number, account, initiated_at_ms, headers,"
              " checksum_algorithm, checksum_type, attributes) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10"
              " WHERE EXISTS (SELECT 1 FROM bucket WHERE id = ?2)"),
      replaced_part_(database, "SELECT blob FROM part WHERE upload = ?1 AND number = ?2"),
      put_part_(database,
                "INSERT OR REPLACE INTO part (upload, number, size, etag, modified_at_ms, checksum, blob)"
                " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7"
                " WHERE EXISTS (SELECT 1 FROM upload WHERE id = ?1 AND completed = 0)"),
      abort_(database, "DELETE FROM upload WHERE id = ?1 AND bucket = ?2 AND key = ?3 AND completed = 0"),
      drop_part_(database, "DELETE FROM part WHERE upload = ?1 AND number = ?2"),
      complete_(database, "UPDATE upload SET completed = 1 WHERE id = ?1") {}

runtime::Task<void> UploadStore::Create(const Bucket& bucket, Upload& upload) {
  const auto create = [&] {
    upload.number = objects_.NextNumberInJob();
    upload.id = NewUploadId(upload.number);
    std::optional<int> algorithm;
    if (upload.checksum.asked) algorithm = static_cast<int>(upload.checksum.algorithm);
    const std::int64_t inserted = insert_.Run(
        upload.id, bucket.id, upload.key, upload.number, upload.account, upload.initiated, upload.headers,
        algorithm, static_cast<int>(upload.checksum.type), EncodeAttributes(upload.attributes));
    if (inserted == 0) throw NoSuchBucket(bucket.name);
  };
  co_await writer_.Run(create);
}

std::optional<Upload> UploadStore::FindAny(const Bucket& bucket, std::string_view key,
                                           std::string_view id) const {
  auto row = find_.Query(id, bucket.id, key);
  if (!row.Next()) return std::nullopt;
  return ReadUpload(row);
}

Upload UploadStore::Find(const Bucket& bucket, std::string_view key, std::string_view id) const {
  std::optional<Upload> upload = FindAny(bucket, key, id);
  if (!upload || upload->completed) throw NoSuchUpload(id);
  return *std::move(upload);
}

runtime::Task<Blobs> UploadStore::PutPart(std::string_view upload_id, const Part& part, PartFile file) {
  const auto put = [&] {
    Blobs dropped;
    if (file == PartFile::kShared && !owners_.HasBlobInJob(part.blob)) throw SourceGone{};
    const auto replaced = replaced_part_.Scalar<std::string>(upload_id, part.number);
    const std::int64_t changed =
        put_part_.Run(upload_id, part.number, part.size, part.etag, part.modified, part.checksum, part.blob);
    if (changed == 0) throw NoSuchUpload(upload_id);
    if (replaced) owners_.ReleaseBlobInJob(*replaced, dropped);
    return dropped;
  };
  Blobs dropped = co_await writer_.Run(put);
  co_return dropped;
}

std::vector<Part> UploadStore::Parts(std::string_view upload_id, std::int32_t after, std::int32_t max) const {
  return ReadParts(parts_.Query(upload_id, after, max));
}

std::int64_t UploadStore::CountParts(std::string_view upload_id) const {
  return count_parts_.Scalar<std::int64_t>(upload_id).value_or(0);
}

runtime::Task<Blobs> UploadStore::Abort(const Bucket& bucket, std::string_view key,
                                        std::string_view upload_id) {
  const auto abort = [&] {
    if (abort_.Run(upload_id, bucket.id, key) == 0) throw NoSuchUpload(upload_id);
    Blobs dropped;
    owners_.DropPartsInJob(upload_id, dropped);
    return dropped;
  };
  Blobs dropped = co_await writer_.Run(abort, storage::Room::kMakes);
  co_return dropped;
}

runtime::Task<UploadStore::Completed> UploadStore::Complete(const Bucket& bucket,
                                                            const CompleteRequest& request,
                                                            Followers* followers) {
  const auto complete = [&] { return CompleteInJob(bucket, request, followers); };
  Completed completed = co_await writer_.Run(complete);
  co_return completed;
}

UploadStore::Completed UploadStore::CompleteInJob(const Bucket& bucket, const CompleteRequest& request,
                                                  Followers* followers) {
  auto row = find_in_job_.Query(request.upload_id, bucket.id, request.key);
  if (!row.Next()) throw NoSuchUpload(request.upload_id);
  const Upload upload = ReadUpload(row);
  if (upload.completed) {
    // Repeated after an answer that was lost: the object that the upload made is still there.
    std::optional<Object> made = objects_.FindOfUploadInJob(bucket.id, request.key, upload.id);
    if (!made) throw NoSuchUpload(request.upload_id);
    return {*std::move(made), {}};
  }
  const std::optional<Object> current = objects_.FindInJob(bucket.id, request.key);
  const std::vector<Part> uploaded = ReadParts(parts_in_job_.Query(upload.id, 0, kMaxPartNumber));
  const Completion completion = CompleteParts(request.parts, uploaded, upload.checksum);
  CheckWhole(completion, request);
  CheckConditions(request.conditions, current, upload);

  Completed completed;
  std::size_t kept = 0;
  for (const Part& part : uploaded) {
    if (kept < completion.parts.size() && completion.parts[kept].number == part.number) {
      ++kept;
    } else {
      drop_part_.Run(upload.id, part.number);
      owners_.ReleaseBlobInJob(part.blob, completed.dropped);
    }
  }
  complete_.Run(upload.id);
  completed.object.size = completion.size;
  completed.object.etag = completion.etag;
  // "For multipart uploads, the object creation date is the date of initiation" (System-defined metadata).
  completed.object.modified = upload.initiated;
  completed.object.checksum = completion.checksum;
  completed.object.headers = upload.headers;
  completed.object.attributes = upload.attributes;
  completed.object.upload = upload.id;
  if (followers != nullptr) followers->BeforeStoreInJob(upload.key, completed.object);
  objects_.AddInJob(bucket, upload.key, completed.object, {}, completed.dropped);
  if (followers != nullptr) followers->StoredInJob(upload.key, completed.object);
  return completed;
}

UploadPage UploadStore::List(const Bucket& bucket, ListWalk& walk, std::string_view after_key,
                             std::string_view after_id) const {
  const storage::ReadTransaction one_state(database_);
  UploadPage page;
  std::string from = walk.from();
  std::string from_id(from == after_key ? after_id : "");
  for (bool more = true; more;) {
    more = false;
    for (auto rows = list_.Query(bucket.id, from, from_id); rows.Next();) {
      const std::string_view key = rows.Text(1);
      const ListWalk::Step step = walk.Offer(key);
      if (step == ListWalk::Step::kEnd) return page;
      if (step == ListWalk::Step::kPrefix) {
        page.common_prefixes.emplace_back(walk.common_prefix());
        from = walk.from();
        from_id.clear();
        more = true;
        break;
      }
      page.uploads.push_back(ReadUpload(rows));
    }
  }
  return page;
}

}  // namespace cumulite::s3
