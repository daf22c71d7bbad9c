#include "protocol/query_codec.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <utility>

#include "base/time_text.h"
#include "protocol/base64.h"
#include "protocol/rpc_errors.h"
#include "protocol/rpc_protocol.h"
#include "protocol/validation.h"

namespace cumulite::protocol {
namespace {

[[noreturn]] void Malformed(std::string message) { throw AwsError(kSerialization, std::move(message)); }

[[noreturn]] void NotA(std::string_view text, std::string_view what) {
  Malformed("'" + std::string(text) + "' is not a valid " + std::string(what));
}

bool IsDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

template <class Number>
Number ReadNumber(std::string_view text, std::string_view what) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number);
  if (result.ec != std::errc{} || result.ptr != end) NotA(text, what);
  return number;
}

double ReadDouble(std::string_view text) {
  const double number = ReadNumber<double>(text, "double");
  if (!std::isfinite(number)) NotA(text, "double");
  return number;
}

bool ReadBool(std::string_view text) {
  if (text == "true" || text == "True" || text == "TRUE" || text == "1") return true;
  if (text == "false" || text == "False" || text == "FALSE" || text == "0") return false;
  NotA(text, "boolean");
}

/// The numbered children of a list or map, in the order of their numbers.
std::vector<QueryView::Entry> Numbered(const QueryView& view) {
  struct Item {
    std::uint64_t index;
    QueryView::Entry entry;
  };
  std::vector<Item> items;
  for (const QueryView::Entry& entry : view.Children()) {
    constexpr std::size_t kMaxDigits = 18;
    if (!IsDigits(entry.segment) || entry.segment.size() > kMaxDigits) {
      Malformed("Unexpected list element termination");
    }
    items.push_back({ReadNumber<std::uint64_t>(entry.segment, "integer"), entry});
  }
  std::ranges::stable_sort(items, {}, &Item::index);
  std::vector<QueryView::Entry> sorted;
  sorted.reserve(items.size());
  for (const Item& item : items) sorted.push_back(item.entry);
  return sorted;
}

/// What holds the numbers: the parameter itself, or the level below it that every element of it must have.
QueryView Level(const Member& member, const QueryView& view, std::string_view level) {
  if (const auto text = view.Value(); text && !text->empty())
    Malformed("Unexpected list element termination");
  if (member.flattened) return view;
  for (const QueryView::Entry& entry : view.Children()) {
    if (IsDigits(entry.segment)) Malformed("Top level element may not be treated as a list");
    if (entry.segment != level) Malformed("Unexpected list element termination");
  }
  return view.Child(level);
}

/// The elements of a list. A flattened one's only element may do without its number: "AttributeName=All"
/// (SQS API Reference, the sample request of ReceiveMessage).
std::vector<QueryView::Entry> ListElements(const Member& member, const QueryView& view) {
  const auto text = view.Value();
  if (member.flattened && text && !text->empty() && !view.HasChildren()) return {{"1", view}};
  return Numbered(Level(member, view, member.item_name));
}

/// The same of a map: "Attribute.Name=DelaySeconds&Attribute.Value=5" (there, SetQueueAttributes).
std::vector<QueryView::Entry> MapEntries(const Member& member, const QueryView& view) {
  const bool numbered = view.HasChildren() && IsDigits(view.Children().front().segment);
  if (member.flattened && !numbered && !view.Child(member.key_name).empty()) return {{"1", view}};
  return Numbered(Level(member, view, "entry"));
}

/// "vpcId" to "VpcId", as requests of EC2 spell what its answers call vpcId.
std::string Capitalized(std::string_view name) {
  std::string text(name);
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 'a' + 'A');
  return text;
}

class QueryDecoder {
 public:
  QueryDecoder(Validation& validation, bool ec2) : validation_(validation), ec2_(ec2) {}

  void Struct(const QueryView& view, void* out, Members members, const Path* path) {
    SeenMembers seen = 0;
    for (std::size_t i = 0; i < members.size(); ++i) {
      const std::string_view name = members[i].QueryName();
      const QueryView child = ec2_ ? view.Child(Capitalized(name)) : view.Child(name);
      if (child.empty()) continue;
      const TypeInfo& type = *members[i].type;
      if (AbsentScalar(type, child)) continue;
      void* target = members[i].address(out);
      if (type.optional) target = type.engage(target);
      Value(members[i], type, child, target, Path::ToMember(path, members[i]));
      seen |= SeenMembers{1} << i;
    }
    validation_.Check(out, members, seen, path);
  }

