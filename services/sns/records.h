#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "services/sns/attribute_map.h"
#include "services/storage/statement.h"

namespace cumulite::sns {

/// What SNS keeps besides topics and subscriptions: each a set of attributes under a kind, an owner and an
/// id.
///
/// Thread: Find and List on any; the rest on the writer thread, inside a job.
class Records {
 public:
  explicit Records(storage::Database& database);

  // Kinds, with their owner and id.
  static constexpr std::string_view kApplication = "application";  // "account/region", ARN
  static constexpr std::string_view kEndpoint = "endpoint";        // the application's ARN, ARN
  static constexpr std::string_view kToken = "endpoint-token";     // the application's ARN, a device's token
  static constexpr std::string_view kSms = "sms";                  // "account/region", "attributes"
  static constexpr std::string_view kOptedOut = "opted-out";       // "account/region", number
  static constexpr std::string_view kSandbox = "sandbox";          // "account/region", number

  static constexpr std::string_view kUnsubscribed = "unsubscribed";  // the topic's ARN, token

  std::optional<AttributeMap> Find(std::string_view kind, std::string_view owner, std::string_view id) const;
  /// Up to `limit` of them behind `after`, by id.
  std::vector<std::pair<std::string, AttributeMap>> List(std::string_view kind, std::string_view owner,
                                                         std::string_view after, std::size_t limit) const;

  std::optional<AttributeMap> Load(std::string_view kind, std::string_view owner, std::string_view id);
  void Put(std::string_view kind, std::string_view owner, std::string_view id, const AttributeMap& content);
  /// False if there was none.
  bool Erase(std::string_view kind, std::string_view owner, std::string_view id);
  void EraseOwner(std::string_view kind, std::string_view owner);
  /// Everything of an account; of all when it is empty.
  void EraseAccount(std::string_view account);

 private:
  storage::ReadStatement find_;
  storage::ReadStatement list_;
  storage::Statement load_;
  storage::Statement put_;
  storage::Statement erase_;
  storage::Statement erase_owner_;
  storage::Statement erase_account_;
};

}  // namespace cumulite::sns
