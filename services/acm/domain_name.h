#pragma once
#include <string_view>

#include "protocol/members.h"

namespace cumulite::acm {

/// Whether all of the text is a name with two labels at least, the first of them perhaps "*".
bool IsDomainName(std::string_view text);

/// DomainNameString of the model.
inline constexpr protocol::Limits kDomainName = protocol::Limits{}.Length(1, 253).Pattern(
    R"(^(\*\.)?(((?!-)[A-Za-z0-9-]{0,62}[A-Za-z0-9])\.)+((?!-)[A-Za-z0-9-]{1,62}[A-Za-z0-9])$)",
    &IsDomainName);

}  // namespace cumulite::acm
