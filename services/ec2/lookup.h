#pragma once
#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/ec2/ec2_store.h"
#include "services/ec2/errors.h"
#include "services/ec2/filters.h"

/// Finds what a request names, or refuses in EC2's words.
namespace cumulite::ec2 {

/// The refusal of an id that nothing of its kind has. `prefix`: "vpc", "subnet", as ids begin.
AwsError NotFound(std::string_view prefix, std::string_view id);

/// `queries`: store().committed() or, inside a job, current().
template <class R, class Queries>
R Open(const Queries& queries, const Owner& owner, std::string_view id) {
  auto record = queries.template Find<R>(owner, id);
  if (!record) throw NotFound(KindOf<R>::kPrefix, id);
  return std::move(*record);
}

/// What a Describe operation shows: all of the owner's, or those of ids, as far as they pass the filters.
/// Errors: ...NotFound for an id; InvalidParameterValue.
template <class R, class Queries, class FilterOf>
std::vector<R> Select(const Queries& queries, const Owner& owner, const std::vector<std::string>& ids,
                      const std::vector<Filter>& filters, std::vector<Tag> R::*tags, FilterOf filter_of) {
  std::vector<R> found;
  if (ids.empty()) {
    found = queries.template All<R>(owner);
  } else {
    for (const std::string& id : ids) found.push_back(Open<R>(queries, owner, id));
  }
  std::erase_if(found, [&](const R& record) {
    return !Passes(filters, record.*tags, [&](std::string_view name) { return filter_of(record, name); });
  });
  return found;
}

}  // namespace cumulite::ec2
