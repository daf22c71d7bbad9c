#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace cumulite::protocol {

/// What AddPermission of SQS and SNS writes: `actions` on `resource` for whole accounts. One account or
/// action is text, several are a list.
struct PermissionStatement {
  std::string_view label;  // Sid
  std::span<const std::string> accounts;
  std::span<const std::string> actions;  // with the service's prefix: "SQS:SendMessage"
  std::string_view resource;
};

/// Whether a statement of the policy has that Sid.
bool HasStatement(std::string_view policy, std::string_view label);

/// The policy with one statement more. An empty policy becomes a document of Version 2008-10-17 with `id`.
std::string AddStatement(std::string_view policy, std::string_view id, const PermissionStatement& statement);

/// The policy without the statement of that Sid: empty with the last one; nullopt if there is none.
std::optional<std::string> RemoveStatement(std::string_view policy, std::string_view label);

/// The text without blanks between its tokens, or nullopt if it is not a JSON object.
std::optional<std::string> CompactJsonObject(std::string_view text);

}  // namespace cumulite::protocol
