#include "services/s3/post/policy.h"

#include <simdjson.h>

#include <charconv>
#include <set>

#include "base/text.h"
#include "base/time_text.h"
#include "services/s3/errors.h"

namespace cumulite::s3 {
namespace {
namespace dom = simdjson::dom;

AwsError InvalidPolicy(std::string_view why) {
  return AwsError(kInvalidPolicyDocument, "Invalid Policy: " + std::string(why));
}

AwsError Refused(std::string why) {
  return AwsError(kAccessDenied, "Invalid according to Policy: " + std::move(why));
}

/// Fields that a policy need not speak of.
bool IsExempt(std::string_view name) {
  return name == "policy" || name == "signature" || name == "awsaccesskeyid" || name == "x-amz-signature" ||
         name == "file" || name.starts_with("x-ignore-") || name.starts_with("x-amz-checksum-");
}

std::uint64_t ReadLength(dom::element value) {
  std::uint64_t number = 0;
  if (value.get(number) == simdjson::SUCCESS) return number;
  std::string_view text;
  if (value.get(text) == simdjson::SUCCESS) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error == std::errc() && end == text.data() + text.size()) return number;
  }
  throw InvalidPolicy("Invalid content-length-range: a length must be a whole number.");
}

std::string ReadText(dom::element value) {
  std::string_view text;
  if (value.get(text) != simdjson::SUCCESS)
    throw InvalidPolicy("Invalid Simple-Condition: value must be a string.");
  return std::string(text);
}

class Checker {
 public:
  Checker(const PostForm::Fields& fields, base::TimePoint now) : fields_(fields), now_(now) {}

  void Run(dom::object policy) {
    dom::element expiration;
    if (policy["expiration"].get(expiration) != simdjson::SUCCESS) {
      throw InvalidPolicy("Policy document must contain an expiration.");
    }
    CheckExpiration(ReadText(expiration));
    dom::array conditions;
    if (policy["conditions"].get(conditions) != simdjson::SUCCESS) {
      throw InvalidPolicy("Policy document must contain a list of conditions.");
    }
    for (const dom::element condition : conditions) Check(condition);
    for (const auto& [name, value] : fields_) {
      if (!IsExempt(name) && !covered_.contains(name)) throw Refused("Extra input fields: " + name);
    }
  }

  const std::optional<LengthRange>& range() const { return range_; }

 private:
  void CheckExpiration(const std::string& text) const {
    const auto until = base::ParseIso8601(text);
    if (!until) throw InvalidPolicy("Invalid 'expiration' value: '" + text + "'");
    if (*until <= now_) throw Refused("Policy expired.");
  }

  void Check(dom::element condition) {
    dom::object simple;
    dom::array triple;
    if (condition.get(simple) == simdjson::SUCCESS) {
      if (simple.size() != 1)
        throw InvalidPolicy(
            "Invalid Simple-Condition: Simple-Conditions must have exactly one property specified.");
      for (const auto& [name, value] : simple) CheckField("eq", name, ReadText(value));
    } else if (condition.get(triple) == simdjson::SUCCESS && triple.size() == 3) {
      const std::string test = base::ToLower(ReadText(triple.at(0).value()));
      if (test == "content-length-range") {
        range_ = LengthRange{ReadLength(triple.at(1).value()), ReadLength(triple.at(2).value())};
        return;
      }
      const std::string name = ReadText(triple.at(1).value());
      if (!name.starts_with('$')) throw InvalidPolicy("Invalid condition: the field must begin with $.");
      CheckField(test, std::string_view(name).substr(1), ReadText(triple.at(2).value()));
    } else {
      throw InvalidPolicy("Invalid condition.");
    }
  }

  void CheckField(const std::string& test, std::string_view name, const std::string& wanted) {
    if (test != "eq" && test != "starts-with") throw InvalidPolicy("Invalid condition: unknown operation.");
    const std::string field = base::ToLower(std::string(name));
    covered_.insert(field);
    const auto found = fields_.find(field);
    // Whatever a field may begin with, it may be left out, too.
    const bool holds = found == fields_.end() ? test == "starts-with" && wanted.empty()
                       : test == "eq"         ? found->second == wanted
                                              : found->second.starts_with(wanted);
    if (holds) return;
    throw Refused("Policy Condition failed: [\"" + test + "\", \"$" + std::string(name) + "\", \"" + wanted +
                  "\"]");
  }

  const PostForm::Fields& fields_;
  const base::TimePoint now_;
  std::set<std::string, std::less<>> covered_;
  std::optional<LengthRange> range_;
};

}  // namespace

std::optional<LengthRange> CheckPostPolicy(std::string_view json, const PostForm::Fields& fields,
                                           base::TimePoint now) {
  dom::parser parser;
  dom::object policy;
  if (parser.parse(json.data(), json.size()).get(policy) != simdjson::SUCCESS) {
    throw InvalidPolicy("Invalid JSON.");
  }
  Checker checker(fields, now);
  checker.Run(policy);
  return checker.range();
}

}  // namespace cumulite::s3
