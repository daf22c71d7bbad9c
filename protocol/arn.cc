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

std::string_view PartitionOf(std::string_view region) {
  if (region.starts_with("cn-")) return "aws-cn";
  return region.starts_with("us-gov-") ? "aws-us-gov" : "aws";
}

namespace {

std::string Join(std::initializer_list<std::string_view> fields) {
  std::size_t size = 0;
  for (const std::string_view field : fields) size += field.size() + 1;
  std::string text;
  text.reserve(size);
  for (const std::string_view field : fields) {
    if (!text.empty()) text += ':';
    text += field;
  }
  return text;
}

}  // namespace

std::string FormatArn(std::string_view service, std::string_view region, std::string_view account,
                      std::string_view resource) {
  return Join({"arn", PartitionOf(region), service, region, account, resource});
}

std::string FormatGlobalArn(std::string_view partition, std::string_view service, std::string_view account,
                            std::string_view resource) {
  return Join({"arn", partition, service, {}, account, resource});
}

}  // namespace cumulite::protocol
