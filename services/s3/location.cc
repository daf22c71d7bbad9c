#include "services/s3/location.h"

#include "base/regions.h"
#include "services/s3/errors.h"

namespace cumulite::s3 {
namespace {
constexpr std::string_view kDefaultRegion = "us-east-1";
}

Location ChooseLocation(std::string_view endpoint, const std::optional<std::string>& constraint) {
  const std::string wanted = constraint.value_or("");
  // What is no region ("US", as s3cmd signs until it is told better) means the one without a name.
  if (!base::IsRegion(endpoint)) endpoint = kDefaultRegion;
  if (endpoint == kDefaultRegion) {
    if (!constraint) return {std::string(kDefaultRegion), ""};
    if (wanted == "EU") return {"eu-west-1", wanted};  // the name of old
    if (wanted != kDefaultRegion && base::IsRegion(wanted)) return {wanted, wanted};
    throw AwsError(kInvalidLocationConstraint, "The specified location-constraint is not valid")
        .With("LocationConstraint", wanted);
  }
  if (wanted == endpoint) return {wanted, wanted};
  throw AwsError(kIllegalLocationConstraintException,
                 "The " + (constraint ? wanted : "unspecified") +
                     " location constraint is incompatible for the region specific endpoint this request was "
                     "sent to.");
}

}  // namespace cumulite::s3
