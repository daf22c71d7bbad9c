#pragma once
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/support/wire/wire_test.h"
#include "tests/support/wire/xml_texts.h"

namespace cumulite::testing {

/// Requests to Elastic Load Balancing as clients make them: forms, answered in XML.
class ElbWireTest : public WireTest {
 protected:
  /// The listeners' ports are what AWS's callers choose (80), and not ours to open here.
  void Configure(config::Settings& settings) override { settings.elb_listen.clear(); }

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

  static std::vector<std::string> Texts(const std::string& xml, const std::string& element) {
    return XmlTexts(xml, element);
  }
  static std::string Text(const std::string& xml, const std::string& element) {
    return XmlText(xml, element);
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
