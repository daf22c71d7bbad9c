#include "services/sts/saml_response.h"

#include <algorithm>

#include "base/time_text.h"
#include "protocol/arn.h"
#include "protocol/base64.h"
#include "protocol/xml_reader.h"
#include "services/sts/errors.h"
#include "services/sts/text_rules.h"

namespace cumulite::sts {
namespace {
using protocol::AwsError;
using protocol::XmlNode;

constexpr std::string_view kSuccess = "urn:oasis:names:tc:SAML:2.0:status:Success";
constexpr std::string_view kNameFormat = "urn:oasis:names:tc:SAML:2.0:nameid-format:";
/// Behind "https://aws.amazon.com", or "http://www.amazonaws.cn" in China.
constexpr std::string_view kAttributes = "/SAML/Attributes/";
constexpr std::string_view kPrincipalTag = "PrincipalTag:";

[[noreturn]] void ThrowInvalid(std::string message) {
  throw AwsError(kInvalidIdentityToken, std::move(message));
}

std::string Decode(std::string_view base64) {
  std::string text(base64);
  // Identity providers break their lines.
  std::erase_if(text, [](char c) { return c == '\r' || c == '\n' || c == ' '; });
  auto decoded = protocol::Base64Decode(text);
  if (!decoded) ThrowInvalid("Invalid base64 SAMLResponse");
  return *std::move(decoded);
}

std::string Trimmed(std::string text) {
  constexpr const char* kBlanks = " \t\r\n";
  const std::size_t start = text.find_first_not_of(kBlanks);
  if (start == std::string::npos) return {};
  return text.substr(start, text.find_last_not_of(kBlanks) - start + 1);
}

std::string TextOf(XmlNode parent, std::string_view name) {
  return Trimmed(parent.ChildText(name).value_or(""));
}

/// nullopt when the attribute is not there; what is no time is refused.
std::optional<base::TimePoint> Time(XmlNode node, std::string_view attribute) {
  const auto text = node ? node.Attribute(attribute) : std::nullopt;
  if (!text) return std::nullopt;
  const auto time = base::ParseIso8601(*text);
  if (!time) ThrowInvalid("Invalid SAML response: " + std::string(attribute) + " is not a time");
  return *time;
}

/// Errors: ExpiredTokenException from NotOnOrAfter on, InvalidIdentityToken before NotBefore.
void CheckWindow(XmlNode node, base::TimePoint now) {
  if (const auto end = Time(node, "NotOnOrAfter"); end && now >= *end) {
    throw AwsError(kExpiredToken, "Token must be redeemed within 5 minutes of issuance");
  }
  if (const auto start = Time(node, "NotBefore"); start && now < *start) {
    ThrowInvalid("Invalid SAML response: the assertion is not valid yet");
  }
}

void CheckStatus(XmlNode response) {
  const XmlNode code = response.Child("Status").Child("StatusCode");
  if (code && code.Attribute("Value") != kSuccess) {
    throw AwsError(kIdpRejectedClaim, "The identity provider (IdP) reported that authentication failed.");
  }
}

void ReadSubject(XmlNode assertion, base::TimePoint now, SamlIdentity& identity) {
  const XmlNode subject = assertion.Child("Subject");
  const XmlNode name = subject.Child("NameID");
  if (!name) ThrowInvalid("Invalid SAML response: no NameID");
  identity.subject = Trimmed(name.text());
  std::string format = name.Attribute("Format").value_or("");
  if (format.starts_with(kNameFormat)) format.erase(0, kNameFormat.size());
  identity.subject_type = std::move(format);
  const XmlNode data = subject.Child("SubjectConfirmation").Child("SubjectConfirmationData");
  const auto recipient = data ? data.Attribute("Recipient") : std::nullopt;
  if (!recipient || !data.Attribute("NotOnOrAfter")) {
    ThrowInvalid("Invalid SAML response: SubjectConfirmationData needs NotOnOrAfter and Recipient");
  }
  identity.audience = *recipient;
  CheckWindow(data, now);
}

std::vector<std::string> Values(XmlNode attribute) {
  std::vector<std::string> values;
  for (XmlNode value = attribute.First(); value; value = value.Next()) {
    if (value.name() == "AttributeValue") values.push_back(Trimmed(value.text()));
  }
  return values;
}

/// "ROLE,PROVIDER", in either order.
void AddRole(const std::string& value, SamlIdentity& identity) {
  const std::size_t comma = value.find(',');
  if (comma == std::string::npos) return;
  std::string first = Trimmed(value.substr(0, comma));
  std::string second = Trimmed(value.substr(comma + 1));
  if (first.find(":saml-provider/") != std::string::npos) std::swap(first, second);
  identity.roles.emplace_back(std::move(first), std::move(second));
}

void ReadAttribute(std::string_view name, std::vector<std::string> values, SamlIdentity& identity) {
  if (name == "Role") {
    for (const std::string& value : values) AddRole(value, identity);
  } else if (name == "TransitiveTagKeys") {
    identity.transitive_tag_keys = std::move(values);
  } else if (values.empty()) {
    return;
  } else if (name == "RoleSessionName") {
    identity.session_name = std::move(values.front());
  } else if (name == "SourceIdentity") {
    identity.source_identity = std::move(values.front());
  } else if (name.starts_with(kPrincipalTag)) {
    name.remove_prefix(kPrincipalTag.size());
    identity.tags.push_back({.key = std::string(name), .value = std::move(values.front())});
  }
}

void ReadAttributes(XmlNode assertion, SamlIdentity& identity) {
  for (XmlNode attribute = assertion.Child("AttributeStatement").First(); attribute;
       attribute = attribute.Next()) {
    const std::string full = attribute.Attribute("Name").value_or("");
    const std::size_t start = full.find(kAttributes);
    if (start == std::string::npos) continue;
    ReadAttribute(std::string_view(full).substr(start + kAttributes.size()), Values(attribute), identity);
  }
}

void CheckNames(const SamlIdentity& identity) {
  if (identity.session_name.empty()) ThrowInvalid("RoleSessionName is required in AuthnResponse");
  if (!IsRoleSessionName(identity.session_name)) {
    ThrowInvalid("RoleSessionName in AuthnResponse must match [a-zA-Z_0-9+=,.@-]{2,64}");
  }
  if (identity.source_identity && !IsSourceIdentity(*identity.source_identity)) {
    ThrowInvalid(std::string(kBadSourceIdentity));
  }
}

}  // namespace

SamlIdentity ReadSamlResponse(std::string_view base64, base::TimePoint now) {
  const auto document = protocol::XmlDocument::Parse(Decode(base64));
  if (!document || document->root().name() != "Response") ThrowInvalid("Invalid SAML response");
  const XmlNode response = document->root();
  CheckStatus(response);
  if (response.Child("EncryptedAssertion")) {
    throw AwsError(protocol::kNotImplemented, "EncryptedAssertion is not implemented by this server.");
  }
  const XmlNode assertion = response.Child("Assertion");
  if (!assertion) ThrowInvalid("Invalid SAML response");
  SamlIdentity identity;
  identity.issuer = TextOf(assertion, "Issuer");
  ReadSubject(assertion, now, identity);
  CheckWindow(assertion.Child("Conditions"), now);
  ReadAttributes(assertion, identity);
  CheckNames(identity);
  identity.session_ends = Time(assertion.Child("AuthnStatement"), "SessionNotOnOrAfter");
  return identity;
}

}  // namespace cumulite::sts
