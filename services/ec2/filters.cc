#include "services/ec2/filters.h"

#include <charconv>

#include "services/resource/page_token.h"

namespace cumulite::ec2 {
namespace {

/// One step of a pattern: a literal, or one of the wildcards.
struct Step {
  enum class Kind : unsigned char { kLiteral, kOne, kAny } kind;
  char literal;
};

std::vector<Step> Read(std::string_view pattern) {
  std::vector<Step> steps;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size()) {
      steps.push_back({Step::Kind::kLiteral, pattern[++i]});
    } else if (c == '*') {
      steps.push_back({Step::Kind::kAny, c});
    } else {
      steps.push_back({c == '?' ? Step::Kind::kOne : Step::Kind::kLiteral, c});
    }
  }
  return steps;
}

}  // namespace

bool MatchesFilter(std::string_view pattern, std::string_view text) {
  const std::vector<Step> steps = Read(pattern);
  std::size_t step = 0;
  std::size_t at = 0;
  std::optional<std::size_t> star;  // the last '*', and where the text goes on behind it
  std::size_t retry = 0;
  while (at < text.size()) {
    const bool here = step < steps.size() && steps[step].kind != Step::Kind::kAny &&
                      (steps[step].kind == Step::Kind::kOne || steps[step].literal == text[at]);
    if (here) {
      ++step;
      ++at;
    } else if (step < steps.size() && steps[step].kind == Step::Kind::kAny) {
      star = step++;
      retry = at;
    } else if (star) {
      step = *star + 1;
      at = ++retry;
    } else {
      return false;
    }
  }
  while (step < steps.size() && steps[step].kind == Step::Kind::kAny) ++step;
  return step == steps.size();
}

bool Passes(const std::vector<Filter>& filters, const std::vector<Tag>& tags,
            const std::function<FilterValues(std::string_view name)>& values_of) {
  const auto tag_values = [&](std::string_view name) -> FilterValues {
    std::vector<std::string> values;
    const bool by_key = name.starts_with("tag:");
    if (!by_key && name != "tag-key" && name != "tag-value") return std::nullopt;
    for (const Tag& tag : tags) {
      if (by_key && tag.key != name.substr(4)) continue;
      values.push_back((name == "tag-key" ? tag.key : tag.value).value_or(""));
    }
    return values;
  };
  for (const Filter& filter : filters) {
    const std::string name = filter.name.value_or("");
    FilterValues values = tag_values(name);
    if (!values) values = values_of(name);
    if (!values) throw Invalid("The filter '" + name + "' is invalid");
    const auto wanted = [&](const std::string& value) {
      return std::ranges::any_of(filter.values,
                                 [&](const std::string& pattern) { return MatchesFilter(pattern, value); });
    };
    if (!std::ranges::any_of(*values, wanted)) return false;
  }
  return true;
}

FilterValues One(const std::optional<std::string>& member) {
  return member ? std::vector<std::string>{*member} : std::vector<std::string>();
}

FilterValues One(const std::optional<bool>& member) {
  return std::vector<std::string>{member.value_or(false) ? "true" : "false"};
}

std::vector<Tag> TagsFor(std::string_view type, const std::vector<TagSpecification>& specifications) {
  std::vector<Tag> tags;
  for (const TagSpecification& specification : specifications) {
    if (specification.resource_type != type) {
      throw Invalid("'" + specification.resource_type.value_or("") +
                    "' is not a valid taggable resource type for this operation.");
    }
    MergeTags(tags, specification.tags);
  }
  return tags;
}

void MergeTags(std::vector<Tag>& tags, const std::vector<Tag>& more) {
  for (const Tag& tag : more) {
    const auto found = std::ranges::find(tags, tag.key, &Tag::key);
    if (found != tags.end()) {
      found->value = tag.value.value_or("");
    } else {
      tags.push_back({tag.key.value_or(""), tag.value.value_or("")});
    }
  }
}

std::size_t PageStart(std::string_view list, const std::optional<std::string>& token) {
  if (!token || token->empty()) return 0;
  const auto place = resource::DecodePageToken(list, *token);
  std::size_t start = 0;
  if (place) {
    const auto read = std::from_chars(place->data(), place->data() + place->size(), start);
    if (read.ec == std::errc{} && read.ptr == place->data() + place->size()) return start;
  }
  throw Invalid("Invalid value '" + *token + "' for nextToken");
}

std::string PageToken(std::string_view list, std::size_t start) {
  return resource::EncodePageToken(list, std::to_string(start));
}

}  // namespace cumulite::ec2
