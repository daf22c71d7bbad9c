#include "protocol/arn.h"
#include "services/s3/configuration/rules.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxIdCharacters = 64;

/// The id in the document is the one of the URL.
void CheckId(const Call& call, const std::string& id) {
  const std::string_view asked = call.Query("id").value_or(std::string_view{});
  if (asked.empty() || id != asked) {
    throw InvalidArgument("The ID in the request does not match the ID in the configuration", "id", asked);
  }
  const bool plain =
      id.size() <= kMaxIdCharacters &&
      id.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") ==
          std::string::npos;
  if (!plain) throw AwsError(kInvalidRequest, "Invalid ID specified");
}

void CheckDestination(const std::string& bucket_arn) {
  const auto arn = protocol::ParseArn(bucket_arn);
  if (arn && arn->service == "s3") return;
  throw AwsError(kInvalidRequest, "Invalid bucket ARN.");
}

}  // namespace

void Check(const Call& call, const Bucket&, documents::AnalyticsConfiguration& analytics) {
  CheckId(call, analytics.id);
  if (const auto& data_export = analytics.storage_class_analysis.data_export) {
    CheckDestination(data_export->destination.s3_bucket_destination.bucket);
  }
}

void Check(const Call& call, const Bucket&, documents::InventoryConfiguration& inventory) {
  CheckId(call, inventory.id);
  CheckDestination(inventory.destination.s3_bucket_destination.bucket);
}

void Check(const Call& call, const Bucket&, documents::MetricsConfiguration& metrics) {
  CheckId(call, metrics.id);
}

void Check(const Call& call, const Bucket&, documents::IntelligentTieringConfiguration& tiering) {
  CheckId(call, tiering.id);
  for (const documents::Tiering& tier : tiering.tierings) {
    const std::int32_t least = tier.access_tier == "ARCHIVE_ACCESS" ? 90 : 180;
    if (tier.days < least || tier.days > 730) {
      throw InvalidArgument("Invalid Days for the access tier " + tier.access_tier, "Days",
                            std::to_string(tier.days));
    }
  }
}

}  // namespace cumulite::s3
