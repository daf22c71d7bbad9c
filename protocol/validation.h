#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/members.h"
#include "protocol/rpc.h"

namespace cumulite::protocol {

/// Where a value stands inside a request: a chain of steps on the stack, spelt out for errors only.
struct Path {
  enum class Step : std::uint8_t { kMember, kIndex, kKey };

  const Path* parent = nullptr;
  Step step = Step::kMember;
  std::string_view name = {};        // of a member or key
  std::size_t index = 0;             // of a list's element, from 1
  std::string_view query_name = {};  // of a member

  static Path ToMember(const Path* parent, const Member& member) {
    return {parent, Step::kMember, member.name, 0, member.QueryName()};
  }
  static Path ToIndex(const Path* parent, std::size_t index) { return {parent, Step::kIndex, {}, index}; }
  static Path ToKey(const Path* parent, std::string_view key) { return {parent, Step::kKey, key, 0}; }
};

/// Which members of one struct a request carried: bit i for row i of its table.
using SeenMembers = std::uint64_t;
inline constexpr std::size_t kMaxMembers = 64;

/// Collects what a request breaks of its tables' constraints, and reports it once all of it is decoded: AWS
/// reports a wrong type anywhere before a wrong value.
///
/// Source: IAM and DynamoDB API references, "Common Errors": ValidationError.
class Validation {
 public:
  /// Checks one struct that has been decoded; `path` is null for the request itself.
  void Check(const void* object, Members members, SeenMembers seen, const Path* path);
  /// An element of a list or map that is null.
  void NullElement(const Member& member, const Path& path);
  /// What a leaf finds wrong inside itself; `below` goes on from its path, or is empty.
  void Add(const Member& member, const Path& path, std::string_view below, std::string value,
           std::string constraint);

  /// Errors: AwsError, in the model's own words (the first violation) or in those that most services share:
  /// "2 validation errors detected: Value 'x' at 'name' failed to satisfy constraint: Member must ...; ...".
  void ThrowIfBroken(const RpcModel& model);

 private:
  struct Violation {
    const Member* member;
    bool missing;
    std::size_t depth;  // the outer ones are reported first
    std::string wire_path;
    std::string model_path;
    std::string value;
    std::string constraint;
  };

  void CheckValue(const Member& member, const void* value, const Path& path);
  void AddMissing(const Member& member, const Path& path);
  void Keep(Violation violation);

  std::vector<Violation> violations_;
};

}  // namespace cumulite::protocol
