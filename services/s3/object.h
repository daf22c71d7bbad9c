#pragma once
#include <cstdint>
#include <string>

#include "base/clock.h"
#include "services/s3/conditions.h"
#include "services/s3/object_attributes.h"
#include "services/s3/object_checksum.h"

namespace cumulite::s3 {

/// One version of an object, without its bytes, or a delete marker.
struct Object {
  std::int64_t number = 0;  // grows with every version that is written
  std::string version_id;   // "null" or 32 characters, see version_id.h
  bool delete_marker = false;
  std::uint64_t size = 0;
  std::string etag;  // without quotes
  base::TimePoint modified;
  ObjectChecksum checksum;
  std::string headers;  // header lines, see object_headers.h
  ObjectAttributes attributes;
  std::string blob;    // the content file, or
  std::string upload;  // the multipart upload whose parts are the content, or neither: small contents

  ObjectState state() const { return {etag, modified}; }
  bool is_inline() const { return blob.empty() && upload.empty(); }
};

/// The same with the bytes of small contents, as they are stored.
struct ObjectWithBytes : Object {
  std::string bytes;
};

}  // namespace cumulite::s3
