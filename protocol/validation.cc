#include "protocol/validation.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "protocol/rpc_errors.h"
#include "protocol/utf8.h"

namespace cumulite::protocol {
namespace {

constexpr std::size_t kMaxReported = 10;  // DynamoDB reports no more

std::size_t Depth(const Path& path) { return path.parent == nullptr ? 1 : 1 + Depth(*path.parent); }

/// As SQS names it in either protocol: "QueueUrl", but "DeleteMessageBatchRequestEntry.1.Id".
std::string WirePath(const Path& path) {
  if (path.step != Path::Step::kIndex) {
    return path.parent == nullptr ? std::string(path.name)
                                  : WirePath(*path.parent) + "." + std::string(path.name);
  }
  const Path& list = *path.parent;
  const std::string name = list.parent == nullptr ? std::string(list.query_name) : WirePath(list);
  return name + "." + std::to_string(path.index);
}

/// As AWS's validator names it: "entries.1.member.id", "tags.key.member".
std::string ModelPath(const Path& path) {
  std::string text = path.parent == nullptr ? std::string{} : ModelPath(*path.parent) + ".";
  if (path.step == Path::Step::kIndex) return text + std::to_string(path.index) + ".member";
  std::string name(path.name);
  if (path.step == Path::Step::kKey) return text + name + ".member";
  if (!name.empty() && name[0] >= 'A' && name[0] <= 'Z') name[0] = static_cast<char>(name[0] | 0x20);
  return text + name;
}

template <class T>
const T& As(const void* value) {
  return *static_cast<const T*>(value);
}

/// What Range bounds: a number itself, a text's or container's size.
std::optional<std::int64_t> Measure(const TypeInfo& type, const void* value) {
  switch (type.kind) {
    case Kind::kInt32:
      return As<std::int32_t>(value);
    case Kind::kInt64:
      return As<std::int64_t>(value);
    case Kind::kString:
      return static_cast<std::int64_t>(CountCodePoints(As<std::string>(value)));
    case Kind::kBlob:
      return static_cast<std::int64_t>(As<Blob>(value).bytes.size());
    case Kind::kList:
    case Kind::kMap:
      return static_cast<std::int64_t>(type.size(value));
    default:
      return std::nullopt;
  }
}

bool IsNumber(Kind kind) { return kind == Kind::kInt32 || kind == Kind::kInt64 || kind == Kind::kDouble; }

std::string Show(const TypeInfo& type, const void* value);

std::string ShowList(const TypeInfo& type, const void* list) {
  std::string text = "[";
  for (std::size_t i = 0; i < type.size(list); ++i) {
    if (i > 0) text += ", ";
    text += Show(*type.element, type.at(list, i));
  }
  return text + "]";
}

std::string ShowMap(const TypeInfo& type, const void* map) {
  struct State {
    const TypeInfo& element;
    std::string text;
  } state{*type.element, "{"};
  type.each(map, &state, [](void* opaque, const std::string& key, const void* value) {
    auto& [element, text] = *static_cast<State*>(opaque);
    if (text.size() > 1) text += ", ";
    text += key + "=" + Show(element, value);
  });
  return state.text + "}";
}

/// A value as AWS's messages print it: Java's toString.
std::string Show(const TypeInfo& type, const void* value) {
  switch (type.kind) {
    case Kind::kString:
      return As<std::string>(value);
    case Kind::kInt32:
      return std::to_string(As<std::int32_t>(value));
    case Kind::kInt64:
      return std::to_string(As<std::int64_t>(value));
    case Kind::kBool:
      return As<bool>(value) ? "true" : "false";
    case Kind::kBlob: {
      const std::string size = std::to_string(As<Blob>(value).bytes.size());
      return "java.nio.HeapByteBuffer[pos=0 lim=" + size + " cap=" + size + "]";
    }
    case Kind::kList:
      return ShowList(type, value);
    case Kind::kMap:
      return ShowMap(type, value);
    default:
      return {};
  }
}

std::string RangeConstraint(const Member& member, bool too_small) {
  return std::string("Member must have ") + (IsNumber(member.type->kind) ? "value" : "length") +
         (too_small ? " greater" : " less") + " than or equal to " +
         std::to_string(too_small ? member.min : member.max);
}

std::string EnumConstraint(const Member& member) {
  std::string text = "Member must satisfy enum value set: [";
  for (std::size_t i = 0; i < member.values.size(); ++i) {
    if (i > 0) text += ", ";
    text += member.values[i];
  }
  return text + "]";
}

/// What is wrong with one text under the member's enum and pattern, if anything is.
std::optional<std::string> BrokenTextConstraint(const Member& member, std::string_view text) {
  if (!member.values.empty() && std::ranges::find(member.values, text) == member.values.end()) {
    return EnumConstraint(member);
  }
  if (member.matches != nullptr && !member.matches(text)) {
    return "Member must satisfy regular expression pattern: " + std::string(member.pattern);
  }
  return std::nullopt;
}

}  // namespace

void Validation::Check(const void* object, Members members, SeenMembers seen, const Path* path) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Member& member = members[i];
    if ((seen >> i & 1) == 0) {
      if (member.required) AddMissing(member, Path::ToMember(path, member));
    } else if (member.has_range || !member.values.empty() || member.matches != nullptr) {
      const void* value = member.const_address(object);
      if (member.type->optional) value = member.type->peek(value);
      CheckValue(member, value, Path::ToMember(path, member));
    }
  }
}

