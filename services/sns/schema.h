#pragma once
#include <span>

#include "services/storage/database.h"

namespace cumulite::sns {

/// The tables of sns.db. Append only.
std::span<const storage::Migration> Migrations();

}  // namespace cumulite::sns
