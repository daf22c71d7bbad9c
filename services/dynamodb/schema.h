#pragma once
#include <span>

#include "services/storage/database.h"

namespace cumulite::dynamodb {
std::span<const storage::Migration> Migrations();
}  // namespace cumulite::dynamodb
