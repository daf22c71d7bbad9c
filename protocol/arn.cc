#include "protocol/arn.h"

#include <algorithm>

namespace cumulite::protocol {
namespace {

constexpr std::string_view kSeparators = "/:";

/// Cuts the text up to the next ':' off its front; nullopt when there is none.
std::optional<std::string_view> TakeField(std::string_view& rest) {
  const std::size_t colon = rest.find(':');
  if (colon == std::string_view::npos) return std::nullopt;
  const std::string_view field = rest.substr(0, colon);
  rest.remove_prefix(colon + 1);
  return field;
}

}  // namespace

std::string_view Arn::ResourceId() const {
  const std::size_t at = resource.find_first_of(kSeparators);
  return at == std::string_view::npos ? resource : resource.substr(at + 1);
}

std::string_view Arn::ResourceType() const {
  const std::size_t at = resource.find_first_of(kSeparators);
  return at == std::string_view::npos ? std::string_view{} : resource.substr(0, at);
}

bool IsAccountId(std::string_view text) {
  return text.size() == 12 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::optional<Arn> ParseArn(std::string_view text) {
  std::string_view rest = text;
  const auto scheme = TakeField(rest);
  const auto partition = TakeField(rest);
  const auto service = TakeField(rest);
  const auto region = TakeField(rest);
  const auto account = TakeField(rest);
  if (!account || *scheme != "arn" || service->empty() || rest.empty()) return std::nullopt;
  if (*partition != "aws" && *partition != "aws-cn" && *partition != "aws-us-gov") return std::nullopt;
  // AWS's own policies have "aws" for the account: arn:aws:iam::aws:policy/ReadOnlyAccess.
  if (!account->empty() && *account != "aws" && !IsAccountId(*account)) return std::nullopt;
  return Arn{*partition, *service, *region, *account, rest};
}

std::string FormatArn(std::string_view service, std::string_view region, std::string_view account,
                      std::string_view resource) {
  constexpr std::string_view kPrefix = "arn:aws:";
  std::string arn;
  arn.reserve(kPrefix.size() + service.size() + region.size() + account.size() + resource.size() + 3);
  arn += kPrefix;
  for (const std::string_view field : {service, region, account}) {
    arn += field;
    arn += ':';
  }
  arn += resource;
  return arn;
}

}  // namespace cumulite::protocol
