#include "services/elb/proxy/balancer.h"

#include <gtest/gtest.h>

#include <map>

namespace cumulite::elb::proxy {
namespace {
using namespace std::chrono_literals;
using Standing = TargetState::Standing;
using Algorithm = TargetGroup::Algorithm;

class BalancerTest : public testing::Test {
 protected:
  TargetState& Add(std::string id, Standing standing = Standing::kHealthy, std::string zone = "all") {
    targets_.push_back(std::make_shared<TargetState>(
        group_, Target{.id = id, .port = 80, .zone = std::move(zone), .address = "127.0.0.1"}));
    targets_.back()->set_standing(standing);
    return *targets_.back();
  }
  Choice Choose() { return ChooseTarget(group_, targets_, state_, of_); }
  std::map<std::string, int> Count(int times) {
    std::map<std::string, int> counts;
    for (int i = 0; i < times; ++i) {
      const Choice choice = Choose();
      if (choice.target == nullptr) {
        ++counts["-"];
        continue;
      }
      choice.target->requests.fetch_add(1);
      ++counts[choice.target->id];
    }
    return counts;
  }

  TargetGroup group_{.arn = "tg"};
  std::vector<std::shared_ptr<TargetState>> targets_;
  BalancerState state_;
  ChoiceOf of_{.now = base::TimePoint(1'000'000'000s)};
};

TEST_F(BalancerTest, NobodyIsThere) {
  EXPECT_EQ(Choose().target, nullptr);
  Add("a", Standing::kDraining);
  Add("b", Standing::kUnused);
  EXPECT_EQ(Choose().target, nullptr);
}

TEST_F(BalancerTest, RoundRobinGoesOverTheHealthyInTurn) {
  Add("a");
  Add("b", Standing::kUnhealthy);
  Add("c");
  Add("d", Standing::kInitial);
  Add("e", Standing::kDraining);
  EXPECT_EQ(Count(100), (std::map<std::string, int>{{"a", 50}, {"c", 50}}));
  EXPECT_FALSE(Choose().fail_open);
}

TEST_F(BalancerTest, FailsOpenWhenTooFewAreHealthy) {
  Add("a", Standing::kUnhealthy);
  Add("b", Standing::kInitial);
  Add("c", Standing::kDraining);
  EXPECT_TRUE(Choose().fail_open);
  EXPECT_EQ(Count(10), (std::map<std::string, int>{{"a", 5}, {"b", 5}}));
  Add("d");
  EXPECT_EQ(Count(10), (std::map<std::string, int>{{"d", 10}}));
  group_.unhealthy_state_routing = {.count = 1, .percentage = 50};
  EXPECT_TRUE(Choose().fail_open) << "one of three is less than half";
  group_.unhealthy_state_routing = {.count = 2, .percentage = {}};
  EXPECT_TRUE(Choose().fail_open);
}

TEST_F(BalancerTest, FailsOpenWithoutAHealthyTargetWhateverTheMinimum) {
  Add("a", Standing::kUnhealthy);
  group_.unhealthy_state_routing = {.count = {}, .percentage = {}};  // as groups of gateways have it
  EXPECT_EQ(Count(10), (std::map<std::string, int>{{"a", 10}}));
}

TEST_F(BalancerTest, ExactlyTheMinimumIsEnough) {
  Add("a", Standing::kUnhealthy);
  Add("b");
  group_.unhealthy_state_routing = {.count = 1, .percentage = 50};
  EXPECT_EQ(Count(10), (std::map<std::string, int>{{"b", 10}}));
}

TEST_F(BalancerTest, LeastOutstandingRequests) {
  group_.algorithm = Algorithm::kLeastOutstandingRequests;
  Add("a").in_flight = 3;
  Add("b").in_flight = 1;
  Add("c", Standing::kUnhealthy);
  EXPECT_EQ(Count(4), (std::map<std::string, int>{{"b", 4}}));
  targets_[0]->in_flight = 1;
  EXPECT_EQ(Count(30).size(), 2U) << "ties go around";
}

TEST_F(BalancerTest, WeightedRandomIsEven) {
  group_.algorithm = Algorithm::kWeightedRandom;
  Add("a");
  Add("b");
  const auto counts = Count(10'000);
  EXPECT_NEAR(counts.at("a"), 5'000, 300);
}

TEST_F(BalancerTest, AnomalyMitigationTakesFromWhoFails) {
  group_.algorithm = Algorithm::kWeightedRandom;
  group_.anomaly_mitigation = true;
  Add("a");
  Add("b");
  TargetState& bad = Add("c");
  for (int round = 0; round < 6; ++round) {
    Count(300);
    bad.errors = bad.requests.load();
    of_.now += 5s;
    Choose();
  }
  EXPECT_TRUE(bad.anomalous);
  EXPECT_FALSE(targets_[0]->anomalous);
  EXPECT_LT(Count(1'000)["c"], 100);
  for (int round = 0; round < 8; ++round) {  // it recovers
    of_.now += 5s;
    Count(300);
  }
  EXPECT_FALSE(bad.anomalous);
  EXPECT_NEAR(Count(3'000)["c"], 1'000, 150);
}

TEST_F(BalancerTest, TwoTargetsAreTooFewForMitigation) {
  group_.algorithm = Algorithm::kWeightedRandom;
  group_.anomaly_mitigation = true;
  Add("a");
  TargetState& bad = Add("b");
  Count(100);
  bad.errors = bad.requests.load();
  of_.now += 5s;
  Choose();
  EXPECT_FALSE(bad.anomalous);
}

TEST_F(BalancerTest, SlowStartGrowsLinearly) {
  group_.slow_start = 100s;
  Add("a");
  TargetState& fresh = Add("b");
  BeginSlowStart(group_, targets_, fresh, of_.now);
  of_.now += 25s;
  EXPECT_NEAR(Count(10'000)["b"], 2'000, 300) << "a quarter of a full share: 0.25 / 1.25";
  of_.now += 75s;
  EXPECT_NEAR(Count(10'000)["b"], 5'000, 300);
}

TEST_F(BalancerTest, TheFirstOfAGroupStartAtFullShare) {
  group_.slow_start = 100s;
  TargetState& a = Add("a");
  TargetState& b = Add("b");
  BeginSlowStart(group_, {targets_.data(), 1}, a, of_.now);
  EXPECT_EQ(a.slow_start_began_ms, 0);
  a.slow_start_began_ms = of_.now.time_since_epoch().count();
  BeginSlowStart(group_, targets_, b, of_.now);
  EXPECT_EQ(b.slow_start_began_ms, 0) << "the other is in its slow start, too";
}

TEST_F(BalancerTest, ACookieNamesItsTargetWhileThatMayBeChosen) {
  Add("a");
  TargetState& wanted = Add("b");
  of_.sticky = wanted.key;
  EXPECT_EQ(Count(5), (std::map<std::string, int>{{"b", 5}}));
  EXPECT_TRUE(Choose().stuck);
  wanted.set_standing(Standing::kUnhealthy);
  EXPECT_EQ(Choose().target->id, "a");
  EXPECT_FALSE(Choose().stuck);
}

TEST_F(BalancerTest, OnlyTargetsOfTheZone) {
  Add("a", Standing::kHealthy, "us-east-1a");
  Add("b", Standing::kHealthy, "us-east-1b");
  of_.zone = "us-east-1b";
  EXPECT_EQ(Count(5), (std::map<std::string, int>{{"b", 5}}));
  of_.zone = "us-east-1c";
  EXPECT_EQ(Choose().target, nullptr);
}

}  // namespace
}  // namespace cumulite::elb::proxy
