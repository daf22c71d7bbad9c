// What lifecycle rules do to versions, and when: pure.
#include "services/s3/lifecycle.h"

#include <gtest/gtest.h>

namespace cumulite::s3 {
namespace {

using namespace std::chrono_literals;
using documents::LifecycleRule;
using std::chrono::days;
using Kind = LifecycleAction::Kind;

const base::TimePoint kMade = base::TimePoint(std::chrono::sys_days{std::chrono::year{2026} / 1 / 10}) + 10h;
const base::TimePoint kMidnight = base::TimePoint(std::chrono::sys_days{std::chrono::year{2026} / 1 / 11});

LifecycleRule Rule() {
  LifecycleRule rule;
  rule.id = "r 1";
  rule.status = "Enabled";
  rule.filter.emplace();
  return rule;
}

ListedVersion Version(std::string key, std::uint64_t size = 1'000'000) {
  ListedVersion version;
  version.key = std::move(key);
  version.size = size;
  version.modified = kMade;
  version.is_latest = true;
  return version;
}

Kind Do(const LifecycleRule& rule, const ListedVersion& version, const VersionPlace& place,
        base::TimePoint now) {
  return ActionFor({{rule}}, version, place, now).kind;
}

TEST(S3LifecycleTest, DaysEndAtTheMidnightThatFollows) {
  EXPECT_EQ(DueAfterDays(kMade, 1), kMidnight + days(1));
  EXPECT_EQ(DueAfterDays(kMidnight, 1), kMidnight + days(1)) << "nothing to round";
  EXPECT_EQ(NextMidnight(kMade), kMidnight);
  EXPECT_EQ(NextMidnight(kMidnight), kMidnight + days(1));
}

TEST(S3LifecycleTest, CurrentVersionsExpire) {
  LifecycleRule rule = Rule();
  rule.expiration.emplace().days = 3;
  const base::TimePoint due = kMidnight + days(3);
  EXPECT_EQ(Do(rule, Version("k"), {}, due - 1ms), Kind::kNothing);
  EXPECT_EQ(Do(rule, Version("k"), {}, due), Kind::kExpire);
  rule.status = "Disabled";
  EXPECT_EQ(Do(rule, Version("k"), {}, due), Kind::kNothing);
  rule.status = "Enabled";
  rule.expiration->days.reset();
  rule.expiration->date = protocol::Timestamp{due.time_since_epoch().count()};
  EXPECT_EQ(Do(rule, Version("k"), {}, due - 1ms), Kind::kNothing);
  EXPECT_EQ(Do(rule, Version("k"), {}, due), Kind::kExpire);
}

TEST(S3LifecycleTest, FiltersChoose) {
  LifecycleRule rule = Rule();
  rule.expiration.emplace().days = 1;
  const base::TimePoint later = kMade + days(9);
  const auto goes = [&](const ListedVersion& version) {
    return Do(rule, version, {}, later) == Kind::kExpire;
  };
  rule.filter->prefix = "logs/";
  EXPECT_TRUE(goes(Version("logs/a")));
  EXPECT_FALSE(goes(Version("log")));
  rule.filter = documents::LifecycleRuleFilter{};
  rule.filter->tag = documents::Tag{"a", "1 x"};
  ListedVersion tagged = Version("k");
  EXPECT_FALSE(goes(tagged));
  tagged.attributes.tags = "a=1%20x&b=2";
  EXPECT_TRUE(goes(tagged));
  rule.filter = documents::LifecycleRuleFilter{};
  documents::LifecycleRuleAndOperator& all = rule.filter->all.emplace();
  all.prefix = "k";
  all.tags = {{"a", "1 x"}, {"b", "2"}};
  all.object_size_greater_than = 10;
  all.object_size_less_than = 20;
  tagged.size = 10;
  EXPECT_FALSE(goes(tagged)) << "greater, not equal";
  tagged.size = 11;
  EXPECT_TRUE(goes(tagged));
  tagged.size = 20;
  EXPECT_FALSE(goes(tagged));
  rule.filter.reset();
  rule.prefix = "x";
  EXPECT_FALSE(goes(Version("k"))) << "the prefix of the old form";
}

TEST(S3LifecycleTest, NoncurrentVersionsGoByTheirOwnAge) {
  LifecycleRule rule = Rule();
  rule.noncurrent_version_expiration.emplace().noncurrent_days = 2;
  ListedVersion version = Version("k");
  version.is_latest = false;
  VersionPlace place{.is_latest = false, .is_only = false, .noncurrent_since = kMade + days(30)};
  EXPECT_EQ(Do(rule, version, place, kMidnight + days(31)), Kind::kNothing);
  EXPECT_EQ(Do(rule, version, place, kMidnight + days(32)), Kind::kDelete);
  EXPECT_EQ(Do(rule, Version("k"), {}, kMidnight + days(99)), Kind::kNothing) << "the latest stays";
  rule.noncurrent_version_expiration->newer_noncurrent_versions = 2;
  place.newer_noncurrent = 1;
  EXPECT_EQ(Do(rule, version, place, kMidnight + days(99)), Kind::kNothing);
  place.newer_noncurrent = 2;
  EXPECT_EQ(Do(rule, version, place, kMidnight + days(99)), Kind::kDelete);
}

TEST(S3LifecycleTest, ADeleteMarkerThatHidesNothingGoes) {
  LifecycleRule rule = Rule();
  rule.expiration.emplace().expired_object_delete_marker = true;
  ListedVersion marker = Version("k");
  marker.delete_marker = true;
  EXPECT_EQ(Do(rule, marker, {.is_latest = true, .is_only = false}, kMade), Kind::kNothing);
  EXPECT_EQ(Do(rule, marker, {.is_latest = true, .is_only = true}, kMade), Kind::kDelete);
  rule.expiration->expired_object_delete_marker.reset();
  rule.expiration->days = 1;
  EXPECT_EQ(Do(rule, marker, {.is_latest = true, .is_only = false}, kMade + days(9)), Kind::kNothing);
  EXPECT_EQ(Do(rule, marker, {.is_latest = true, .is_only = true}, kMade + days(9)), Kind::kDelete);
}

TEST(S3LifecycleTest, ObjectsMoveToColderClassesOnly) {
  LifecycleRule rule = Rule();
  rule.transitions.resize(2);
  rule.transitions[0].days = 30;
  rule.transitions[0].storage_class = "STANDARD_IA";
  rule.transitions[1].days = 90;
  rule.transitions[1].storage_class = "GLACIER";
  const auto moved = [&](ListedVersion version, int after) {
    return ActionFor({{rule}}, version, {}, kMidnight + days(after)).storage_class;
  };
  EXPECT_EQ(moved(Version("k"), 29), "");
  EXPECT_EQ(moved(Version("k"), 30), "STANDARD_IA");
  EXPECT_EQ(moved(Version("k"), 90), "GLACIER");
  EXPECT_EQ(moved(Version("k", 131'071), 90), "") << "small objects stay";
  ListedVersion cold = Version("k");
  cold.attributes.storage_class = "DEEP_ARCHIVE";
  EXPECT_EQ(moved(cold, 90), "");
  rule.expiration.emplace().days = 90;
  EXPECT_EQ(Do(rule, Version("k"), {}, kMidnight + days(90)), Kind::kExpire) << "going comes first";
}

TEST(S3LifecycleTest, UploadsAreGivenUp) {
  LifecycleRule rule = Rule();
  rule.abort_incomplete_multipart_upload.emplace().days_after_initiation = 7;
  rule.filter->prefix = "a";
  const Lifecycle lifecycle{{rule}};
  EXPECT_FALSE(AbortsUpload(lifecycle, "a", kMade, kMidnight + days(7) - 1ms));
  EXPECT_TRUE(AbortsUpload(lifecycle, "a", kMade, kMidnight + days(7)));
  EXPECT_FALSE(AbortsUpload(lifecycle, "b", kMade, kMidnight + days(7)));
}

TEST(S3LifecycleTest, TheEarliestRuleIsTold) {
  LifecycleRule late = Rule();
  late.expiration.emplace().days = 9;
  LifecycleRule early = Rule();
  early.id = "early/rule";
  early.expiration.emplace().days = 1;
  const auto expiration = ExpirationOf({{late, early}}, "k", 1, kMade, {});
  ASSERT_TRUE(expiration);
  EXPECT_EQ(FormatExpiration(*expiration),
            "expiry-date=\"Mon, 12 Jan 2026 00:00:00 GMT\", rule-id=\"early%2Frule\"");
  EXPECT_FALSE(ExpirationOf({{Rule()}}, "k", 1, kMade, {}));
}

}  // namespace
}  // namespace cumulite::s3
