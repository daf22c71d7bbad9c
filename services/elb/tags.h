#pragma once
#include <string>
#include <vector>

#include "services/elb/shapes.h"

namespace cumulite::elb {

/// Errors: DuplicateTagKeys for a key given twice; ValidationError for what AWS keeps to itself ("aws:").
void CheckTags(const std::vector<Tag>& tags);

/// Adds tags behind those that are there; a key that is there gets the new value in its place.
/// Errors: TooManyTags beyond 50.
void MergeTags(std::vector<Tag>& tags, const std::vector<Tag>& more);
void DropTags(std::vector<Tag>& tags, const std::vector<std::string>& keys);

}  // namespace cumulite::elb
