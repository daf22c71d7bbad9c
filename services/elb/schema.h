#pragma once
#include <span>

#include "services/storage/database.h"

namespace cumulite::elb {

std::span<const storage::Migration> Migrations();

}  // namespace cumulite::elb