 private:
  /// "DelaySeconds=": there is no empty number.
  static bool AbsentScalar(const TypeInfo& type, const QueryView& view) {
    const bool number = type.kind == Kind::kInt32 || type.kind == Kind::kInt64 ||
                        type.kind == Kind::kDouble || type.kind == Kind::kBool ||
                        type.kind == Kind::kTimestamp;
    return number && !view.HasChildren() && view.Value()->empty();
  }

  void Value(const Member& member, const TypeInfo& type, const QueryView& view, void* out, const Path& path) {
    switch (type.kind) {
      case Kind::kStruct:
        if (const auto text = view.Value(); text && !text->empty()) {
          Malformed("Unexpected complex element termination");
        }
        return Struct(view, out, type.describe(), &path);
      case Kind::kList:
        return List(member, type, view, out, path);
      case Kind::kMap:
        return Map(member, type, view, out, path);
      default:
        return Scalar(type, view, out);
    }
  }

  static void Scalar(const TypeInfo& type, const QueryView& view, void* out) {
    if (view.HasChildren()) {
      const std::string_view segment = view.Children().front().segment;
      Malformed(IsDigits(segment) || segment == "member"
                    ? "Start of list found where not expected"
                    : "Start of structure or map found where not expected");
    }
    const std::string_view text = view.Value().value_or(std::string_view{});
    switch (type.kind) {
      case Kind::kString:
        static_cast<std::string*>(out)->assign(text);
        return;
      case Kind::kInt32:
        *static_cast<std::int32_t*>(out) = ReadNumber<std::int32_t>(text, "integer");
        return;
      case Kind::kInt64:
        *static_cast<std::int64_t*>(out) = ReadNumber<std::int64_t>(text, "long");
        return;
      case Kind::kDouble:
        *static_cast<double*>(out) = ReadDouble(text);
        return;
      case Kind::kBool:
        *static_cast<bool*>(out) = ReadBool(text);
        return;
      case Kind::kTimestamp: {
        const auto time = base::ParseIso8601(text);
        if (!time) NotA(text, "timestamp");
        *static_cast<Timestamp*>(out) = {time->time_since_epoch().count()};
        return;
      }
      case Kind::kBlob: {
        auto bytes = Base64Decode(text);
        if (!bytes) NotA(text, "base64 text");
        static_cast<Blob*>(out)->bytes = std::move(*bytes);
        return;
      }
      default:
        throw std::logic_error("a type of the JSON protocol in a Query request");
    }
  }

  void List(const Member& member, const TypeInfo& type, const QueryView& view, void* out, const Path& path) {
    std::size_t position = 0;
    for (const QueryView::Entry& entry : ec2_ ? Numbered(view) : ListElements(member, view)) {
      Value(member, *type.element, entry.view, type.append(out), Path::ToIndex(&path, ++position));
    }
  }

  void Map(const Member& member, const TypeInfo& type, const QueryView& view, void* out, const Path& path) {
    for (const QueryView::Entry& entry : MapEntries(member, view)) {
      const auto key = entry.view.Child(member.key_name).Value();
      if (!key) Malformed("Unexpected complex element termination");
      const QueryView value = entry.view.Child(member.value_name);
      const Path here = Path::ToKey(&path, *key);
      if (value.empty()) {
        validation_.NullElement(member, here);
        continue;
      }
      const std::size_t before = type.size(out);
      void* target = type.insert(out, std::string(*key));
      if (type.size(out) == before) type.element->reset(target);
      Value(member, *type.element, value, target, here);
    }
  }

  Validation& validation_;
  const bool ec2_;
};

}  // namespace

void DecodeQuery(const QueryParams& params, const RpcModel& model, void* request, Members members) {
  Validation validation;
  QueryDecoder(validation, SpeaksEc2(model)).Struct(params.root(), request, members, nullptr);
  validation.ThrowIfBroken(model);
}

}  // namespace cumulite::protocol
