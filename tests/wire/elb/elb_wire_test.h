#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/wire/wire_test.h"

namespace cumulite::testing {

/// Requests to Elastic Load Balancing as clients make them: forms, answered in XML.
class ElbWireTest : public WireTest {
 protected:
  /// "Name=lb&Subnets.member.1=subnet-a" behind Action and Version.
  Reply Call(const std::string& action, const std::string& form,
             const std::string& region = "us-east-1") const {
    const std::string body = "Action=" + action + "&Version=2015-12-01" + (form.empty() ? "" : "&") + form;
    return Request(
        "POST", "/", body,
        {{"Content-Type", "application/x-www-form-urlencoded"}, Signed("elasticloadbalancing", region)});
  }
  /// The same, and the answer of a success.
  std::string Do(const std::string& action, const std::string& form,
                 const std::string& region = "us-east-1") const {
    const Reply reply = Call(action, form, region);
    EXPECT_EQ(reply.status, 200) << action << " " << form << ": " << reply.body;
    return reply.body;
  }
  void Refused(const std::string& action, const std::string& form, const std::string& code,
               const std::string& message) const {
    const Reply reply = Call(action, form);
    EXPECT_EQ(reply.status, 400) << action << " " << form << ": " << reply.body;
    EXPECT_EQ(Text(reply.body, "Code"), code) << action << " " << form;
    EXPECT_EQ(Text(reply.body, "Message"), message) << action << " " << form;
  }

  /// The texts of all elements of that name, in their order.
  static std::vector<std::string> Texts(const std::string& xml, const std::string& element) {
    std::vector<std::string> texts;
    const std::string open = "<" + element + ">";
    const std::string close = "</" + element + ">";
    for (std::size_t at = xml.find(open); at != std::string::npos; at = xml.find(open, at + 1)) {
      const std::size_t from = at + open.size();
      std::string text = xml.substr(from, xml.find(close, from) - from);
      for (const auto& [escaped, plain] :
           {std::pair{"&quot;", "\""}, {"&apos;", "'"}, {"&#39;", "'"}, {"&#x27;", "'"}}) {
        for (std::size_t i = text.find(escaped); i != std::string::npos; i = text.find(escaped)) {
          text.replace(i, std::string_view(escaped).size(), plain);
        }
      }
      texts.push_back(std::move(text));
    }
    return texts;
  }
  static std::string Text(const std::string& xml, const std::string& element) {
    const auto texts = Texts(xml, element);
    return texts.empty() ? "" : texts.front();
  }

  std::string CreateLoadBalancer(const std::string& name, const std::string& more = "") const {
    return Text(Do("CreateLoadBalancer",
                   "Name=" + name + "&Subnets.member.1=subnet-aaa&Subnets.member.2=subnet-bbb" + more),
                "LoadBalancerArn");
  }
  std::string CreateTargetGroup(const std::string& name, const std::string& more = "") const {
    return Text(Do("CreateTargetGroup", "Name=" + name + "&Protocol=HTTP&Port=80&VpcId=vpc-00000001" + more),
                "TargetGroupArn");
  }
  std::string CreateListener(const std::string& load_balancer, const std::string& target_group,
                             int port = 80) const {
    return Text(Do("CreateListener", "LoadBalancerArn=" + load_balancer + "&Protocol=HTTP&Port=" +
                                         std::to_string(port) + Forward("DefaultActions", target_group)),
                "ListenerArn");
  }
  static std::string Forward(const std::string& list, const std::string& target_group) {
    return "&" + list + ".member.1.Type=forward&" + list + ".member.1.TargetGroupArn=" + target_group;
  }
  static std::string Path(const std::string& pattern) {
    return "&Conditions.member.1.Field=path-pattern&Conditions.member.1.Values.member.1=" + pattern;
  }
};

}  // namespace cumulite::testing
