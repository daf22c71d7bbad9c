#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/rpc.h"

namespace cumulite::test {

/// A place where our table knowingly differs from botocore's model.
struct ModelException {
  /// "SendMessage", "CreateQueueRequest.tags", "*.DryRun": an operation, or SHAPE.MEMBER; '*' is any shape.
  std::string_view place;
  std::string_view reason;
};

/// With kLimits also what requests' members may be: ranges, lengths, enums (in any order), patterns, and the
/// same of elements and keys.
enum class Compared : unsigned char { kShapes, kLimits };

/// Holds the tables of a service against the service model that python3-botocore ships: operations (each is
/// built or named as not built), members, required, types, and for Query models the names and shapes of
/// lists and maps on the wire. One line a difference; empty when all is well.
///
/// An exception that no longer excuses anything is reported too, so that the list stays true.
std::vector<std::string> CompareWithBotocore(const protocol::RpcModel& model,
                                             std::string_view botocore_service,
                                             std::string_view botocore_version,
                                             std::span<const ModelException> exceptions,
                                             Compared compared = Compared::kShapes);

/// A document of a REST-XML service: the shape that its table describes.
struct ModelDocument {
  std::string_view shape;  // "LifecycleConfiguration"
  protocol::Members members;
};

/// The same for the documents of S3 and its kin, as requests with their limits.
std::vector<std::string> CompareDocumentsWithBotocore(std::span<const ModelDocument> documents,
                                                      std::string_view botocore_service,
                                                      std::string_view botocore_version,
                                                      std::span<const ModelException> exceptions);

}  // namespace cumulite::test
