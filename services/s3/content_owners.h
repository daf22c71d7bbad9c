#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "services/storage/statement.h"

namespace cumulite::s3 {

/// The ids of content files that nothing refers to any more.
using Blobs = std::vector<std::string>;

/// Objects share what they hold: a copy refers to the file, or to the parts, of its source. What one of them
/// lets go is given up when no other row refers to it.
/// Thread: the writer, inside a job.
class ContentOwners {
 public:
  explicit ContentOwners(storage::Database& database);

  /// An object or part that was this file's has gone. Adds the file to `dropped` if it was the last one.
  void ReleaseBlobInJob(std::string_view blob, Blobs& dropped);
  /// An object that consisted of the parts of `upload` has gone; the last one takes parts and upload along.
  void ReleasePartsInJob(std::string_view upload, Blobs& dropped);
  /// Deletes parts that no object consists of.
  void DropPartsInJob(std::string_view upload, Blobs& dropped);

  /// Whether the file, or the parts, are still there to be shared.
  bool HasBlobInJob(std::string_view blob);
  bool HasPartsInJob(std::string_view upload);

 private:
  storage::Statement blob_owner_;
  storage::Statement parts_owner_;
  storage::Statement drop_parts_;
  storage::Statement drop_upload_;
};

}  // namespace cumulite::s3
