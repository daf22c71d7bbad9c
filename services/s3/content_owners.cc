#include "services/s3/content_owners.h"

namespace cumulite::s3 {

ContentOwners::ContentOwners(storage::Database& database)
    : blob_owner_(database,
                  "SELECT 1 WHERE EXISTS (SELECT 1 FROM object WHERE blob = ?1)"
                  " OR EXISTS (SELECT 1 FROM part WHERE blob = ?1)"),
      parts_owner_(database, "SELECT 1 FROM object WHERE upload = ?1 LIMIT 1"),
      drop_parts_(database, "DELETE FROM part WHERE upload = ?1 RETURNING blob"),
      drop_upload_(database, "DELETE FROM upload WHERE id = ?1") {}

void ContentOwners::ReleaseBlobInJob(std::string_view blob, Blobs& dropped) {
  if (!HasBlobInJob(blob)) dropped.emplace_back(blob);
}

void ContentOwners::ReleasePartsInJob(std::string_view upload, Blobs& dropped) {
  if (HasPartsInJob(upload)) return;
  DropPartsInJob(upload, dropped);
  drop_upload_.Run(upload);
}

void ContentOwners::DropPartsInJob(std::string_view upload, Blobs& dropped) {
  Blobs blobs;
  for (auto parts = drop_parts_.Query(upload); parts.Next();) blobs.emplace_back(parts.Text(0));
  for (const std::string& blob : blobs) ReleaseBlobInJob(blob, dropped);
}

bool ContentOwners::HasBlobInJob(std::string_view blob) {
  return blob_owner_.Scalar<std::int64_t>(blob).has_value();
}

bool ContentOwners::HasPartsInJob(std::string_view upload) {
  return parts_owner_.Scalar<std::int64_t>(upload).has_value();
}

}  // namespace cumulite::s3
