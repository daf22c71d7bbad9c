#include "services/sns/filter_policy.h"

#include "protocol/error.h"
#include "services/sns/filter_value.h"

namespace cumulite::sns {
namespace {

/// What compiling says: "" when it is allowed.
std::string Complaint(const std::string& policy, FilterScope scope) {
  try {
    FilterPolicy::Compile(policy, scope, "FilterPolicy: ");
    return {};
  } catch (const protocol::AwsError& error) {
    return error.message();
  }
}

struct Attribute {
  std::string name, type, value;
};

bool AcceptsAttributes(const std::string& policy, const std::vector<Attribute>& attributes) {
  filter::Value message{.type = filter::Value::Type::kObject};
  for (const auto& [name, type, value] : attributes) filter::AddAttribute(message, name, type, value);
  return FilterPolicy::Compile(policy, FilterScope::kMessageAttributes, {}).Accepts(message);
}

bool AcceptsBody(const std::string& policy, const std::string& body) {
  const auto message = filter::ReadBody(body);
  return message && FilterPolicy::Compile(policy, FilterScope::kMessageBody, {}).Accepts(*message);
}

struct AttributeCase {
  const char* policy;
  std::vector<Attribute> attributes;
  bool accepted;
};

TEST(FilterPolicyTest, AttributesAreMatchedByEachOperator) {
  const std::vector<AttributeCase> cases = {
      {R"({"a":["x","y"]})", {{"a", "String", "y"}}, true},
      {R"({"a":["x"]})", {{"a", "String", "X"}}, false},
      {R"({"a":["x"]})", {}, false},
      {R"({"a":["x"],"b":["y"]})", {{"a", "String", "x"}}, false},
      {R"({"a":["x"],"b":["y"]})", {{"a", "String", "x"}, {"b", "String", "y"}, {"c", "String", "z"}}, true},
      {R"({"a":["x"]})", {{"a", "String.label", "x"}}, true},
      {R"({"a":["x"]})", {{"a", "Binary", "x"}}, false},
      {R"({"a.b":["x"]})", {{"a.b", "String", "x"}}, true},
      {R"({"a":[1]})", {{"a", "Number", "1.000001"}}, true},
      {R"({"a":[1]})", {{"a", "Number", "1.0001"}}, false},
      {R"({"a":[1]})", {{"a", "String", "1"}}, false},
      {R"({"a":["1"]})", {{"a", "Number", "1"}}, false},
      {R"({"a":[{"numeric":["=",3.5]}]})", {{"a", "Number", "3.50"}}, true},
      {R"({"a":[{"numeric":[">",3]}]})", {{"a", "Number", "3"}}, false},
      {R"({"a":[{"numeric":[">=",3]}]})", {{"a", "Number", "3"}}, true},
      {R"({"a":[{"numeric":["<",3]}]})", {{"a", "Number", "-1e3"}}, true},
      {R"({"a":[{"numeric":["<=",3]}]})", {{"a", "Number", "3.1"}}, false},
      {R"({"a":[{"numeric":[">",0,"<=",5]}]})", {{"a", "Number", "5"}}, true},
      {R"({"a":[{"numeric":[">",0,"<=",5]}]})", {{"a", "Number", "0"}}, false},
      {R"({"a":[{"prefix":"foo"}]})", {{"a", "String", "foobar"}}, true},
      {R"({"a":[{"prefix":"foo"}]})", {{"a", "String", "fo"}}, false},
      {R"({"a":[{"suffix":"bar"}]})", {{"a", "String", "foobar"}}, true},
      {R"({"a":[{"suffix":"bar"}]})", {{"a", "String", "barf"}}, false},
      {R"({"a":[{"equals-ignore-case":"FooBar"}]})", {{"a", "String", "fOObAR"}}, true},
      {R"({"a":[{"wildcard":"f*b*r"}]})", {{"a", "String", "foo bar"}}, true},
      {R"({"a":[{"wildcard":"f*r"}]})", {{"a", "String", "f"}}, false},
      {R"({"a":[{"wildcard":"ab*ba"}]})", {{"a", "String", "aba"}}, false},
      {R"({"a":[{"wildcard":"*ball"}]})", {{"a", "String", "football"}}, true},
      {R"({"a":[{"wildcard":"a\\*b"}]})", {{"a", "String", "a*b"}}, true},
      {R"({"a":[{"wildcard":"a\\*b"}]})", {{"a", "String", "axb"}}, false},
      {R"({"a":[{"exists":true}]})", {{"a", "String", "any"}}, true},
      {R"({"a":[{"exists":true}]})", {}, false},
      {R"({"a":[{"exists":false}]})", {}, true},
      {R"({"a":[{"exists":false}]})", {{"a", "String", "any"}}, false},
      {R"({"a":[{"anything-but":"x"}]})", {{"a", "String", "y"}}, true},
      {R"({"a":[{"anything-but":"x"}]})", {{"a", "String", "x"}}, false},
      {R"({"a":[{"anything-but":["x","y"]}]})", {{"a", "String", "y"}}, false},
      {R"({"a":[{"anything-but":["x"]}]})", {}, false},
      {R"({"a":[{"anything-but":[100,200]}]})", {{"a", "Number", "100.0"}}, false},
      {R"({"a":[{"anything-but":[100,200]}]})", {{"a", "Number", "101"}}, true},
      {R"({"a":[{"anything-but":{"prefix":"no"}}]})", {{"a", "String", "none"}}, false},
      {R"({"a":[{"anything-but":{"suffix":"no"}}]})", {{"a", "String", "yes"}}, true},
      {R"({"a":[{"anything-but":{"wildcard":"*o*"}}]})", {{"a", "String", "no"}}, false},
      {R"({"a":[{"anything-but":{"prefix":["no","ne"]}}]})", {{"a", "String", "never"}}, false},
      {R"({"a":[{"anything-but":{"equals-ignore-case":["NO"]}}]})", {{"a", "String", "no"}}, false},
      {R"({"a":[{"anything-but":{"equals-ignore-case":"NO"}}]})", {{"a", "String", "yes"}}, true},
      {R"({"a":[{"prefix":"1"}]})", {{"a", "Number", "1"}}, false},
      {R"({"a":[{"numeric":[">=",1,"<",2]}]})", {{"a", "Number", "1"}}, true},
      {R"({"a":[{"numeric":[">=",1,"<",2]}]})", {{"a", "Number", "2"}}, false},
      {R"({"a":[{"numeric":["=",0]}]})", {{"a", "Number", "-0"}}, true},
      {R"({"a":["y",{"prefix":"x"}]})", {{"a", "String", "xy"}}, true},
      {R"({"a":["x"],"b":[{"exists":false}]})", {{"a", "String", "x"}, {"b", "Binary", "z"}}, true},
      {R"({"$or":[{"a":["x"],"c":["z"]},{"b":["y"]}]})", {{"a", "String", "x"}}, false},
      {R"({"$or":["x"]})", {{"$or", "String", "x"}}, true},
      {R"({"a":["x"]})", {{"a", "String.Array", R"(["y","x"])"}}, true},
      {R"({"a":["x"]})", {{"a", "String.Array", R"(["y"])"}}, false},
      {R"({"a":[true]})", {{"a", "String.Array", "[true]"}}, true},
      {R"({"a":[null]})", {{"a", "String.Array", "[null]"}}, true},
      {R"({"a":[null]})", {}, false},
      {R"({"a":[5]})", {{"a", "String.Array", "[1,5]"}}, true},
      {R"({"a":[{"anything-but":["x"]}]})", {{"a", "String.Array", R"(["x","y"])"}}, true},
      {R"({"a":[{"anything-but":["x"]}]})", {{"a", "String.Array", R"(["x"])"}}, false},
      {R"({"a":["x"]})", {{"a", "String.Array", "no JSON"}}, false},
      {R"({"a":[{"cidr":"10.0.0.0/24"}]})", {{"a", "String", "10.0.0.255"}}, true},
      {R"({"a":[{"cidr":"10.0.0.0/24"}]})", {{"a", "String", "10.0.1.0"}}, false},
      {R"({"a":[{"cidr":"10.0.0.128/25"}]})", {{"a", "String", "10.0.0.127"}}, false},
      {R"({"a":[{"cidr":"2001:db8::/32"}]})", {{"a", "String", "2001:db8:1::1"}}, true},
      {R"({"a":[{"cidr":"2001:db8::/32"}]})", {{"a", "String", "10.0.0.1"}}, false},
      {R"({"$or":[{"a":["x"]},{"b":["y"]}]})", {{"b", "String", "y"}}, true},
      {R"({"$or":[{"a":["x"]},{"b":["y"]}]})", {{"b", "String", "x"}}, false},
      {R"({"c":["z"],"$or":[{"a":["x"]},{"b":["y"]}]})", {{"b", "String", "y"}}, false},
  };
  for (const AttributeCase& c : cases) {
    EXPECT_EQ(AcceptsAttributes(c.policy, c.attributes), c.accepted)
        << c.policy << " " << (c.attributes.empty() ? "-" : c.attributes[0].value);
  }
}

struct BodyCase {
  const char* policy;
  const char* body;
  bool accepted;
};

TEST(FilterPolicyTest, BodiesAreMatchedAtEveryDepth) {
  const std::vector<BodyCase> cases = {
      {R"({"a":["x"]})", R"({"a":"x"})", true},
      {R"({"a":["x"]})", "x", false},
      {R"({"a":["x"]})", R"(["a"])", false},
      {R"({"a":[""]})", R"({"a":""})", true},
      {R"({"a":[null]})", R"({"a":null})", true},
      {R"({"a":[false]})", R"({"a":false})", true},
      {R"({"a":[1]})", R"({"a":1.0})", true},
      {R"({"a":{"b":["x"]}})", R"({"a":{"b":"x"}})", true},
      {R"({"a":{"b":["x"]}})", R"({"a.b":"x"})", true},
      {R"({"a.b":["x"]})", R"({"a":{"b":"x"}})", true},
      {R"({"a":["x"]})", R"({"a":["y","x"]})", true},
      {R"({"a":["x"]})", R"({"a":[["y"],["x"]]})", true},
      {R"({"r":{"a":[1],"b":[2]}})", R"({"r":[{"a":1,"b":3},{"a":1,"b":2}]})", true},
      {R"({"r":{"a":[1],"b":[2]}})", R"({"r":[{"a":1,"b":3},{"a":4,"b":2}]})", false},
      {R"({"r":{"a":[1]}})", R"({"r":[[{"a":1}]]})", true},
      {R"({"a":[{"exists":false}]})", R"({"b":1})", true},
      {R"({"a":{"b":[{"exists":false}]}})", R"({"a":{"c":1}})", true},
      {R"({"a":{"b":[{"exists":true}]}})", R"({"a":{"b":{"c":1}}})", false},
      {R"({"a":["x"]})", R"({"a":"x","b":[]})", true},
      {R"({"a":["x"]})", R"({"a":[]})", false},
      {R"({"a":{"$or":[{"b":[1]},{"c":[2]}]}})", R"({"a":{"c":2}})", true},
  };
  for (const BodyCase& c : cases) {
    EXPECT_EQ(AcceptsBody(c.policy, c.body), c.accepted) << c.policy << " " << c.body;
  }
}

TEST(FilterPolicyTest, WrongPoliciesAreRefusedInTheWordsOfAws) {
  const std::vector<std::pair<std::string, std::string>> cases = {
      {R"({"key":"x"})", "\"key\" must be an object or an array"},
      {R"({"key":[["x"]]})", "Match value must be String, number, true, false, or null"},
      {R"({"key":[{"wrong-operator":1}]})", "Unrecognized match type wrong-operator"},
      {R"({"key":[{"prefix":"a","suffix":"b"}]})", "Only one key allowed in match expression"},
      {R"({"key":[]})", "Empty arrays are not allowed"},
      {R"({"key":[{"suffix":1}]})", "suffix match pattern must be a string"},
      {R"({"key":[{"cidr":1}]})", "prefix match pattern must be a string"},
      {R"({"key":[{"cidr":"10.0.0.0"}]})", "Malformed CIDR, one '/' required"},
      {R"({"key":[{"cidr":"bad-filter/24"}]})", "Nonstandard IP address: bad-filter"},
      {R"({"key":[{"cidr":"10.0.0.0/x"}]})", "Malformed CIDR, mask bits must be an integer"},
      {R"({"key":[{"exists":"x"}]})", "exists match pattern must be either true or false."},
      {R"({"key":[{"numeric":[]}]})", "Invalid member in numeric match: ]"},
      {R"({"key":[{"numeric":[1]}]})", "Invalid member in numeric match: 1"},
      {R"({"key":[{"numeric":["operator",1]}]})", "Unrecognized numeric range operator: operator"},
      {R"({"key":[{"numeric":["=","x"]}]})", "Value of equals must be numeric"},
      {R"({"key":[{"numeric":[">=","x"]}]})", "Value of >= must be numeric"},
      {R"({"key":[{"numeric":["<",1,">",0]}]})", "Too many elements in numeric expression"},
      {R"({"key":[{"numeric":[">",1,">",2]}]})", "Bad numeric range operator: >"},
      {R"({"key":[{"numeric":[">",3,"<",2]}]})", "Bottom must be less than top"},
      {R"({"key":[{"numeric":[">",1,30,"<"]}]})", "Bad value in numeric range: 30"},
      {R"({"key":[{"numeric":[">",1,"<",2,3]}]})", "Too many terms in numeric range expression"},
      {R"({"key":[{"anything-but":{"exists":true}}]})", "Unsupported anything-but pattern: exists"},
      {R"({"a":[1],"b":[1],"c":[1],"d":[1],"e":[1],"f":[1]})", "Filter policy can not have more than 5 keys"},
  };
  for (const auto& [policy, complaint] : cases) {
    EXPECT_EQ(Complaint(policy, FilterScope::kMessageBody), "Invalid parameter: FilterPolicy: " + complaint);
  }
  EXPECT_EQ(Complaint(R"({"a":{"b":["x"]}})", FilterScope::kMessageAttributes),
            "Invalid parameter: Filter policy scope MessageAttributes does not support nested filter policy");
}

std::string Numbers(int count) {
  std::string list = "[0";
  for (int i = 1; i < count; ++i) list += "," + std::to_string(i);
  return list + "]";
}

TEST(FilterPolicyTest, CombinationsAreLimitedTo150) {
  const std::string too_complex = "Invalid parameter: FilterPolicy: Filter policy is too complex";
  const auto attributes = FilterScope::kMessageAttributes;
  EXPECT_EQ(Complaint(R"({"a":)" + Numbers(15) + R"(,"b":)" + Numbers(10) + "}", attributes), "");
  EXPECT_EQ(Complaint(R"({"a":)" + Numbers(151) + "}", attributes), too_complex);
  // A value counts once for each level of its key.
  const auto body = FilterScope::kMessageBody;
  EXPECT_EQ(Complaint(R"({"a":{"b":{"c":)" + Numbers(50) + "}}}", body), "");
  EXPECT_EQ(Complaint(R"({"a":{"b":{"c":)" + Numbers(51) + "}}}", body), too_complex);
  // Branches of $or add up.
  const std::string half = R"({"a":)" + Numbers(75) + "}";
  EXPECT_EQ(Complaint(R"({"$or":[)" + half + "," + half + "]}", attributes), "");
  EXPECT_EQ(Complaint(R"({"$or":[)" + half + "," + half + R"(,{"b":[1]}]})", attributes), too_complex);
}

TEST(FilterPolicyTest, EachLimitLetsThroughWhatIsJustWithinIt) {
  const auto attributes = FilterScope::kMessageAttributes;
  const std::string prefix = "Invalid parameter: FilterPolicy: ";
  const auto sized = [](std::size_t bytes) {
    const std::string frame = R"({"a":[""]})";
    return R"({"a":[")" + std::string(bytes - frame.size(), 'x') + R"("]})";
  };
  EXPECT_EQ(Complaint(sized(256 * 1024), attributes), "");
  EXPECT_EQ(Complaint(sized(256 * 1024 + 1), attributes), prefix + "Filter policy is too large");
  EXPECT_EQ(Complaint(R"({"a":[1],"b":[1],"c":[1],"d":[1],"e":[1]})", attributes), "");
  // Keys below others do not count.
  EXPECT_EQ(Complaint(R"({"a":{"b":[1],"c":[1],"d":[1]},"e":{"f":[1],"g":[1],"h":[1]}})",
                      FilterScope::kMessageBody),
            "");
  EXPECT_EQ(Complaint(R"({"a":[1000000000,-1000000000]})", attributes), "");
  for (const char* number : {"1000000000.1", "-1000000001", "1e300"}) {
    EXPECT_EQ(Complaint(R"({"a":[{"numeric":["=",)" + std::string(number) + "]}]}", attributes),
              prefix + "Value must be between -1.0E9 and 1.0E9, inclusive");
  }
  EXPECT_EQ(Complaint(R"({"a":[{"wildcard":"*a*b*"}]})", attributes), "");
  EXPECT_EQ(Complaint(R"({"a":[{"wildcard":"*a*b*c*"}]})", attributes),
            prefix + "Filter policy is too complex");
  EXPECT_EQ(Complaint(R"({"a":[{"wildcard":"a**b"}]})", attributes),
            prefix + "Consecutive wildcard characters at pos 1");
  EXPECT_EQ(Complaint(R"({"a":[{"cidr":"10.0.0.0/32"},{"cidr":"::/128"}]})", attributes), "");
  EXPECT_EQ(Complaint(R"({"a":[{"cidr":"10.0.0.0/33"}]})", attributes),
            prefix + "IP address mask bits must not be greater than 32");
  EXPECT_EQ(Complaint("no JSON", attributes), prefix + "failed to parse JSON.");
  EXPECT_EQ(Complaint("[]", attributes), prefix + "Filter is not an object");
}

TEST(FilterPolicyTest, DeepOrHugeInputNeitherCrashesNorTakesLong) {
  std::string deep_policy, deep_body;
  for (int i = 0; i < 20'000; ++i) {
    deep_policy += R"({"a":)";
    deep_body += R"({"a":)";
  }
  EXPECT_NE(Complaint(deep_policy + "[1]" + std::string(20'000, '}'), FilterScope::kMessageBody), "");
  EXPECT_FALSE(AcceptsBody(R"({"b":[1]})", deep_body + "1" + std::string(20'000, '}')));
  EXPECT_FALSE(AcceptsBody(R"({"b":[1]})", std::string(100'000, '[')));
  // Quadratic search would take minutes.
  const std::string text(200'000, 'a');
  EXPECT_FALSE(AcceptsBody(R"({"b":[{"wildcard":"*)" + std::string(100'000, 'a') + R"(b*"}]})",
                           R"({"b":")" + text + R"("})"));
}

}  // namespace
}  // namespace cumulite::sns
