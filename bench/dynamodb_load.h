#pragma once
#include <memory>

#include "bench/scenario.h"

namespace cumulite::bench {

/// What a DynamoDB scenario does again and again to items of about `body_size` bytes.
enum class DynamoDbLoad : unsigned char {
  kGet,
  kPut,
  kUpdate,
  kQuery,
  kDelete,
  kTransact,
  kBatchWrite,
  kScan
};

/// Of a table that is filled with `backlog` items first.
std::unique_ptr<Scenario> MakeDynamoDbLoad(const ScenarioOptions& options, DynamoDbLoad load);

}  // namespace cumulite::bench
