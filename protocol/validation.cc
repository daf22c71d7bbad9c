#include "protocol/validation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>
#include <vector>

#include "protocol/pattern.h"
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

/// How a number, a text's length or a container's size stands to a range: below (-1), within (0), above (1).
int Compare(const TypeInfo& type, const void* value, const Limits& limits) {
  const auto whole = [&](std::int64_t size) { return size < limits.min ? -1 : size > limits.max ? 1 : 0; };
  switch (type.kind) {
    case Kind::kInt32:
      return whole(As<std::int32_t>(value));
    case Kind::kInt64:
      return whole(As<std::int64_t>(value));
    case Kind::kDouble: {
      const double number = As<double>(value);
      return number < static_cast<double>(limits.min) ? -1 : number > static_cast<double>(limits.max) ? 1 : 0;
    }
    case Kind::kString:
      return whole(static_cast<std::int64_t>(CountCodePoints(As<std::string>(value))));
    case Kind::kBlob:
      return whole(static_cast<std::int64_t>(As<Blob>(value).bytes.size()));
    case Kind::kList:
    case Kind::kMap:
      return whole(static_cast<std::int64_t>(type.size(value)));
    default:
      return 0;
  }
}

bool IsNumber(Kind kind) { return kind == Kind::kInt32 || kind == Kind::kInt64 || kind == Kind::kDouble; }

std::string Show(const TypeInfo& type, const void* value);

std::string ShowDouble(double number) {
  std::array<char, 32> digits;
  char* const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  std::string text(digits.data(), end);
  if (text.find_first_of(".en") == std::string::npos) text += ".0";
  return text;
}

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
    case Kind::kDouble:
      return ShowDouble(As<double>(value));
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

std::string RangeConstraint(const Limits& limits, Kind kind, bool too_small) {
  return std::string("Member must have ") + (IsNumber(kind) ? "value" : "length") +
         (too_small ? " greater" : " less") + " than or equal to " +
         std::to_string(too_small ? limits.min : limits.max);
}

std::string EnumConstraint(const Limits& limits) {
  std::string text = "Member must satisfy enum value set: [";
  for (std::size_t i = 0; i < limits.values.size(); ++i) {
    if (i > 0) text += ", ";
    text += limits.values[i];
  }
  return text + "]";
}

std::string PatternConstraint(const Limits& limits) {
  return "Member must satisfy regular expression pattern: " + std::string(limits.pattern);
}

bool InEnum(const Limits& limits, std::string_view text) {
  return limits.values.empty() || std::ranges::find(limits.values, text) != limits.values.end();
}

bool FitsPattern(const Limits& limits, std::string_view text) {
  if (limits.matches != nullptr) return limits.matches(text);
  return limits.pattern.empty() || MatchesPattern(limits.pattern, text);
}

constexpr TypeInfo kKeyType{.kind = Kind::kString};

/// Whether an element or key, and all that it holds, is within its limits.
bool Fits(const TypeInfo& type, const void* value, const Limits& limits);

bool KeysFit(const TypeInfo& type, const void* map, const Limits& limits) {
  struct State {
    const Limits& limits;
    bool fit = true;
  } state{limits};
  type.each(map, &state, [](void* opaque, const std::string& key, const void*) {
    auto& [keys, fit] = *static_cast<State*>(opaque);
    fit = fit && Fits(kKeyType, &key, keys);
  });
  return state.fit;
}

bool ElementsFit(const TypeInfo& type, const void* container, const Limits& limits) {
  if (type.kind == Kind::kList) {
    for (std::size_t i = 0; i < type.size(container); ++i) {
      if (!Fits(*type.element, type.at(container, i), limits)) return false;
    }
    return true;
  }
  struct State {
    const TypeInfo& element;
    const Limits& limits;
    bool fit = true;
  } state{*type.element, limits};
  type.each(container, &state, [](void* opaque, const std::string&, const void* value) {
    auto& [element, elements, fit] = *static_cast<State*>(opaque);
    fit = fit && Fits(element, value, elements);
  });
  return state.fit;
}

bool Fits(const TypeInfo& type, const void* value, const Limits& limits) {
  if (limits.has_range && Compare(type, value, limits) != 0) return false;
  if (type.kind == Kind::kString) {
    return InEnum(limits, As<std::string>(value)) && FitsPattern(limits, As<std::string>(value));
  }
  if (limits.keys != nullptr && !KeysFit(type, value, *limits.keys)) return false;
  return limits.elements == nullptr || ElementsFit(type, value, *limits.elements);
}

/// All that an element has to satisfy, broken or not, which is how AWS reports a container's contents:
/// "[Member must have length less than or equal to 255, Member must have length greater than or equal to 3]".
std::string AllConstraints(const TypeInfo& type, const Limits& limits) {
  std::vector<std::string> all;
  if (limits.has_range && limits.max != kNoMaximum) all.push_back(RangeConstraint(limits, type.kind, false));
  if (limits.has_range && limits.min != kNoMinimum) all.push_back(RangeConstraint(limits, type.kind, true));
  if (!limits.values.empty()) all.push_back(EnumConstraint(limits));
  if (!limits.pattern.empty()) all.push_back(PatternConstraint(limits));
  if (limits.keys != nullptr) {
    all.push_back("Map keys must satisfy constraint: " + AllConstraints(kKeyType, *limits.keys));
  }
  if (limits.elements != nullptr) {
    all.push_back(std::string(type.kind == Kind::kMap ? "Map value" : "Member") +
                  " must satisfy constraint: " + AllConstraints(*type.element, *limits.elements));
  }
  std::string text = "[";
  for (std::size_t i = 0; i < all.size(); ++i) text += (i > 0 ? ", " : "") + all[i];
  return text + "]";
}

}  // namespace

void Validation::Check(const void* object, Members members, SeenMembers seen, const Path* path) {
  for (std::size_t i = 0; i < members.size(); ++i) {
    const Member& member = members[i];
    if ((seen >> i & 1) == 0) {
      if (member.required) AddMissing(member, Path::ToMember(path, member));
    } else if (member.Any()) {
      const void* value = member.const_address(object);
      if (member.type->optional) value = member.type->peek(value);
      CheckValue(member, value, Path::ToMember(path, member));
    }
  }
}

void Validation::CheckValue(const Member& member, const void* value, const Path& path) {
  const TypeInfo& type = *member.type;
  const auto add = [&](std::string constraint) {
    Add(member, path, {}, Show(type, value), std::move(constraint));
  };
  if (type.kind == Kind::kString) {
    const std::string& text = As<std::string>(value);
    if (!InEnum(member, text)) add(EnumConstraint(member));
    if (!FitsPattern(member, text)) add(PatternConstraint(member));
  }
  if (const int side = member.has_range ? Compare(type, value, member) : 0; side != 0) {
    add(RangeConstraint(member, type.kind, side < 0));
  }
  if (member.keys != nullptr && !KeysFit(type, value, *member.keys)) {
    add("Map keys must satisfy constraint: " + AllConstraints(kKeyType, *member.keys));
  }
  if (member.elements != nullptr && !ElementsFit(type, value, *member.elements)) {
    add(std::string(type.kind == Kind::kMap ? "Map value" : "Member") +
        " must satisfy constraint: " + AllConstraints(*type.element, *member.elements));
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

void Validation::Add(const Member& member, const Path& path, std::string_view below, std::string value,
                     std::string constraint) {
  Keep({.member = &member,
        .missing = false,
        .depth = Depth(path),
        .wire_path = WirePath(path).append(below),
        .model_path = ModelPath(path).append(below),
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
