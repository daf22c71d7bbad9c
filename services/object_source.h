#pragma once
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "protocol/context.h"
#include "protocol/http.h"
#include "runtime/task.h"

namespace cumulite::services {

/// For whom a service looks into buckets: judged as if that caller had asked S3 itself.
struct BucketReader {
  protocol::Identity identity;
  bool strict = false;     // the policies of buckets are evaluated
  std::string owner = {};  // the bucket must be this account's; empty: whose it is does not matter
};

/// How services read objects piece by piece without knowing S3: imports. Small ones are read by
/// ObjectDelivery. See services/peers.h.
class ObjectSource {
 public:
  enum class Outcome : std::uint8_t {
    kDone,
    kNoBucket,
    kNoObject,
    kDenied,    // policy, ACL or ownership forbid it
    kRejected,  // S3 would not answer this: a bad name, an object under a customer's key
    kFailed,    // for now
  };

  struct Entry {
    std::string key;
    std::uint64_t size = 0;
  };
  struct Listing {
    Outcome outcome = Outcome::kFailed;
    std::vector<Entry> objects;  // in the order of their keys
    bool more = false;           // others follow the last one
  };
  struct Opened {
    Outcome outcome = Outcome::kFailed;
    std::unique_ptr<protocol::BodySource> bytes;  // read on the loop that opened it; outlived by the world
    std::uint64_t size = 0;
  };

  virtual ~ObjectSource() = default;
  // Thread: an I/O thread; none of them throws.
  /// Up to 1000 keys that begin with `prefix`, behind the key `after`.
  virtual runtime::Task<Listing> ListObjects(BucketReader reader, std::string bucket, std::string prefix,
                                             std::string after) = 0;
  virtual runtime::Task<Opened> OpenObject(BucketReader reader, std::string bucket, std::string key) = 0;
};

}  // namespace cumulite::services
