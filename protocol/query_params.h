#pragma once
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cumulite::protocol {

struct QueryField {
  std::string_view name;   // decoded: "Entries.1.Id"
  std::string_view value;  // decoded
};

/// A part of the parameters that share the start of their names, seen as a tree: "Entries" holds "1", which
/// holds "Id". Finding a child costs a binary search.
class QueryView {
 public:
  /// The parameter of exactly this name, if there is one; the first, should it come twice.
  std::optional<std::string_view> Value() const;
  /// True when neither the name itself nor anything below it was sent.
  bool empty() const { return fields_.empty(); }
  bool HasChildren() const { return !empty() && fields_.back().name.size() > depth_; }
  QueryView Child(std::string_view segment) const;

  struct Entry;
  /// Every child once, in the order of QueryParams (not that of numbers).
  std::vector<Entry> Children() const;

 private:
  friend class QueryParams;
  QueryView(std::span<const QueryField> fields, std::size_t depth) : fields_(fields), depth_(depth) {}
  std::size_t TailStart() const { return depth_ == 0 ? 0 : depth_ + 1; }

  std::span<const QueryField> fields_;
  std::size_t depth_ = 0;  // length of the common start, without its dot
};

struct QueryView::Entry {
  std::string_view segment;
  QueryView view;
};

/// The parameters of one Query request, decoded into one buffer and sorted so that all that lies below a
/// name stands together.
class QueryParams {
 public:
  /// `parts`: the URL's query and the form body. Errors: MalformedQueryString for a bad %-escape, bytes that
  /// are not UTF-8 or more parameters than any request of AWS has.
  explicit QueryParams(std::initializer_list<std::string_view> parts);
  QueryParams(const QueryParams&) = delete;
  QueryParams& operator=(const QueryParams&) = delete;

  QueryView root() const { return {fields_, 0}; }

 private:
  std::string text_;  // fields_ view it
  std::vector<QueryField> fields_;
};

}  // namespace cumulite::protocol
