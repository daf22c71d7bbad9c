#pragma once
#include <algorithm>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "services/ec2/errors.h"
#include "services/ec2/shapes.h"

/// Filters of Describe operations, tags at creation, pages.
namespace cumulite::ec2 {

/// What a resource has under the name of a filter; nothing for a name that its operation does not know.
using FilterValues = std::optional<std::vector<std::string>>;

/// Whether a text matches a filter's value: '*' stands for any characters, '?' for one, '\' takes their
/// meaning from them. At most as many steps as both lengths multiplied.
bool MatchesFilter(std::string_view pattern, std::string_view text);

/// Whether a resource with these tags passes all filters: each by one of its values. tag:KEY, tag-key and
/// tag-value are known for every resource.
/// Errors: InvalidParameterValue for a filter that `values_of` does not know.
bool Passes(const std::vector<Filter>& filters, const std::vector<Tag>& tags,
            const std::function<FilterValues(std::string_view name)>& values_of);

/// The one value of a filter that compares with a member; none where that is absent.
FilterValues One(const std::optional<std::string>& member);
FilterValues One(const std::optional<bool>& member);

/// The tags that a request gives to a new resource of that type ("vpc").
std::vector<Tag> TagsFor(std::string_view type, const std::vector<TagSpecification>& specifications);
/// A key that is there gets the new value.
void MergeTags(std::vector<Tag>& tags, const std::vector<Tag>& more);

/// Where a page begins; tokens name their list. Errors: InvalidParameterValue.
std::size_t PageStart(std::string_view list, const std::optional<std::string>& token);
std::string PageToken(std::string_view list, std::size_t start);

/// Keeps of a list the page that a request wants; gives the token of the next.
/// Errors: InvalidParameterValue for a token that is none of `list`.
template <class T>
std::optional<std::string> CutPage(std::string_view list, std::vector<T>& items,
                                   const std::optional<std::int32_t>& max_results,
                                   const std::optional<std::string>& token) {
  const std::size_t start = std::min(PageStart(list, token), items.size());
  items.erase(items.begin(), items.begin() + static_cast<std::ptrdiff_t>(start));
  if (!max_results || *max_results < 1 || items.size() <= static_cast<std::size_t>(*max_results)) {
    return std::nullopt;
  }
  items.erase(items.begin() + *max_results, items.end());
  return PageToken(list, start + static_cast<std::size_t>(*max_results));
}

}  // namespace cumulite::ec2
