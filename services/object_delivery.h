#pragma once
#include <cstddef>
#include <optional>
#include <string>

#include "runtime/task.h"

namespace cumulite::services {

/// How services put objects into buckets and read them, without knowing S3: logs, exports, trust stores.
///
/// What S3 does with a request of the account it does here, too: versions, events, encryption, lifecycles.
class ObjectDelivery {
 public:
  struct Name {
    std::string account;  // on whose behalf
    std::string region;
    std::string bucket;
    std::string key;
    std::string version = {};  // Read: a version's id; empty: the latest
    std::string owner = {};    // the bucket must be this account's; empty: whose it is does not matter
  };
  enum class Outcome {
    kStored,    // durable
    kNoBucket,  // there is none of this name
    kRefused,   // S3 will not have it, now or later
    kFailed,    // for now
  };

  virtual ~ObjectDelivery() = default;
  /// Puts an object. Thread: an I/O thread; never throws.
  virtual runtime::Task<Outcome> Put(Name name, std::string bytes, std::string content_type) = 0;
  /// The bytes of an object; nothing when it cannot be read, or is longer than `limit`.
  /// Thread: an I/O thread; never throws.
  virtual runtime::Task<std::optional<std::string>> Read(Name name, std::size_t limit) = 0;
};

}  // namespace cumulite::services
