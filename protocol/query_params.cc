#include "protocol/query_params.h"

#include <algorithm>

#include "protocol/http.h"
#include "protocol/rpc_errors.h"
#include "protocol/utf8.h"

namespace cumulite::protocol {
namespace {

/// A full batch of ten SNS messages with ten attributes each takes 350.
constexpr std::size_t kMaxParameters = 10'000;

[[noreturn]] void Malformed(std::string_view why) {
  throw AwsError(kMalformedQueryString, "The query string is malformed: " + std::string(why));
}

/// Sorts '.' before everything else: "A", "A.1", "A.1.x", "A-b". What lies below a name stays together.
unsigned Rank(char c) { return c == '.' ? 0 : static_cast<unsigned char>(c) + 1U; }

bool Before(std::string_view a, std::string_view b) {
  const std::size_t common = std::min(a.size(), b.size());
  for (std::size_t i = 0; i < common; ++i) {
    if (a[i] != b[i]) return Rank(a[i]) < Rank(b[i]);
  }
  return a.size() < b.size();
}

/// Decodes one text to `out` and moves it behind what was written.
std::string_view Decode(std::string_view raw, char*& out) {
  const char* const start = out;
  out = PercentDecodeTo(raw, Plus::kSpace, out);
  if (out == nullptr) Malformed("'%' must be followed by two hexadecimal digits.");
  return {start, out};
}

bool IsAtOrBelow(std::string_view tail, std::string_view segment) {
  return tail.starts_with(segment) && (tail.size() == segment.size() || tail[segment.size()] == '.');
}

}  // namespace

QueryParams::QueryParams(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (const std::string_view part : parts) size += part.size();
  text_.resize(size);
  char* out = text_.data();
  for (std::string_view rest : parts) {
    while (!rest.empty()) {
      const std::size_t end = std::min(rest.find('&'), rest.size());
      const std::string_view pair = rest.substr(0, end);
      rest.remove_prefix(std::min(end + 1, rest.size()));
      if (pair.empty()) continue;
      if (fields_.size() == kMaxParameters) Malformed("too many parameters.");
      const std::size_t equals = std::min(pair.find('='), pair.size());
      const std::string_view name = Decode(pair.substr(0, equals), out);
      const std::string_view value = Decode(pair.substr(std::min(equals + 1, pair.size())), out);
      fields_.push_back({name, value});
    }
  }
  if (!IsUtf8({text_.data(), out})) Malformed("it is not UTF-8.");
  std::ranges::stable_sort(fields_, Before, &QueryField::name);
}

std::optional<std::string_view> QueryView::Value() const {
  if (empty() || fields_.front().name.size() != depth_) return std::nullopt;
  return fields_.front().value;
}

QueryView QueryView::Child(std::string_view segment) const {
  const std::size_t start = TailStart();
  const auto tail = [start](const QueryField& field) {
    return field.name.substr(std::min(start, field.name.size()));
  };
  const auto first = std::ranges::lower_bound(fields_, segment, Before, tail);
  const auto last = std::find_if_not(first, fields_.end(),
                                     [&](const QueryField& f) { return IsAtOrBelow(tail(f), segment); });
  return {{first, last}, start + segment.size()};
}

std::vector<QueryView::Entry> QueryView::Children() const {
  std::vector<Entry> children;
  const std::size_t start = TailStart();
  auto first = fields_.begin();
  while (first != fields_.end() && first->name.size() <= depth_) ++first;
  while (first != fields_.end()) {
    const std::string_view tail = first->name.substr(start);
    const std::string_view segment = tail.substr(0, tail.find('.'));
    const auto last = std::find_if_not(first, fields_.end(), [&](const QueryField& field) {
      return IsAtOrBelow(field.name.substr(start), segment);
    });
    children.push_back({segment, {{first, last}, start + segment.size()}});
    first = last;
  }
  return children;
}

}  // namespace cumulite::protocol
