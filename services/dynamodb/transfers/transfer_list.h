#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/context.h"
#include "services/dynamodb/transfers/transfer_store.h"

namespace cumulite::dynamodb {
class DynamoDbService;

/// How long the ClientToken of an export or import is remembered.
constexpr std::int64_t kClientTokenMs = 8LL * 60 * 60 * 1000;

/// What ListExports and ListImports ask for.
struct TransferListRequest {
  std::string_view kind;  // "export"
  std::string_view list;  // "ListExports": whose tokens these are
  const std::optional<std::string>& table_arn;
  std::optional<std::int32_t> max;
  const std::optional<std::string>& next_token;
};

struct TransferList {
  std::vector<Transfer> transfers;  // the latest first
  std::optional<std::string> next_token;
};

/// A page of the caller's transfers. Errors: ValidationException; AccessDeniedException. Thread: any.
TransferList ListTransfers(DynamoDbService& dynamodb, const protocol::RequestContext& context,
                           const TransferListRequest& request);

}  // namespace cumulite::dynamodb
