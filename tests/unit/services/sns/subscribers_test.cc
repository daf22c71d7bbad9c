#include "services/sns/subscribers.h"

#include <gtest/gtest.h>

namespace cumulite::sns {
namespace {

struct Case {
  const char* policy;  // "": none
  FilterScope scope = FilterScope::kMessageAttributes;
};
constexpr FilterScope kBody = FilterScope::kMessageBody;

/// Found by a key, by several, by none: whatever way, those that their policies accept are chosen.
const std::vector<Case>& Cases() {
  static const std::vector<Case> cases{
      {""},
      {R"({"a":["x"]})"},
      {R"({"a":["y"]})"},
      {R"({"a":["x","y",{"prefix":"z"}]})"},
      {R"({"a":[{"prefix":""}]})"},
      {R"({"a":[{"prefix":"xy"}]})"},
      {R"({"a":[{"anything-but":"x"}]})"},
      {R"({"a":["x",{"suffix":"x"}]})"},
      {R"({"a":[{"exists":false}]})"},
      {R"({"a":["x",{"exists":false}]})"},
      {R"({"a":["x"],"b":[1]})"},
      {R"({"a":["x"],"b":[{"numeric":[">",0]}]})"},
      {R"({"a":[{"exists":true}],"b":[1,{"numeric":["=",2]}]})"},
      {R"({"a":[true]})"},
      {R"({"a":[null]})"},
      {R"({"a":[0]})"},
      {R"({"b":["1"]})"},
      {R"({"$or":[{"a":["x"]},{"b":[2]}]})"},
      {R"({"a":["x"],"$or":[{"b":[1]},{"b":[2]}]})"},
      {R"({"a.b":["x"]})"},
      {R"({"a":["x"]})", kBody},
      {R"({"a":["x"],"b":["y"]})", kBody},
      {R"({"a":{"b":["x"]}})", kBody},
      {R"({"a.b":["x"]})", kBody},
      {R"({"a":[1,{"prefix":"x"}]})", kBody},
      {R"({"b":[{"exists":false}]})", kBody},
  };
  return cases;
}

SubscriptionList Subscriptions(std::size_t copies) {
  SubscriptionList list;
  for (std::size_t copy = 0; copy < copies; ++copy) {
    for (const Case& one : Cases()) {
      auto subscription = std::make_shared<Subscription>();
      subscription->number = static_cast<std::int64_t>(list.size()) * 3 + 1;
      if (*one.policy != '\0') {
        subscription->filter =
            std::make_shared<const FilterPolicy>(FilterPolicy::Compile(one.policy, one.scope, {}));
      }
      list.push_back(std::move(subscription));
    }
  }
  return list;
}

std::vector<std::int64_t> OneByOne(const SubscriptionList& list, const Message& message) {
  filter::Value attributes{.type = filter::Value::Type::kObject};
  for (const auto& [name, type, value] : message.attributes) {
    filter::AddAttribute(attributes, name, type, value);
  }
  const auto body = filter::ReadBody(message.body);
  std::vector<std::int64_t> numbers;
  for (const SubscriptionPtr& one : list) {
    const bool wanted = !one->filter || (one->filter->scope() == kBody ? body && one->filter->Accepts(*body)
                                                                       : one->filter->Accepts(attributes));
    if (wanted) numbers.push_back(one->number);
  }
  return numbers;
}

TEST(SubscribersTest, IndexChoosesThoseWhosePoliciesAccept) {
  const SubscriptionList list = Subscriptions(5);  // more than a word of places
  const Subscribers subscribers(list);
  const std::vector<std::vector<Message::Attribute>> attributes{
      {},
      {{"a", "String", "x"}},
      {{"a", "String", "xyz"}},
      {{"a", "String", "zx"}},
      {{"a", "String", ""}},
      {{"a", "Number", "0"}},
      {{"a", "Number", "-0.0"}},
      {{"a", "String", "x"}, {"b", "Number", "1.000001"}},
      {{"a", "String.Array", R"(["q","x",["xy"],1,true,null])"}, {"b", "Number", "2"}},
      {{"a", "String.Array", "[]"}},
      {{"a", "String.Array", R"([{"x":"x"}])"}},
      {{"a", "Binary", "x"}, {"b", "String", "1"}},
      {{"a.b", "String", "x"}},
  };
  const std::vector<const char*> bodies{"text",
                                        "[]",
                                        "{}",
                                        R"({"a":"x"})",
                                        R"({"a":"x","b":"y"})",
                                        R"({"a":["w","xx"],"b":1})",
                                        R"({"a":{"b":"x"}})",
                                        R"({"a":[{"b":"x"}]})",
                                        R"({"a":1e0})"};
  for (const auto& those : attributes) {
    for (const char* const body : bodies) {
      Message message;
      message.body = body;
      message.attributes = those;
      EXPECT_EQ(subscribers.WhoWants(message), OneByOne(list, message))
          << body << " " << (those.empty() ? "" : those.front().value);
    }
  }
}

}  // namespace
}  // namespace cumulite::sns