void Validation::CheckValue(const Member& member, const void* value, const Path& path) {
  const TypeInfo& type = *member.type;
  if (const auto size = member.has_range ? Measure(type, value) : std::nullopt) {
    if (*size < member.min) Add(member, path, Show(type, value), RangeConstraint(member, true));
    if (*size > member.max) Add(member, path, Show(type, value), RangeConstraint(member, false));
  }
  if (type.kind == Kind::kString) {
    if (auto broken = BrokenTextConstraint(member, As<std::string>(value))) {
      Add(member, path, As<std::string>(value), std::move(*broken));
    }
  } else if (type.kind == Kind::kList && type.element->kind == Kind::kString) {
    for (std::size_t i = 0; i < type.size(value); ++i) {
      if (auto broken = BrokenTextConstraint(member, As<std::string>(type.at(value, i)))) {
        Add(member, path, Show(type, value), "Member must satisfy constraint: [" + *broken + "]");
        return;
      }
    }
  }
}

void Validation::NullElement(const Member& member, const Path& path) { AddMissing(member, path); }

void Validation::AddMissing(const Member& member, const Path& path) {
  Keep({.member = &member,
        .missing = true,
        .depth = Depth(path),
        .wire_path = WirePath(path),
        .model_path = ModelPath(path),
        .value = {},
        .constraint = "Member must not be null"});
}

void Validation::Add(const Member& member, const Path& path, std::string value, std::string constraint) {
  Keep({.member = &member,
        .missing = false,
        .depth = Depth(path),
        .wire_path = WirePath(path),
        .model_path = ModelPath(path),
        .value = std::move(value),
        .constraint = std::move(constraint)});
}

void Validation::Keep(Violation violation) {
  violations_.push_back(std::move(violation));
  // A list of a million broken elements must not cost a million texts.
  if (violations_.size() > 4 * kMaxReported) {
    std::ranges::stable_sort(violations_, {}, &Violation::depth);
    violations_.resize(kMaxReported);
  }
}

void Validation::ThrowIfBroken(const RpcModel& model) {
  if (violations_.empty()) return;
  std::ranges::stable_sort(violations_, {}, &Violation::depth);
  const Violation& first = violations_.front();
  if (first.missing && model.missing != nullptr) model.missing(*first.member, first.wire_path);
  if (!first.missing && model.invalid != nullptr) model.invalid(*first.member, first.wire_path, first.value);

  const std::size_t count = std::min(violations_.size(), kMaxReported);
  std::string message =
      std::to_string(count) + (count == 1 ? " validation error detected: " : " validation errors detected: ");
  for (std::size_t i = 0; i < count; ++i) {
    const Violation& violation = violations_[i];
    if (i > 0) message += "; ";
    message += violation.missing ? "Value null" : "Value '" + violation.value + "'";
    message += " at '" + violation.model_path + "' failed to satisfy constraint: " + violation.constraint;
  }
  throw AwsError(kValidation, std::move(message));
}

}  // namespace cumulite::protocol
